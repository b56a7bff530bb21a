import { randomUUID } from 'node:crypto';
import { link, mkdir, opendir, rename, stat, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isCode, nullIfMissing } from './durable.js';
import type { Sweep } from './storage.js';

const BATCH = 500;
/** The end of the name of a file on its way out; it begins with the hash. */
const CONDEMNED = '.condemned';

interface Place {
  readonly folder: string;
  readonly temporary: string;
  readonly pathOf: (hash: string) => string;
}

/**
 * Removes files that are old and that nobody refers to. A put of the same bytes may come at any moment, in this
 * process or another, so a file is first moved aside and its time read again: a put before the move shows in the time,
 * and one after it finds no file and writes its own.
 */
export async function sweepFolder(place: Place, sweep: Sweep): Promise<number> {
  await mkdir(place.temporary, { recursive: true, mode: 0o700 });
  let removed = await sweepTemporary(place, sweep.olderThan);
  let batch: string[] = [];
  for await (const path of filesBelow(place.folder)) {
    if (!(await isOlder(path, sweep.olderThan))) continue;
    batch.push(basename(path));
    if (batch.length < BATCH) continue;
    removed += await removeUnreferenced(place, sweep, batch);
    batch = [];
  }
  return removed + (await removeUnreferenced(place, sweep, batch));
}

async function removeUnreferenced(place: Place, sweep: Sweep, hashes: string[]): Promise<number> {
  if (hashes.length === 0) return 0;
  const referenced = await sweep.referenced(hashes);
  let removed = 0;
  for (const hash of hashes) {
    if (!referenced.has(hash) && (await removeIfOlder(place, hash, sweep.olderThan))) removed++;
  }
  return removed;
}

async function removeIfOlder(place: Place, hash: string, olderThan: Date): Promise<boolean> {
  const aside = join(place.temporary, `${hash}.${randomUUID()}${CONDEMNED}`);
  if (!(await done(rename(place.pathOf(hash), aside)))) return false;
  if (await isOlder(aside, olderThan)) return done(unlink(aside));
  await restore(place, aside);
  return false;
}

/** A link never replaces: if the file has been put again meanwhile, that one, with its younger time, stays. */
async function restore(place: Place, aside: string): Promise<void> {
  await done(link(aside, place.pathOf(basename(aside).slice(0, 64))));
  await done(unlink(aside));
}

/** Half-written files go; what an interrupted sweep had moved aside goes back, to be judged again. */
async function sweepTemporary(place: Place, olderThan: Date): Promise<number> {
  let removed = 0;
  for await (const entry of await opendir(place.temporary)) {
    const path = join(place.temporary, entry.name);
    if (entry.name.endsWith(CONDEMNED)) await restore(place, path);
    else if ((await isOlder(path, olderThan)) && (await done(unlink(path)))) removed++;
  }
  return removed;
}

/** The files of `ab/cd/<hash>`; anything else in the folder is not ours to touch. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const outer of await names(folder, /^[0-9a-f]{2}$/)) {
    for (const inner of await names(join(folder, outer), /^[0-9a-f]{2}$/)) {
      const leaf = join(folder, outer, inner);
      for (const name of await names(leaf, /^[0-9a-f]{64}$/)) yield join(leaf, name);
    }
  }
}

async function names(folder: string, pattern: RegExp): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of await opendir(folder)) {
    if (pattern.test(entry.name)) found.push(entry.name);
  }
  return found;
}

async function isOlder(path: string, than: Date): Promise<boolean> {
  const found = await stat(path).catch(nullIfMissing);
  return found !== null && found.mtime < than;
}

/** @returns false where somebody else was quicker: the file is gone, or there already */
async function done(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EEXIST')) return false;
    throw error;
  }
}
