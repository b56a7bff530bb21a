import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { settings } from './app.js';
import { createDatabase, type TestDatabase } from './databases.js';

const MAIN = fileURLToPath(new URL('../../dist/bundle/main.js', import.meta.url));

/** A server as an operator runs it: `dist/bundle/main.js` in a process of its own, that can be killed and started again. */
export class ServerProcess {
  private child: ChildProcess | null = null;
  private lines: string[] = [];
  url = '';

  private constructor(
    readonly db: TestDatabase,
    readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  /** One for the test that calls this. */
  static async start(env: Record<string, string> = {}, beside?: ServerProcess): Promise<ServerProcess> {
    const db = beside?.db ?? (await createDatabase());
    const folder = beside?.folder ?? (await mkdtemp(join(tmpdir(), 'bakeoff-process-')));
    const server = new ServerProcess(db, folder, env);
    onTestFinished(() => (beside ? server.kill() : server.remove()));
    await server.launch();
    return server;
  }

  /** One for several tests: whoever makes it calls `remove()`, or `kill()` of one beside another. */
  static async shared(env: Record<string, string>, beside?: ServerProcess): Promise<ServerProcess> {
    const folder = beside?.folder ?? (await mkdtemp(join(tmpdir(), 'bakeoff-process-')));
    const server = new ServerProcess(beside?.db ?? (await createDatabase()), folder, env);
    await server.launch();
    return server;
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.db.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it (again) and waits until it listens. */
  async launch(): Promise<void> {
    const env = { PATH: process.env.PATH ?? '', ...settings(this.db, this.folder), LOG_LEVEL: 'warn', ...this.env };
    const child = spawn(process.execPath, ['--enable-source-maps', MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    child.stderr?.on('data', (chunk) => this.lines.push(String(chunk)));
    const ended = once(child, 'exit').then(() => null);
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      this.lines.push(line);
      const { url } = line.includes('bakeoff listens') ? JSON.parse(line) : { url: null };
      if (!url) continue;
      this.url = url;
      child.stdout?.on('data', (chunk) => this.lines.push(String(chunk)));
      return;
    }
    await ended;
    throw new Error(`The server did not start:\n${this.lines.join('\n')}`);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** kill -9: no handler of ours runs. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to stop. @returns its exit code */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** What it wrote, for a failing test. */
  get output(): string {
    return this.lines.join('\n');
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }
}
