import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'dist/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** One run of `dist/main.js` with just these settings, from its start to its end; killed with the test. */
export class MainProcess {
  private readonly child: ChildProcess;
  private readonly up: Promise<string>;
  readonly ended: Promise<Ended>;

  /** @param words the program and its arguments, instead of what `npm start` runs */
  constructor(
    env: Record<string, string>,
    words: readonly string[] = [process.execPath, '--enable-source-maps', MAIN],
  ) {
    const { PATH = '', HOME = '' } = process.env;
    const [program = '', ...args] = words;
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    const said = text(child.stderr);
    this.ended = once(child, 'close').then(async () => ({ code: child.exitCode, stderr: await said }));
    this.up = addressIn(child.stdout);
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

function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = '';
    output.on('data', (chunk) => {
      head += head.length < 100_000 ? chunk : '';
      const line = head.split('\n').find((each) => each.includes('bakeoff listens') && each.endsWith('}'));
      if (line) resolve(JSON.parse(line).url);
    });
    output.on('end', () => reject(new Error('It ended.')));
  });
}
