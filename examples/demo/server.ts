import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from './arguments.ts';
import { Failure, WrongArguments } from './failure.ts';
import { bareEnvironment, type Processes, type Running } from './processes.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

const START_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 20_000;
const ADMIN_WITHIN_MS = 30_000;

/** Where the demo keeps its things. */
export interface Place {
  data: string;
  logs: string;
  /** Takes away what nobody will look at any more. */
  tidy: (isFine: boolean) => void;
}

/**
 * A folder of the user's, one below `data/` for --keep, else one that goes with the demo; after a failure its logs stay.
 *
 * @throws WrongArguments when the folder is in use
 */
export function placeFor({ data, keep }: Options, base: string, now: Date): Place {
  if (data === null && !keep) return passing();
  const stamp = now.toISOString().slice(0, 19).replace(/\D/g, '');
  const folder = data === null ? join(ROOT, 'data', `demo-${stamp}`) : resolve(base, data);
  if (!isEmpty(folder)) throw new WrongArguments(`--data: ${folder} must be new, or an empty folder.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { data: folder, logs: join(folder, 'logs'), tidy: () => {} };
}

/** Also for a folder that is not there. A file is not. */
export function isEmpty(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return !found || (found.isDirectory() && readdirSync(folder).length === 0);
}

function passing(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'bakeoff-demo-'));
  const [data, logs] = [join(folder, 'data'), join(folder, 'logs')];
  const tidy = (isFine: boolean) => rmSync(isFine || isEmpty(logs) ? folder : data, { recursive: true, force: true });
  return { data, logs, tidy };
}

/** The server's settings: its own PostgreSQL, any free port, and agents on this machine's own addresses. */
export function settings(data: string): Record<string, string> {
  return {
    DATA_DIR: data,
    HOST: '127.0.0.1',
    PORT: '0',
    EGRESS_ALLOW: '127.0.0.0/8',
    LOG_LEVEL: 'warn',
    SHUTDOWN_GRACE_S: '5',
    // All of the demo's accounts come from one address.
    RATE_LIMIT_SIGNUP_PER_HOUR: '100',
    RATE_LIMIT_ADDRESS_PER_MIN: '6000',
  };
}

/** @throws Failure with the server's own words */
export async function startServer(processes: Processes, data: string): Promise<{ url: string; process: Running }> {
  const server = processes.start({
    name: 'The server',
    slug: 'server',
    command: process.execPath,
    args: ['--enable-source-maps', join(ROOT, 'dist/bundle/main.js')],
    env: { ...bareEnvironment(process.env), ...settings(data) },
    stopWithinMs: STOP_WITHIN_MS,
  });
  const { url } = await server.says<{ msg?: string; url: string }>(
    ({ msg }) => msg === 'bakeoff listens',
    START_WITHIN_MS,
  );
  return { url, process: server };
}

/** Runs `npm run admin -- make-admin` beside the server, which shares its database. @throws Failure */
export async function makeAdmin(processes: Processes, data: string, email: string): Promise<void> {
  const command = processes.start({
    name: 'make-admin',
    slug: 'make-admin',
    command: process.execPath,
    args: ['--enable-source-maps', join(ROOT, 'dist/bundle/admin.js'), 'make-admin', email],
    env: { ...bareEnvironment(process.env), ...settings(data) },
    stopWithinMs: ADMIN_WITHIN_MS,
  });
  const said = await command.ended;
  if (!/ ended with exit code 0\./.test(said)) throw new Failure(said);
}

/** The database of a server that was killed, or stopped while it was starting, runs on; this ends it. */
export function stopDatabase(data: string): void {
  spawnSync(process.execPath, [join(ROOT, 'scripts/pg.mjs'), 'stop', '--data', data], { cwd: ROOT, stdio: 'ignore' });
}
