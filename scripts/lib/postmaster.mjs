import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programEnv } from './initdb.mjs';
import { isAlive, until, workingFolderOf } from './processes.mjs';
import { Refusal } from './refusal.mjs';
import { asAdmin } from './roles.mjs';

const TRIES = 10;
const START_MS = 120_000; // recovery of a large log takes its time
const STOP_MS = 60_000;
const LOG_BYTES = 10 * 2 ** 20;
const PORT_TAKEN = /Address already in use|could not create any TCP/;
const PASSES = new RegExp(`${PORT_TAKEN.source}|lock file .* already exists|still in use`);
/**
 * Below those that Linux (32768 on) and macOS (49152 on) give to whoever asks for any port: it is to be free again after a restart.
 */
const PORTS = { from: 20_000, to: 32_000 };

/**
 * The postmaster of a cluster, once it lets us in.
 *
 * @returns {Promise<{ pid: number, port: number } | undefined>} undefined when none runs; what a killed one left is cleared away
 */
export async function runningPostmaster(pgdata, { passwords }) {
  const found = await until(
    async () => {
      const postmaster = livePostmaster(pgdata);
      if (!postmaster) return { none: true };
      return postmaster.ready && (await letsUsIn(postmaster.port, passwords)) ? postmaster : undefined;
    },
    { withinMs: START_MS, everyMs: 50 },
  );
  if (!found)
    throw new Refusal(`PostgreSQL in ${pgdata} runs but let nobody in for ${START_MS / 1_000} s; see postgres.log.`);
  return found.none ? undefined : { pid: found.pid, port: found.port };
}

/**
 * Starts a postmaster in a session of its own: no Ctrl-C or hang-up of our terminal reaches it. It gets the port that it had last
 * (`state.port`) where that is free, so that servers which run on find it again.
 *
 * @throws Refusal with PostgreSQL's own reason
 */
export async function launch(runner, { pgdata, log, state, fast }) {
  if (sizeOf(log) > LOG_BYTES) renameSync(log, `${log}.1`);
  let reason = '';
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const isKept = state.port && !PORT_TAKEN.test(reason) && (await isFree(state.port));
    const port = isKept ? state.port : await freePort();
    const logged = sizeOf(log);
    const pid = await tryLaunch(runner, { pgdata, log, port, fast });
    if (pid) return { pid, port };
    reason = reasonIn(readFileSync(log).subarray(logged).toString('utf8'));
    if (!PASSES.test(reason)) break;
    await sleep(500);
    const other = await runningPostmaster(pgdata, state); // of a starter that was killed before it could say so
    if (other) return other;
  }
  throw new Refusal(`PostgreSQL did not start: ${reason} (${log})`);
}

/** @returns {Promise<boolean>} false when none ran @throws Refusal when it will not end */
export async function stopPostmaster(pgdata, mode) {
  const postmaster = livePostmaster(pgdata);
  if (!postmaster) return false;
  process.kill(postmaster.pid, mode === 'immediate' ? 'SIGQUIT' : 'SIGINT');
  const gone = await until(() => livePostmaster(pgdata)?.pid !== postmaster.pid, { withinMs: STOP_MS, everyMs: 5 });
  if (!gone) throw new Refusal(`PostgreSQL (process ${postmaster.pid}) did not stop within ${STOP_MS / 1_000} s.`);
  return true;
}

/** @returns its process id once it is ready, or undefined when it ended instead */
async function tryLaunch({ bin, prefix, as }, { pgdata, log, port, fast }) {
  const settings = settingsFor({ port, fast }).flatMap((setting) => ['-c', setting]);
  const [command, ...args] = [...prefix, join(bin, 'postgres'), '-D', pgdata, ...settings];
  const output = openSync(log, 'a', 0o600);
  const child = spawn(command, args, {
    cwd: '/',
    env: programEnv(),
    detached: true,
    stdio: ['ignore', output, output],
    ...as,
  });
  closeSync(output);
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const ready = await until(() => ended || isReady(pgdata, child.pid), { withinMs: START_MS, everyMs: 10 });
  if (!ready) child.kill('SIGQUIT');
  child.unref();
  return ready && !ended ? child.pid : undefined;
}

function settingsFor({ port, fast }) {
  const common = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_preload_libraries=pg_stat_statements',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  if (!fast) return [...common, 'shared_buffers=256MB'];
  // Thousands of connections are made to it, each by somebody who hashes the password as often as that.
  const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'scram_iterations=1'];
  return [...common, 'shared_buffers=64MB', ...careless];
}

/**
 * What postmaster.pid says, if that process still is this cluster's postmaster. After a kill the file stays behind, and its number may
 * be a zombie's or another program's by now: PostgreSQL would then refuse to start, so the file goes. Two postmasters at once
 * stay impossible: PostgreSQL also checks the shared memory that belongs to the folder.
 */
function livePostmaster(pgdata) {
  const file = join(pgdata, 'postmaster.pid');
  const lines = linesOf(file);
  const pid = Number(lines?.[0]);
  if (!lines || !(pid > 0)) return undefined;
  const folder = workingFolderOf(pid);
  if (isAlive(pid) && (folder === undefined || folder === realpathSync(pgdata))) {
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  }
  rmSync(file, { force: true });
  return undefined;
}

function isReady(pgdata, pid) {
  const lines = linesOf(join(pgdata, 'postmaster.pid'));
  return Number(lines?.[0]) === pid && lines[7]?.trim() === 'ready';
}

async function letsUsIn(port, passwords) {
  try {
    await asAdmin({ port, passwords, database: 'postgres' }, (admin) => admin.query('SELECT 1'));
    return true;
  } catch (error) {
    if (error.code === '28P01') throw new Refusal('The passwords in postgres.json are not those of this PostgreSQL.');
    return false;
  }
}

function linesOf(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

function reasonIn(logged) {
  const told = logged.split('\n').filter((line) => line.trim() !== '');
  return (
    told.findLast((line) => PASSES.test(line)) ??
    told.findLast((line) => /FATAL|PANIC/.test(line)) ??
    told.at(-1) ??
    'it said nothing'
  ).trim();
}

function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function freePort() {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
  return listenOn(0);
}

async function isFree(port) {
  return listenOn(port).then(Boolean, () => false);
}

/** Binds and lets go again. */
function listenOn(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address().port;
      server.close(() => resolve(bound));
    });
  });
}
