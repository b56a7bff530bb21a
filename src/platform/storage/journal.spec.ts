import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderStorage } from './folder-storage.js';
import { JOURNAL } from './journal.js';

let folder: string;
let storage: FolderStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bakeoff-journal-'));
  storage = new FolderStorage(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);
const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
const journals = async () => (await readdir(join(folder, JOURNAL))).map((name) => join(folder, JOURNAL, name));
const put = async (text: string) => (await storage.put(Buffer.from(text))).hash;
/** As another process finds it, which remembers nothing. */
const textOf = async (hash: string) => Buffer.from(await new FolderStorage(folder).get(hash)).toString();

test('what a power cut took of small files is written again: names, bytes and folders', async () => {
  const hashes = await Promise.all(['gone', 'empty', 'zeroed', 'whole'].map(put));
  const [gone = '', empty = '', zeroed = '', whole = ''] = hashes;
  await rm(join(folder, gone.slice(0, 2)), { recursive: true });
  await truncate(pathOf(empty), 0);
  await writeFile(pathOf(zeroed), Buffer.alloc('zeroed'.length));
  expect(await new FolderStorage(folder).recover()).toBe(3);
  expect(await Promise.all([gone, empty, zeroed, whole].map(textOf))).toEqual(['gone', 'empty', 'zeroed', 'whole']);
  expect(await storage.recover()).toBe(0);
});

test('a file that is put a second time is kept by whoever puts it then', async () => {
  const first = await put('twice');
  const [earlier = ''] = await journals();
  const other = new FolderStorage(folder);
  await other.put(Buffer.from('twice'));
  await rm(earlier);
  await rm(pathOf(first));
  expect(await other.recover()).toBe(1);
  expect(await textOf(first)).toBe('twice');
});

test('a journal is read up to where it was cut off', async () => {
  const [first, second] = [await put('first'), await put('second')];
  const [journal = ''] = await journals();
  await Promise.all([rm(pathOf(first)), rm(pathOf(second))]);
  await truncate(journal, (await readFile(journal)).indexOf('second') + 'seco'.length);
  expect(await storage.recover()).toBe(1);
  expect(await textOf(first)).toBe('first');
  await appendFile(journal, Buffer.alloc(200, 1));
  expect(await storage.recover()).toBe(0);
});

test('a journal that nobody adds to goes when its files are on the disk, and the files stay', async () => {
  const hash = await put('kept');
  const [journal = ''] = await journals();
  await storage.settle(AN_HOUR_AGO);
  expect(await journals()).toEqual([journal]);
  await utimes(journal, new Date(0), new Date(0));
  await rm(pathOf(hash));
  await storage.settle(AN_HOUR_AGO);
  expect(await journals()).toEqual([]);
  expect(await textOf(hash)).toBe('kept');
});

test('a journal is for this user alone, and a large file stands in none', async () => {
  const { hash } = await storage.put(Buffer.alloc(300_000, 1));
  expect((await readFile(pathOf(hash))).byteLength).toBe(300_000);
  await expect(journals()).rejects.toThrow('ENOENT');
  await put('small');
  const [journal = ''] = await journals();
  expect((await stat(journal)).mode & 0o777).toBe(0o600);
});
