import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { FairTime } from './fair-time.js';
import { SANDBOX } from './limits.js';

/** Less is not waited for any more. */
const LEAST_LEFT_MS = 20;

/** How a process is started: no shell, an empty environment, and no way in or out but descriptor 3. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** What came of waiting: a line, or the end of the process and why. */
export type Said =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'gone'; readonly reason: string };

/**
 * A process that runs what strangers wrote, in a process group of its own that ends with `kill`. It talks in lines; what
 * it says is bounded. Nothing here throws on what the process does.
 */
export class Cell {
  private readonly child: ChildProcess;
  private readonly channel: Duplex;
  private readonly lines: string[] = [];
  private chunks: Buffer[] = [];
  private pending = 0;
  private total = 0;
  private gone: string | undefined;
  private wake: (() => void) | undefined;
  /** Settles when the process is no more. */
  readonly ended: Promise<void>;

  constructor({ command, args }: Launch) {
    this.child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: {},
      cwd: '/',
      detached: true,
    });
    this.ended = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.once('error', () => resolve());
    });
    this.child.on('error', (error) => this.end(`it could not be started: ${error.message}`));
    // Not its exit, which may be noticed before the last of what it said.
    this.child.on('close', () => this.end('the program ended'));
    const channel = this.child.stdio[3];
    this.channel =
      channel instanceof Duplex ? channel : new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    this.channel.on('data', (chunk: Buffer) => this.take(chunk));
    this.channel.on('error', () => {});
  }

  send(line: string): void {
    if (this.gone === undefined && !this.channel.destroyed) this.channel.write(`${line}\n`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /**
   * The next line, or why none will come. A process that says nothing within `ms` is ended.
   *
   * @param time what the `ms` are counted by; when absent, the time that goes by
   */
  async next(ms: number, time?: FairTime): Promise<Said> {
    const until = (time?.now() ?? 0) + ms;
    const overdue = () => {
      time?.look();
      const leftMs = time ? until - time.now() : 0;
      if (leftMs < LEAST_LEFT_MS) this.kill('it took too long');
      else timer = setTimeout(overdue, leftMs);
    };
    let timer = setTimeout(overdue, Math.max(0, ms));
    while (this.lines.length === 0 && this.gone === undefined)
      await new Promise<void>((resolve) => (this.wake = resolve));
    clearTimeout(timer);
    const line = this.lines.shift();
    return line === undefined ? { kind: 'gone', reason: this.gone ?? 'the program ended' } : { kind: 'line', line };
  }

  /** Ends it with all its children, whatever it is doing; a repeat does nothing. */
  kill(reason: string): void {
    if (this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
      try {
        process.kill(-this.child.pid, 'SIGKILL');
      } catch {
        this.child.kill('SIGKILL');
      }
    }
    this.end(reason);
  }

  private end(reason: string): void {
    this.gone ??= reason;
    this.channel.destroy();
    this.wake?.();
  }

  private take(chunk: Buffer): void {
    if (this.gone !== undefined) return;
    this.total += chunk.length;
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      this.lines.push(Buffer.concat([...this.chunks, chunk.subarray(from, at)]).toString());
      this.chunks = [];
      this.pending = 0;
      from = at + 1;
    }
    this.chunks.push(chunk.subarray(from));
    this.pending += chunk.length - from;
    if (this.pending > SANDBOX.messageBytes || this.total > SANDBOX.saidBytes) this.kill('it said more than is read');
    this.wake?.();
  }
}
