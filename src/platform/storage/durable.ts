import { randomUUID } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes what is in a file, or which entries a folder has, survive a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a new file that only this user may read, and returns when its bytes are on the disk. The name is not, yet. */
export async function writeSynced(path: string, bytes: Uint8Array | string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/**
 * The text of a file that is made once. Of several processes that come first at the same time one writes it, and all
 * return what that one wrote; nobody ever reads half of it.
 */
export async function readOrCreate(path: string, makeText: () => string): Promise<{ text: string; created: boolean }> {
  const known = await readIfThere(path);
  if (known !== null) return { text: known, created: false };
  const folder = dirname(path);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  const text = makeText();
  try {
    await writeSynced(temporary, text);
    // Unlike rename, link never replaces what is there.
    await link(temporary, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return { text: await readFile(path, 'utf8'), created: false };
  } finally {
    await unlink(temporary).catch(() => {});
  }
  await sync(folder);
  return { text, created: true };
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return nullIfMissing(error);
  }
}

/** For `catch`: a missing file is null, anything else is thrown on. */
export function nullIfMissing(error: unknown): null {
  if (isCode(error, 'ENOENT')) return null;
  throw error;
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
