import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderStorage } from './folder-storage.js';
import { FileMissing, FileTooLarge } from './storage.js';

let folder: string;
let storage: FolderStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bakeoff-storage-'));
  storage = new FolderStorage(join(folder, 'files'));
});
afterEach(() => rm(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (hash: string) => join(folder, 'files', hash.slice(0, 2), hash.slice(2, 4), hash);
const A_WEEK_AGO = new Date(Date.now() - 7 * 86_400_000);
const A_DAY_AGO = new Date(Date.now() - 86_400_000);
const aged = (hash: string) => utimes(pathOf(hash), A_WEEK_AGO, A_WEEK_AGO);
const NOBODY = async () => new Set<string>();

describe('a file', () => {
  test('comes back by the hash of its bytes, whole and as a stream', async () => {
    const bytes = randomBytes(300_000);
    const stored = await storage.put(bytes);
    expect(stored).toEqual({ hash: sha256(bytes), size: 300_000 });
    expect(Buffer.compare(await storage.get(stored.hash), bytes)).toBe(0);
    expect(Buffer.compare(await buffer(storage.open(stored.hash)), bytes)).toBe(0);
    expect(await storage.head(stored.hash)).toEqual(stored);
  });

  test('may be empty', async () => {
    const { hash } = await storage.put(new Uint8Array());
    expect(await storage.get(hash)).toHaveLength(0);
  });

  test('belongs to this user alone and leaves nothing temporary', async () => {
    const { hash } = await storage.put(Buffer.from('a'));
    expect((await stat(pathOf(hash))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'files'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'files', 'tmp'))).toEqual([]);
  });

  test('put many times at once, from two processes, is one file', async () => {
    const other = new FolderStorage(join(folder, 'files'));
    const bytes = Buffer.from('the same');
    const stored = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? storage : other).put(bytes)));
    expect(new Set(stored.map(({ hash }) => hash)).size).toBe(1);
    expect(await readdir(join(pathOf(sha256(bytes)), '..'))).toEqual([sha256(bytes)]);
    expect(Buffer.from(await storage.get(sha256(bytes))).toString()).toBe('the same');
  });

  test('put again has its time refreshed', async () => {
    const { hash } = await storage.put(Buffer.from('a'));
    await aged(hash);
    await storage.put(Buffer.from('a'));
    expect((await stat(pathOf(hash))).mtime > A_DAY_AGO).toBe(true);
  });

  test('cut short by a broken disk is replaced by the next put', async () => {
    const { hash } = await storage.put(Buffer.from('whole'));
    await writeFile(pathOf(hash), 'who');
    await storage.put(Buffer.from('whole'));
    expect(Buffer.from(await storage.get(hash)).toString()).toBe('whole');
  });

  test("over the reader's limit is not read", async () => {
    const { hash } = await storage.put(Buffer.alloc(100));
    await expect(storage.get(hash, { maxBytes: 99 })).rejects.toThrow(FileTooLarge);
    expect(await storage.get(hash, { maxBytes: 100 })).toHaveLength(100);
  });

  test('that is not there says so, in each way of asking', async () => {
    const hash = 'a'.repeat(64);
    await expect(storage.get(hash)).rejects.toThrow(FileMissing);
    await expect(buffer(storage.open(hash))).rejects.toThrow(FileMissing);
    expect(await storage.head(hash)).toBeNull();
  });

  test.each([
    '',
    '../../etc/passwd',
    `${'a'.repeat(63)}/`,
    'A'.repeat(64),
    `${'a'.repeat(64)}\n`,
    `../${'a'.repeat(61)}`,
  ])('is never named by a path: %j', async (name) => {
    await expect(storage.get(name)).rejects.toThrow(TypeError);
    await expect(storage.head(name)).rejects.toThrow(TypeError);
    await expect(buffer(storage.open(name))).rejects.toThrow(TypeError);
  });
});

