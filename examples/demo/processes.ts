import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.ts';

export interface Program {
  /** What people call it; its log is named after `slug`. */
  name: string;
  slug: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  stopWithinMs: number;
}

/** A program in a process of its own. It stands outside of our process group, so that a Ctrl-C reaches us alone and we end it in order. */
export class Running {
  readonly program: Program;
  readonly pid: number | undefined;
  /** Resolves with a sentence when it has ended, asked or not. Never rejects. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private readonly lastWords: string[] = [];

  constructor(program: Program, logFile: string, cwd: string) {
    this.program = program;
    this.child = spawn(program.command, program.args, {
      cwd,
      env: program.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.pid = this.child.pid;
    const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
    this.child.stdout?.pipe(log, { end: false });
    this.child.stderr?.pipe(log, { end: false });
    this.child.stderr?.on('data', (chunk: Buffer) => this.remember(chunk.toString()));
    this.ended = this.end().finally(() => log.end());
  }

  /** Its first line of JSON that is the one meant; to be asked for at once. @throws Failure when it ends or stays silent before */
  async says<T>(meant: (line: T) => boolean, withinMs: number): Promise<T> {
    const over = new AbortController();
    const line = firstLine(this.child, meant, over.signal);
    const silent = sleep(withinMs, `${this.program.name} said nothing for ${withinMs / 1_000} s.`, {
      signal: over.signal,
    });
    const problem = Promise.race([silent, this.ended]).then((sentence) => {
      throw new Failure(sentence);
    });
    try {
      return await Promise.race([line, problem]);
    } finally {
      over.abort();
      problem.catch(() => {});
    }
  }

  get isRunning(): boolean {
    return this.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** It ended by itself, or when it was asked to, with exit code 0. */
  get endedWell(): boolean {
    return this.child.exitCode === 0;
  }

  /** Asks it to end and waits. @returns false when it had to be killed */
  async stop(): Promise<boolean> {
    if (!this.isRunning) return true;
    this.child.kill('SIGTERM');
    const late = new AbortController();
    const gaveUp = sleep(this.program.stopWithinMs, false, { signal: late.signal }).catch(() => true);
    const isGone = await Promise.race([this.ended.then(() => true), gaveUp]);
    late.abort();
    if (!isGone) {
      this.child.kill('SIGKILL');
      await this.ended;
    }
    return isGone;
  }

  /** For the last moment of this process, when nothing can be waited for. */
  abandon(): void {
    if (this.isRunning) this.child.kill('SIGTERM');
  }

  private remember(text: string): void {
    this.lastWords.push(...text.split('\n').filter((line) => line.trim() !== ''));
    this.lastWords.splice(0, Math.max(0, this.lastWords.length - 20));
  }

  private async end(): Promise<string> {
    const { name, command } = this.program;
    try {
      const [code, signal] = (await once(this.child, 'close')) as [number | null, string | null];
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
      return [`${name} ended ${how}.`, ...this.lastWords.slice(0, 3)].join(' ');
    } catch (error) {
      return `${name} could not be started (${command}): ${error instanceof Error ? error.message : ''}`;
    }
  }
}

/** Reads along, beside the log, until the line has come. */
function firstLine<T>({ stdout }: ChildProcess, meant: (line: T) => boolean, signal: AbortSignal): Promise<T> {
  return new Promise((resolve) => {
    let rest = '';
    const read = (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      const found = lines.map((line) => jsonFrom<T>(line)).find((line) => line !== null && meant(line));
      if (found) resolve(found);
    };
    stdout?.on('data', read);
    signal.addEventListener('abort', () => stdout?.off('data', read));
  });
}

function jsonFrom<T>(line: string): T | null {
  try {
    return JSON.parse(line) as T;
  } catch {
    return null;
  }
}

/** All that the demo has started, so that it ends with it. */
export class Processes {
  private readonly running: Running[] = [];
  private readonly logs: string;
  private readonly root: string;

  /**
   * @param logs made if missing: a file for each process
   * @param root what the processes run in
   */
  constructor(logs: string, root: string) {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    this.logs = logs;
    this.root = root;
    process.once('exit', () => {
      for (const one of this.running) one.abandon();
    });
  }

  start(program: Program): Running {
    const started = new Running(program, join(this.logs, `${program.slug}.log`), this.root);
    this.running.push(started);
    return started;
  }

  /** The first is the server, which the others need to the end. */
  get server(): Running | undefined {
    return this.running[0];
  }

  /** Ends all, the server last. @returns the names of those that had to be killed */
  async stop(): Promise<string[]> {
    const [server, ...others] = this.running;
    const killed: string[] = [];
    const end = async (one: Running) => {
      if (!(await one.stop())) killed.push(one.program.name);
    };
    await Promise.all(others.map(end));
    if (server) await end(server);
    return killed;
  }
}

/** What every program needs of our environment, and nothing else of it: no setting of another server gets in. */
export function bareEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const needed = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'SYSTEMROOT'];
  return Object.fromEntries(needed.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
