import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { PATIENCE_MS } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist/bundle/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** One run of `dist/bundle/main.js` with just these settings, from its start to its end; killed with the test. */
export class MainProcess {
  private readonly child: ChildProcess;
  private readonly up: Promise<string>;
  readonly ended: Promise<Ended>;
  /** What it wrote on standard output so far. */
  output = '';

  /** @param words the program and its arguments, instead of what `npm start` runs */
  constructor(
    env: Record<string, string>,
    words: readonly string[] = [process.execPath, '--enable-source-maps', MAIN],
  ) {
    const { PATH = '', HOME = '' } = process.env;
    const [program = '', ...args] = words;
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', TESTS_PYTHON: 'off', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const said = text(child.stderr);
    this.ended = once(child, 'close').then(async () => ({ code: child.exitCode, stderr: await said }));
    this.up = new Promise((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        this.output += chunk;
        const line = this.output.split('\n').find((each) => each.includes('bakeoff listens') && each.endsWith('}'));
        if (line) resolve(JSON.parse(line).url);
      });
      child.stdout.on('end', () => reject(new Error('It ended.')));
    });
    this.up.catch(() => {}); // who waits for the end does not wait for the address
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await this.ended;
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its address, once it listens. Rejects with what it said when it ended instead. */
  async listening(): Promise<string> {
    return this.up.catch(async () => {
      throw new Error(`The server did not start: ${(await this.ended).stderr}`);
    });
  }
}

/** A start that is refused by one line on standard error, soon and with exit code 1. @returns the line */
export async function refusal(env: Record<string, string>): Promise<string> {
  const { code, stderr } = await within(PATIENCE_MS, new MainProcess(env).ended);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^[^\n]+\n$/) });
  return stderr.trim();
}

/** Asks it to stop, once it listens, and waits for the end. */
export async function stopped(server: MainProcess, signal: NodeJS.Signals): Promise<Ended> {
  await server.listening();
  server.signal(signal);
  const ended = await within(PATIENCE_MS, server.ended);
  expect(ended).toMatchObject({ code: 0 });
  return ended;
}

export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    sleep(ms, undefined, { ref: false }).then(() => Promise.reject(new Error(`not in ${ms} ms`))),
  ]);
}