describe('the sweep', () => {
  test('takes what is old and referred to by nobody, and nothing else', async () => {
    const [old, held, young] = await Promise.all(
      ['old', 'held', 'young'].map((text) => storage.put(Buffer.from(text))),
    );
    await Promise.all([aged(old?.hash ?? ''), aged(held?.hash ?? '')]);
    const asked: string[] = [];
    const removed = await storage.sweep({
      olderThan: A_DAY_AGO,
      referenced: async (hashes) => {
        asked.push(...hashes);
        return new Set([held?.hash ?? '']);
      },
    });
    expect(removed).toBe(1);
    expect(asked.sort()).toEqual([old?.hash, held?.hash].sort());
    expect(await storage.head(old?.hash ?? '')).toBeNull();
    expect(await storage.head(held?.hash ?? '')).not.toBeNull();
    expect(await storage.head(young?.hash ?? '')).not.toBeNull();
  });

  test('leaves a file that is put again while it asks who refers to it', async () => {
    const { hash } = await storage.put(Buffer.from('a'));
    await aged(hash);
    const referenced = async () => {
      await storage.put(Buffer.from('a'));
      return new Set<string>();
    };
    expect(await storage.sweep({ olderThan: A_DAY_AGO, referenced })).toBe(0);
    expect(Buffer.from(await storage.get(hash)).toString()).toBe('a');
  });

  test('racing with puts and another sweep loses nothing that was put', async () => {
    const other = new FolderStorage(join(folder, 'files'));
    const bytes = Array.from({ length: 5 }, (_, n) => Buffer.from(`file ${n}`));
    for (let round = 0; round < 15; round++) {
      const stored = await Promise.all(bytes.map((each) => storage.put(each)));
      await Promise.all(stored.map(({ hash }) => aged(hash)));
      await Promise.all([
        storage.sweep({ olderThan: A_DAY_AGO, referenced: NOBODY }),
        other.sweep({ olderThan: A_DAY_AGO, referenced: NOBODY }),
        ...bytes.map((each) => other.put(each)),
      ]);
      for (const { hash } of stored) expect(await storage.head(hash)).not.toBeNull();
    }
  });

  test('takes the half-written files of a crash, once they are old', async () => {
    await storage.put(Buffer.from('a'));
    const leftover = join(folder, 'files', 'tmp', 'leftover');
    await writeFile(leftover, 'half');
    expect(await storage.sweep({ olderThan: A_DAY_AGO, referenced: NOBODY })).toBe(0);
    await utimes(leftover, A_WEEK_AGO, A_WEEK_AGO);
    expect(await storage.sweep({ olderThan: A_DAY_AGO, referenced: NOBODY })).toBe(1);
  });

  test('puts back what a crashed sweep had moved aside', async () => {
    const bytes = Buffer.from('needed');
    const { hash } = await storage.put(bytes);
    const aside = join(folder, 'files', 'tmp', `${hash}.0.condemned`);
    await rm(pathOf(hash));
    await writeFile(aside, bytes);
    await utimes(aside, A_WEEK_AGO, A_WEEK_AGO);
    expect(await storage.sweep({ olderThan: A_DAY_AGO, referenced: async () => new Set([hash]) })).toBe(0);
    expect(Buffer.from(await storage.get(hash)).toString()).toBe('needed');
  });

  test('asks in batches and touches nothing that is not a file of its own', async () => {
    const stored = await Promise.all(Array.from({ length: 30 }, (_, n) => storage.put(Buffer.from(`${n}`))));
    await Promise.all(stored.map(({ hash }) => aged(hash)));
    await mkdir(join(folder, 'files', 'ab', 'cd'), { recursive: true });
    const stranger = join(folder, 'files', 'ab', 'cd', 'README');
    await writeFile(stranger, 'mine');
    await utimes(stranger, A_WEEK_AGO, A_WEEK_AGO);
    expect(await storage.sweep({ olderThan: A_DAY_AGO, referenced: NOBODY })).toBe(30);
    expect((await stat(stranger)).size).toBe(4);
  });

  test('of an empty place takes nothing', async () => {
    expect(await storage.sweep({ olderThan: A_DAY_AGO, referenced: NOBODY })).toBe(0);
  });
});

describe('the folder id', () => {
  test('is one for all who come first at the same time, and stays', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => new FolderStorage(join(folder, 'files')).folderId()),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await storage.folderId()).toBe(ids[0]);
    expect(await readdir(join(folder, 'files'))).toEqual(['folder-id']);
  });

  test('is refused when somebody has written over it', async () => {
    await storage.folderId();
    await writeFile(join(folder, 'files', 'folder-id'), 'x');
    await expect(storage.folderId()).rejects.toThrow('holds no UUID');
  });
});
