import { Worker } from 'node:worker_threads';

/** A file to be kept: written, synced and renamed to `path`, unless it is there already. */
export interface Keep {
  readonly path: string;
  /** What the file is written to first; on the same file system. */
  readonly temporary: string;
  readonly bytes: Uint8Array;
  /** Innermost first: the folder of `path`, the one above it, and the storage's own. */
  readonly folders: readonly string[];
  readonly hash: string;
}

interface Answer {
  readonly id: number;
  readonly problem: { readonly code: string | undefined; readonly message: string } | null;
}

type Job = Keep & { readonly id: number };

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Files over this many bytes must not hold up the small ones. */
const LARGE_BYTES = 256 * 2 ** 10;
/** A journal is closed when it is full or old: one that has not been added to for longer than that has no writer any more. */
const JOURNAL_BYTES = 2 * 2 ** 20;
const JOURNAL_MS = 600_000;

/**
 * Threads that put files on the disk, one for the small and one for the large. One file takes a dozen short system calls; made here,
 * one after the other, they cost the process one message, and made asynchronously each of them would cost a turn of the event
 * loop and of the thread pool. A thread starts with its first file, and idle it keeps no process alive.
 *
 * A large file is synced by itself, and so is its name. Small files come many at once, and a sync each would take the disk ten
 * times as long: what has piled up is written into a journal too, and one sync of that makes all of it durable. The files stand in
 * their places from then on, and the operating system has them on the disk in its own time (`recoverFiles`, `retireJournals`).
 */
export class DiskThreads {
  private readonly small: DiskThread;
  private readonly large = new DiskThread(null);

  /** @param journals the folder for journals */
  constructor(journals: string) {
    this.small = new DiskThread(journals);
  }

  /** Resolves when the file is in its place, and what it holds is on the disk. */
  keep(file: Keep): Promise<void> {
    return (file.bytes.byteLength > LARGE_BYTES ? this.large : this.small).keep(file);
  }
}

class DiskThread {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private lastId = 0;

  constructor(private readonly journals: string | null) {}

