import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { JUDGED } from '../limits.js';
import { unsure, type Validity } from './validity.js';

/** Work for a process of its own: native code, or parsers that a hostile file can keep busy or fill with memory. */
export type ApartJob =
  | { readonly kind: 'python'; readonly code: string }
  | { readonly kind: 'sql'; readonly code: string; readonly dialect?: SqlDialect | undefined }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'image' | 'pdf' | 'archive'; readonly bytes: Uint8Array };

export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'bigquery';

const FROM_SOURCES = import.meta.url.endsWith('.ts');
const MAIN = fileURLToPath(new URL(FROM_SOURCES ? './apart-main.ts' : './apart-main.js', import.meta.url));
// The child may read files, since it loads libraries. It may not write any and not start anything.
const FLAGS = ['--permission', '--allow-fs-read=*', '--allow-worker', '--allow-addons', '--max-old-space-size=256'];
const START_MS = 60_000;
const IDLE_MS = 60_000;
const MOST_WAITING = 20;

/**
 * Reads files one after the other in a child process without an environment. A job that takes too much of a
 * processor or of memory, or crashes, ends the child, and the next job gets a new one. It starts with the first job, ends
 * when it was idle for a minute, and keeps no process alive.
 */
export class Apart {
  private child: Promise<ChildProcess> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  /** @param mostWaiting how many times its processor time a job is waited for by the clock */
  constructor(
    private readonly memoryMb: number = JUDGED.apartMb,
    private readonly mostWaiting: number = MOST_WAITING,
  ) {}

  /** @param ms of processor time */
  run(job: ApartJob, ms: number = JUDGED.apartMs): Promise<Validity> {
    const outcome = this.last.then(() => this.runNow(job, ms));
    this.last = outcome;
    return outcome;
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    const child = await this.child?.catch(() => undefined);
    this.child = undefined;
    child?.kill('SIGKILL');
  }

  private async runNow(job: ApartJob, ms: number): Promise<Validity> {
    clearTimeout(this.idle);
    this.child ??= start(this.memoryMb);
    const child = await this.child.catch(() => undefined);
    const outcome = child && (await answer(child, job, { ms, waitingMs: ms * this.mostWaiting }));
    if (outcome === undefined) {
      await this.close();
      if (!child) return unsure('no reader could be started');
      return noted({ validity: unsure('it takes more time or memory to read than is spent on it'), spentMs: ms });
    }
    this.idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    return noted(outcome);
  }
}

interface Outcome {
  readonly validity: Validity;
  readonly spentMs: number;
}

const spent = new WeakMap<Validity, number>();

function noted({ validity, spentMs }: Outcome): Validity {
  spent.set(validity, spentMs);
  return validity;
}

/**
 * How much of a processor a file took to read, in ms, where it was read apart: all that it may where that was not enough. undefined for
 * what was said of a file by others.
 */
export function processorMsOf(validity: Validity): number | undefined {
  return spent.get(validity);
}

function start(memoryMb: number): Promise<ChildProcess> {
  const child = fork(MAIN, [String(memoryMb)], {
    env: {},
    execArgv: FLAGS,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const failed = () => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error('the reader did not start'));
    };
    const timer = setTimeout(failed, START_MS);
    child.once('error', failed);
    child.once('exit', failed);
    child.once('message', () => {
      clearTimeout(timer);
      child.off('exit', failed);
      child.off('error', failed);
      // A child that ends in the middle of a message makes an error too; `answer` sees its exit.
      child.on('error', () => {});
      child.unref();
      child.channel?.unref();
      resolve(child);
    });
  });
}

/** What the child says, or undefined when it is gone or long overdue. The timer keeps the process alive for as long. */
function answer(
  child: ChildProcess,
  job: ApartJob,
  { ms, waitingMs }: { readonly ms: number; readonly waitingMs: number },
): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome | undefined) => {
      clearTimeout(timer);
      child.off('message', answered);
      child.off('exit', gone);
      resolve(outcome);
    };
    const answered = (message: unknown) => finish(message as Outcome);
    const gone = () => finish(undefined);
    const timer = setTimeout(gone, waitingMs);
    child.on('message', answered);
    child.on('exit', gone);
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) gone();
    else child.send({ job, ms }, (error) => error && gone());
  });
}
