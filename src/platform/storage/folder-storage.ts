import { hash as digest, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DiskThreads } from './disk-thread.js';
import { isCode, nullIfMissing, readOrCreate } from './durable.js';
import { JOURNAL, recoverFiles, retireJournals } from './journal.js';
import { RecentFiles } from './recent-files.js';
import { FileMissing, FileTooLarge, Storage, type StoredFile, type Sweep } from './storage.js';
import { sweepFolder } from './sweep.js';

const HASH = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Files in a folder, under `ab/cd/<hash>`. Processes on several hosts may share it when the file system is shared; it
 * needs rename and hard links, as every POSIX one has.
 */
export class FolderStorage extends Storage {
  private readonly temporary: string;
  private readonly disk: DiskThreads;
  private readonly recent = new RecentFiles();

  /** @param folder made when it is missing, for this user alone */
  constructor(private readonly folder: string) {
    super();
    this.temporary = join(folder, 'tmp');
    this.disk = new DiskThreads(join(folder, JOURNAL));
  }

  async put(bytes: Uint8Array): Promise<StoredFile> {
    const hash = digest('sha256', bytes, 'hex');
    const path = this.pathOf(hash);
    const leaf = dirname(path);
    const folders = [leaf, dirname(leaf), this.folder];
    await this.disk.keep({ path, temporary: join(this.temporary, randomUUID()), bytes, folders, hash });
    this.recent.add(hash, bytes);
    return { hash, size: bytes.byteLength };
  }

  async get(hash: string, { maxBytes = Infinity }: { maxBytes?: number } = {}): Promise<Uint8Array> {
    const bytes = this.recent.get(hash) ?? (await this.read(hash, maxBytes));
    if (bytes.byteLength > maxBytes) throw new FileTooLarge(bytes.byteLength, maxBytes);
    return bytes;
  }

  private async read(hash: string, maxBytes: number): Promise<Uint8Array> {
    const handle = await this.opened(hash);
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) throw new FileTooLarge(size, maxBytes);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  }

  open(hash: string): Readable {
    const out = new PassThrough();
    this.opened(hash).then(
      (handle) => pipeline(createReadStream('', { fd: handle }), out, () => {}),
      (error: Error) => out.destroy(error),
    );
    return out;
  }

  async head(hash: string): Promise<StoredFile | null> {
    const found = await stat(this.pathOf(hash)).catch(nullIfMissing);
    return found && { hash, size: found.size };
  }

  sweep(sweep: Sweep): Promise<number> {
    return sweepFolder(this.place, sweep);
  }

  recover(): Promise<number> {
    return recoverFiles(this.place);
  }

  settle(unusedSince: Date): Promise<void> {
    return retireJournals(this.place, unusedSince);
  }

  private get place() {
    return { folder: this.folder, temporary: this.temporary, pathOf: (hash: string) => this.pathOf(hash) };
  }

  async folderId(): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, 'folder-id');
    const { text } = await readOrCreate(path, () => `${randomUUID()}\n`);
    if (!UUID.test(text.trim()))
      throw new Error(`${path} holds no UUID. Restore it, or remove it if no database knows it.`);
    return text.trim();
  }

  /** A hash is the only thing that ever becomes a path. */
  private pathOf(hash: string): string {
    if (!HASH.test(hash)) throw new TypeError('A file is named by 64 hex digits.');
    return join(this.folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  }

  private async opened(hash: string): Promise<FileHandle> {
    const path = this.pathOf(hash);
    try {
      return await open(path, 'r');
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
    }
    // A sweep that finds a file in use after all has it away for a moment.
    await sleep(25);
    const handle = await open(path, 'r').catch(nullIfMissing);
    if (handle === null) throw new FileMissing();
    return handle;
  }
}