  keep(file: Keep): Promise<void> {
    this.worker ??= this.start();
    const { worker } = this;
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, ...file });
    });
  }

  private start(): Worker {
    // The text of the function, so that it runs the same from sources and from the build.
    const worker = new Worker(`(${keepFiles})()`, {
      eval: true,
      env: {},
      workerData: { journals: this.journals, journalBytes: JOURNAL_BYTES, journalMs: JOURNAL_MS },
    });
    worker.on('message', (answers: readonly Answer[]) => this.answered(worker, answers));
    worker.on('error', (error) => this.died(error));
    worker.on('exit', () => this.died(new Error('The disk thread ended.')));
    return worker;
  }

  private answered(worker: Worker, answers: readonly Answer[]): void {
    for (const { id, problem } of answers) {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (problem) waiting?.reject(Object.assign(new Error(problem.message), { code: problem.code }));
      else waiting?.resolve();
    }
    if (this.waiting.size === 0) worker.unref();
  }

  /** What waited fails, as it would with a broken disk; the next file gets a new worker. */
  private died(error: Error): void {
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** Runs in the worker and sees nothing of this file. */
function keepFiles(): void {
  const fs = process.getBuiltinModule('node:fs');
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  const { promisify } = process.getBuiltinModule('node:util');
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { journals, journalBytes, journalMs } = workerData as {
    readonly journals: string | null;
    readonly journalBytes: number;
    readonly journalMs: number;
  };
  const fdatasync = promisify(fs.fdatasync);
  /** Folders that this thread has made, or synced the entry of. */
  const known = new Set<string>();
  let journal: { readonly fd: number; readonly until: number; left: number } | null = null;

  const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

  const sync = (path: string) => {
    const fd = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  };

  /** Whether the file is there; its time is now, so the sweep lets it be. */
  const isRefreshed = (path: string, size: number) => {
    try {
      if (fs.statSync(path, { throwIfNoEntry: false })?.size !== size) return false;
      const now = new Date();
      fs.utimesSync(path, now, now);
      return true;
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
  };

  const write = ({ temporary, bytes }: Keep) => {
    const fd = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writeFileSync(fd, bytes);
    } finally {
      fs.closeSync(fd);
    }
  };

  const makeFolders = ({ temporary, path }: Keep) => {
    for (const name of [temporary, path]) {
      fs.mkdirSync(name.slice(0, name.lastIndexOf('/')), { recursive: true, mode: 0o700 });
    }
  };

  /** The innermost folder always (who is writing a file that was there may not have come so far), those above it until this thread knows them. */
  const syncFolders = ({ folders }: Keep) => {
    const firstKnown = folders.findIndex((folder) => known.has(folder));
    for (const folder of firstKnown < 0 ? folders : folders.slice(0, firstKnown + 1)) sync(folder);
    // All but the outermost have their name in a folder that is synced now.
    for (const folder of folders.slice(0, -1)) known.add(folder);
  };

  const keepLarge = (file: Keep) => {
    makeFolders(file);
    if (!isRefreshed(file.path, file.bytes.byteLength)) {
      write(file);
      sync(file.temporary);
      // Readers see the whole file or none.
      fs.renameSync(file.temporary, file.path);
    }
    syncFolders(file);
  };

  const newJournal = (folder: string) => {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = `${folder}/${randomUUID()}`;
    // Full of zeros at first: a sync of blocks that are there already waits for nothing else that the file system has under way.
    fs.writeFileSync(path, Buffer.alloc(journalBytes), { flag: 'wx', mode: 0o600 });
    for (const made of [path, folder, folder.slice(0, folder.lastIndexOf('/'))]) sync(made);
    return { fd: fs.openSync(path, 'r+'), until: Date.now() + journalMs, left: journalBytes };
  };

  const closeJournal = () => {
    if (journal) fs.closeSync(journal.fd);
    journal = null;
  };

  const recordOf = ({ hash, bytes }: Keep) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.byteLength);
    return [Buffer.from(hash, 'latin1'), length, bytes];
  };

  /** The bytes of all these files are on the disk then. */
  const writeDown = async (files: readonly Keep[], folder: string) => {
    if (journal && (journal.left <= 0 || Date.now() >= journal.until)) closeJournal();
    journal ??= newJournal(folder);
    const records = Buffer.concat(files.flatMap(recordOf));
    journal.left -= records.byteLength;
    try {
      fs.writeFileSync(journal.fd, records);
      await fdatasync(journal.fd);
    } catch (error) {
      // It may end in the midst of a file now, and nothing is read beyond that.
      closeJournal();
      throw error;
    }
  };

  const keepSmall = async (files: readonly Job[], folder: string) => {
    const failed = new Map<Job, unknown>();
    const each = (step: (file: Job) => void) => {
      for (const file of files) {
        try {
          if (!failed.has(file)) step(file);
        } catch (error) {
          failed.set(file, error);
          fs.rmSync(file.temporary, { force: true });
        }
      }
    };
    // Also those that are there already: whoever put them may not have come so far.
    const written = writeDown(files, folder).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const missing = new Set<Job>();
    each((file) => {
      const [leaf = ''] = file.folders;
      if (!known.has(leaf)) makeFolders(file);
      known.add(leaf);
      if (isRefreshed(file.path, file.bytes.byteLength)) return;
      write(file);
      missing.add(file);
    });
    const problem = await written;
    each((file) => {
      if (problem) throw problem.error;
      if (missing.has(file)) fs.renameSync(file.temporary, file.path);
    });
    return failed;
  };

  const keepLarges = (files: readonly Job[]) => {
    const failed = new Map<Job, unknown>();
    for (const file of files) {
      try {
        keepLarge(file);
      } catch (error) {
        failed.set(file, error);
        fs.rmSync(file.temporary, { force: true });
      }
    }
    return failed;
  };

  /** An error as it can be sent. */
  const problemOf = (error: unknown) => {
    const { code, message = String(error) } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
    return error === undefined ? null : { code, message };
  };

  let queued: Job[] = [];
  let isBusy = false;
  const drain = async () => {
    while (queued.length > 0) {
      const files = queued;
      queued = [];
      const failed = journals === null ? keepLarges(files) : await keepSmall(files, journals);
      parentPort?.postMessage(files.map((file) => ({ id: file.id, problem: problemOf(failed.get(file)) })));
    }
    isBusy = false;
  };
  parentPort?.on('message', (file: Job) => {
    queued.push(file);
    if (isBusy) return;
    isBusy = true;
    setImmediate(() => void drain());
  });
}
