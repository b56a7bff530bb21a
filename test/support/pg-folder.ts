import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { POSTGRES_TMP } from './memory-folder.js';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const Started = z.object({ port: z.number(), pid: z.number(), ownerUrl: z.string(), appUrl: z.string() });
export type Started = z.infer<typeof Started>;
const Status = z.object({ running: z.boolean(), pid: z.number().optional(), holders: z.array(z.string()).optional() });
export type Status = z.infer<typeof Status>;

interface ScriptOptions {
  /** The checkout whose script runs. */
  readonly root?: string;
  readonly env?: Record<string, string>;
}

/** What scripts/pg.mjs makes of one data folder, which lies in a 0700 folder and is not there yet. */
export class PgFolder {
  readonly dataDir: string;
  private readonly servers: ChildProcess[] = [];

  private constructor(readonly parent: string) {
    this.dataDir = join(parent, 'data');
  }

  static async make(within = POSTGRES_TMP): Promise<PgFolder> {
    return new PgFolder(await mkdtemp(join(within, 'bakeoff-pg-')));
  }

  /** Ends what a test left running; the data stays for the next one. */
  async settle(): Promise<void> {
    for (const server of this.servers.splice(0)) server.kill('SIGKILL');
    if (await exists(this.dataDir)) await this.stop();
  }

  async remove(env: Record<string, string> = {}): Promise<void> {
    for (const server of this.servers) server.kill('SIGKILL');
    if (await exists(this.dataDir)) await this.script(['stop', '--immediate'], { env });
    await rm(this.parent, { recursive: true, force: true });
  }

  /** @returns what the script said; rejects with `code`, `stdout` and `stderr` when it failed */
  script(args: string[], { root = ROOT, env = {} }: ScriptOptions = {}): Promise<{ stdout: string; stderr: string }> {
    const words = [join(root, 'scripts/pg.mjs'), ...args, '--data', this.dataDir];
    return promisify(execFile)(process.execPath, words, { env: { ...process.env, ...env } });
  }

  async start(args: string[] = [], options?: ScriptOptions): Promise<Started> {
    return Started.parse(JSON.parse((await this.script(['start', ...args], options)).stdout));
  }

  async stop(): Promise<void> {
    await this.script(['stop']);
  }

  async status(): Promise<Status> {
    const { stdout } = await this.script(['status']).catch((error: { stdout: string }) => error);
    return Status.parse(JSON.parse(stdout));
  }

  /** The parts of a cluster that are looked at before it is started. */
  async givenCluster({ version, fast }: { version: string; fast: boolean }): Promise<void> {
    await mkdir(join(this.dataDir, 'pgdata'), { recursive: true });
    await writeFile(join(this.dataDir, 'pgdata/PG_VERSION'), `${version}\n`);
    await writeFile(join(this.dataDir, 'postgres.json'), JSON.stringify({ passwords: {}, fast }));
  }

  /** A server in a process group of its own: on SIGINT or SIGTERM it takes its time, asks PostgreSQL once more and lets go. */
  async startServer(): Promise<{ pid: number; end(signal: NodeJS.Signals): Promise<string> }> {
    const args = ['--input-type=module', '--eval', serverCode(this.dataDir)];
    const child = spawn(process.execPath, args, { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    this.servers.push(child);
    const pid = child.pid ?? 0;
    await once(child.stdout, 'readable'); // it says that it is up
    const said = text(child.stdout);
    const ended = once(child, 'close');
    return {
      pid,
      async end(signal) {
        process.kill(-pid, signal); // the whole group, as a terminal does
        await ended;
        return said;
      },
    };
  }
}

function serverCode(dataDir: string): string {
  return `
    import pg from 'pg';
    import { startEmbedded } from ${JSON.stringify(join(ROOT, 'dist/platform/database/embedded.js'))};
    const { appUrl, release } = await startEmbedded(${JSON.stringify(dataDir)});
    const alive = setInterval(() => {}, 1_000);
    const shutdown = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const client = new pg.Client(appUrl);
      await client.connect();
      console.log('still answers:', (await client.query('SELECT 1 AS one')).rows[0].one);
      await client.end();
      await release();
      clearInterval(alive);
    };
    process.once('SIGINT', shutdown).once('SIGTERM', shutdown);
    console.log('up');`;
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
