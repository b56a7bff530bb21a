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
 * How many files a thread has synced at the same moment: the disk then serves several with one flush. They borrow threads of libuv's
 * pool, which has four for the whole process: while no large file comes, one stays free for whoever reads a file or looks up a name.
 */
const SMALL_LANES = 3;
const LARGE_LANES = 1;
/** Files come close together, as the answers of a round do: the first waits so long for the others. */
const GATHER_MS = 1;

/**
 * Threads that put files on the disk, one for the small and one for the large. One file takes a dozen short system calls; made here,
 * one after the other, they cost the process one message, and made asynchronously each of them would cost a turn of the event
 * loop and of the thread pool. A thread takes what has piled up at once, so that one sync of the disk serves many files. It starts
 * with its first file, and idle it keeps no process alive.
 */
export class DiskThreads {
  private readonly small = new DiskThread(SMALL_LANES);
  private readonly large = new DiskThread(LARGE_LANES);

  /** Resolves when the file's bytes and its name are on the disk. */
  keep(file: Keep): Promise<void> {
    return (file.bytes.byteLength > LARGE_BYTES ? this.large : this.small).keep(file);
  }
}

class DiskThread {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null = null;
  private lastId = 0;

  constructor(private readonly lanes: number) {}

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
      workerData: { lanes: this.lanes, gatherMs: GATHER_MS },
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
  const { promisify } = process.getBuiltinModule('node:util');
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { lanes, gatherMs } = workerData as { lanes: number; gatherMs: number };
  const fsync = promisify(fs.fsync);
  /** Folders that this thread has synced the entry of. */
  const known = new Set<string>();

  const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

  const sync = async (path: string) => {
    const fd = fs.openSync(path, 'r');
    try {
      await fsync(fd);
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

  /** Runs `step` for each, on as many at a time as there are lanes. */
  const inLanes = async <T>(items: Iterable<T>, step: (item: T) => Promise<void>) => {
    const left = items[Symbol.iterator]();
    const lane = async () => {
      for (let next = left.next(); !next.done; next = left.next()) await step(next.value);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };

  /** The innermost folder always (who is writing a file that was there may not have come so far), those above it until this thread knows them. */
  const foldersToSync = ({ folders }: Keep) => {
    const firstKnown = folders.findIndex((folder) => known.has(folder));
    return firstKnown < 0 ? folders : folders.slice(0, firstKnown + 1);
  };

  /** Makes the names durable. */
  const syncFolders = async (files: readonly Job[], failed: Map<Job, unknown>) => {
    const problems = new Map<string, unknown>();
    const named = files.filter((file) => !failed.has(file));
    await inLanes(new Set(named.flatMap(foldersToSync)), (folder) =>
      sync(folder).catch((error) => void problems.set(folder, error)),
    );
    for (const file of named) {
      const unsynced = file.folders.find((folder) => problems.has(folder));
      if (unsynced !== undefined) failed.set(file, problems.get(unsynced));
      // All but the outermost have their name in a folder that is synced now.
      else for (const folder of file.folders.slice(0, -1)) known.add(folder);
    }
  };

  /** Each step for all the files before the next one, since one flush of the disk then serves many. */
  const keepAll = async (files: readonly Job[]) => {
    const failed = new Map<Job, unknown>();
    const each = async (step: (file: Job) => void | Promise<void>, some = files) => {
      await inLanes(some, async (file) => {
        try {
          if (!failed.has(file)) await step(file);
        } catch (error) {
          failed.set(file, error);
          remove(file.temporary);
        }
      });
    };
    await each(
      makeFolders,
      files.filter(({ folders: [leaf = ''] }) => !known.has(leaf)),
    );
    const missing: Job[] = [];
    await each((file) => {
      if (!isRefreshed(file.path, file.bytes.byteLength)) missing.push(file);
    });
    await each(write, missing);
    await each(({ temporary }) => sync(temporary), missing);
    // Readers see the whole file or none.
    await each(({ temporary, path }) => fs.renameSync(temporary, path), missing);
    await syncFolders(files, failed);
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
      const failed = await keepAll(files);
      parentPort?.postMessage(files.map((file) => ({ id: file.id, problem: problemOf(failed.get(file)) })));
    }
    isBusy = false;
  };
  parentPort?.on('message', (file: Job) => {
    queued.push(file);
    if (isBusy) return;
    isBusy = true;
    setTimeout(() => void drain(), gatherMs);
  });
}
