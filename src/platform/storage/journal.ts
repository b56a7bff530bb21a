import { hash as digest, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nullIfMissing, sync, writeSynced } from './durable.js';

/** The folder of the journals, in that of the files. */
export const JOURNAL = 'journal';
/** Before each file: its hash in hex, and its length. */
const HASH_CHARS = 64;
const HEAD_BYTES = HASH_CHARS + 4;

interface Place {
  readonly folder: string;
  readonly temporary: string;
  readonly pathOf: (hash: string) => string;
}

interface Recorded {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes anew what the journals hold and the folder does not, or not whole: small files whose bytes a power cut took before the system
 * had them on the disk. The journal of a process that lives may be read too, since it only says what is so. @returns how many files
 */
export async function recoverFiles(place: Place): Promise<number> {
  let written = 0;
  for (const journal of await journalsOf(place)) {
    for (const file of recordsOf(await contentOf(journal))) if (await restore(place, file)) written++;
  }
  return written;
}

/** Removes the journals that nobody has added to since, once each file in them is on the disk by itself. */
export async function retireJournals(place: Place, unusedSince: Date): Promise<void> {
  for (const journal of await journalsOf(place)) {
    const found = await stat(journal).catch(nullIfMissing);
    if (found === null || found.mtime >= unusedSince) continue;
    const folders = new Set<string>();
    for (const file of recordsOf(await contentOf(journal))) {
      await restore(place, file);
      const path = place.pathOf(file.hash);
      await sync(path).catch(nullIfMissing); // swept meanwhile
      folders.add(dirname(path)).add(dirname(dirname(path)));
    }
    for (const folder of folders) await sync(folder);
    await sync(place.folder);
    await unlink(journal).catch(nullIfMissing);
  }
}

/** The files of a journal, up to one that was cut off. */
export function* recordsOf(journal: Buffer): Generator<Recorded> {
  for (let at = 0; at + HEAD_BYTES <= journal.length; ) {
    const hash = journal.toString('latin1', at, at + HASH_CHARS);
    const from = at + HEAD_BYTES;
    const to = from + journal.readUInt32BE(at + HASH_CHARS);
    const bytes = journal.subarray(from, to);
    if (to > journal.length || digest('sha256', bytes, 'hex') !== hash) return;
    yield { hash, bytes };
    at = to;
  }
}

async function journalsOf({ folder }: Place): Promise<string[]> {
  const names = (await readdir(join(folder, JOURNAL)).catch(nullIfMissing)) ?? [];
  return names.map((name) => join(folder, JOURNAL, name));
}

/** Another process may have retired it since. */
async function contentOf(journal: string): Promise<Buffer> {
  return (await readFile(journal).catch(nullIfMissing)) ?? Buffer.alloc(0);
}

/** @returns whether it was not there, or not whole */
async function restore({ temporary, pathOf }: Place, { hash, bytes }: Recorded): Promise<boolean> {
  const path = pathOf(hash);
  const there = await readFile(path).catch(nullIfMissing);
  if (there && digest('sha256', there, 'hex') === hash) return false;
  for (const folder of [temporary, dirname(path)]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const aside = join(temporary, randomUUID());
  await writeSynced(aside, bytes);
  await rename(aside, path);
  return true;
}
