import { Worker } from 'node:worker_threads';

/** A file to be kept: written, synced and renamed to `path`, unless it is there already. */
export interface Keep {
  readonly path: string;
  /** What the file is written to first; on the same file system. */
  readonly temporary: string;
  readonly bytes: Uint8Array;
  /** Innermost first: the folder of `path`, the one above it, and the storage's own. */
  readonly folders: readonly string[];
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

/**
 * Threads that put files on the disk, one for the small and one for the large. One file takes a dozen short system calls; made here,
 * one after the other, they cost the process one message, and made asynchronously each of them would cost a turn of the event
 * loop and of the thread pool. A thread takes what has piled up at once, so that one sync of the disk serves many files. It starts
 * with its first file, and idle it keeps no process alive.
 */
export class DiskThreads {
  private readonly small = new DiskThread();
  private readonly large = new DiskThread();

  /** Resolves when the file's bytes and its name are on the disk. */
  keep(file: Keep): Promise<void> {
    return (file.bytes.byteLength > LARGE_BYTES ? this.large : this.small).keep(file);
  }
}

class DiskThread {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private lastId = 0;

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
    const worker = new Worker(`(${keepFiles})()`, { eval: true, env: {} });
    worker.on('message', (answer: Answer) => this.answered(worker, answer));
    worker.on('error', (error) => this.died(error));
    worker.on('exit', () => this.died(new Error('The disk thread ended.')));
    return worker;
  }

  private answered(worker: Worker, { id, problem }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (this.waiting.size === 0) worker.unref();
    if (problem) waiting?.reject(Object.assign(new Error(problem.message), { code: problem.code }));
    else waiting?.resolve();
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
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  /** Folders that this thread has synced the entry of. */
  const known = new Set<string>();

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

  const remove = (path: string) => fs.rmSync(path, { force: true });

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

  /**
   * Makes the names durable: the innermost folder's always (who is writing a file that was there may not have come so far), and
   * those above it the first time this thread meets what is below. `done`: what this batch has synced.
   */
  const syncFolders = ({ folders }: Keep, done: Set<string>) => {
    for (const [depth, folder] of folders.entries()) {
      const below = folders[depth - 1];
      if (below !== undefined && known.has(below)) return;
      if (!done.has(folder)) sync(folder);
      done.add(folder);
      if (below !== undefined) known.add(below);
    }
  };

  /** Each step for all the files before the next one, since the first sync of the disk does most of the others' work. */
  const keepAll = (files: readonly Job[]) => {
    const failed = new Map<Job, unknown>();
    const each = (step: (file: Job) => void, some = files) => {
      for (const file of some) {
        try {
          if (!failed.has(file)) step(file);
        } catch (error) {
          failed.set(file, error);
          remove(file.temporary);
        }
      }
    };
    each(
      makeFolders,
      files.filter(({ folders: [leaf = ''] }) => !known.has(leaf)),
    );
    const missing: Job[] = [];
    each((file) => {
      if (!isRefreshed(file.path, file.bytes.byteLength)) missing.push(file);
    });
    each(write, missing);
    each(({ temporary }) => sync(temporary), missing);
    // Readers see the whole file or none.
    each(({ temporary, path }) => fs.renameSync(temporary, path), missing);
    const done = new Set<string>();
    each((file) => syncFolders(file, done));
    return failed;
  };

  let queued: Job[] = [];
  const drain = () => {
    const files = queued;
    queued = [];
    const failed = keepAll(files);
    for (const file of files) {
      const { code, message } = (failed.get(file) ?? {}) as Partial<NodeJS.ErrnoException>;
      parentPort?.postMessage({ id: file.id, problem: failed.has(file) ? { code, message } : null });
    }
  };
  parentPort?.on('message', (file: Job) => {
    if (queued.length === 0) setImmediate(drain);
    queued.push(file);
  });
}
