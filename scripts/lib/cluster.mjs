import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assertOwner, clusterHome, platformBinaries, runnerFor } from './binaries.mjs';
import { BY_HAND, hold, holdByHand, liveHolders, release } from './holders.mjs';
import { clusterVersion, hasCluster, initCluster } from './initdb.mjs';
import { withLock } from './lock.mjs';
import { launch, runningPostmaster, stopPostmaster } from './postmaster.mjs';
import { Refusal } from './refusal.mjs';
import { ensureDatabase, urlOf } from './roles.mjs';
import { newState, readState, writeState } from './state.mjs';

/**
 * Starts the PostgreSQL of a data folder, or joins the one that runs; makes cluster, roles and database where they are missing.
 * Two at once make one cluster. It outlives this process and its terminal.
 *
 * @param {string} dir the data folder; made (0700) if missing
 * @param {{ fast?: boolean, holder?: number }} options fast: for tests, loses data in a power cut; holder: process that needs it
 * @returns {Promise<object>} see `describe`; with `notice` where a person should be told something
 * @throws Refusal
 */
export async function start(dir, { fast = false, holder } = {}) {
  mkdirSync(resolve(dir), { recursive: true, mode: 0o700 });
  return locked(dir, async (dataDir) => {
    if (hasCluster(pgdataOf(dataDir))) assertOwner(pgdataOf(dataDir));
    const runner = await runnerFor(dataDir);
    const pgdata = join(runner.home, 'pgdata');
    const isNew = !hasCluster(pgdata);
    if (isNew) makeCluster(dataDir, runner, pgdata, fast);
    const state = readState(dataDir);
    if (fast && !state.fast) {
      throw new Refusal(`${dataDir} holds data to be kept; --fast is for tests, in a folder of their own.`);
    }
    assertVersion(runner, pgdata);
    const postmaster =
      (await runningPostmaster(pgdata, state)) ??
      (await launch(runner, { pgdata, log: join(dataDir, 'postgres.log'), state, fast }));
    if (state.port !== postmaster.port) writeState(dataDir, { ...state, port: postmaster.port });
    await ensureDatabase({ port: postmaster.port, passwords: state.passwords, fast });
    if (holder === undefined) holdByHand(dataDir, postmaster.pid);
    else hold(dataDir, holder);
    return {
      ...describe(dataDir, runner, postmaster, state),
      ...(isNew && runner.notice ? { notice: runner.notice } : {}),
    };
  });
}

/** Ends what `start` began for that process. The last one out stops PostgreSQL; a repeat changes nothing. */
export async function releaseHolder(dir, pid) {
  return locked(dir, async (dataDir) => {
    release(dataDir, pid);
    if (liveHolders(dataDir).length > 0) return { stopped: false };
    return { stopped: await stopPostmaster(pgdataOf(dataDir), 'fast') };
  });
}

/**
 * Stops PostgreSQL, whoever holds it; servers that run on hold it again after the next start.
 *
 * @param {{ immediate?: boolean }} options immediate: without the last checkpoint; the next start recovers
 */
export async function stop(dir, { immediate = false } = {}) {
  return locked(dir, async (dataDir) => {
    const stopped = await stopPostmaster(pgdataOf(dataDir), immediate ? 'immediate' : 'fast');
    release(dataDir, BY_HAND);
    return { stopped };
  });
}

/**
 * Stops and deletes a cluster that was made with `--fast`, unless a live process still holds it.
 *
 * @throws Refusal for any other cluster
 */
export async function destroy(dir, { releasing } = {}) {
  return locked(dir, async (dataDir) => {
    if (!readState(dataDir).fast) throw new Refusal(`${dataDir} was not made with --fast: delete it yourself.`);
    if (releasing !== undefined) release(dataDir, releasing);
    if (liveHolders(dataDir).some((holder) => holder !== BY_HAND)) return { removed: false };
    const home = clusterHome(dataDir);
    await stopPostmaster(join(home, 'pgdata'), 'immediate');
    rmSync(home, { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
    return { removed: true };
  });
}

/** What runs for a data folder, or undefined. */
export async function status(dir) {
  if (!existsSync(dir)) return undefined;
  return locked(dir, async (dataDir) => {
    const pgdata = pgdataOf(dataDir);
    if (!hasCluster(pgdata)) return undefined;
    const state = readState(dataDir);
    const postmaster = await runningPostmaster(pgdata, state);
    if (!postmaster) return undefined;
    return { ...describe(dataDir, await platformBinaries(), postmaster, state), holders: liveHolders(dataDir) };
  });
}

/** The answer of `start`: where PostgreSQL listens and how each role gets in. `adminUrl` is there for tests alone. */
function describe(dataDir, { version }, { pid, port }, { passwords, fast }) {
  const url = (user, password, database) => urlOf({ port, user, password, database });
  return {
    port,
    user: 'bakeoff_owner',
    password: passwords.owner,
    pid,
    dataDir,
    version: version.split('.').slice(0, 2).join('.'),
    ownerUrl: url('bakeoff_owner', passwords.owner),
    appUrl: url('bakeoff_app', passwords.app),
    ...(fast ? { adminUrl: url('postgres', passwords.admin, 'postgres') } : {}),
  };
}

async function locked(dir, work) {
  if (!existsSync(dir)) throw new Refusal(`There is no data folder ${resolve(dir)}.`);
  const dataDir = realpathSync(dir);
  return withLock(join(dataDir, 'postgres.lock'), { withinMs: 180_000 }, () => work(dataDir));
}

function pgdataOf(dataDir) {
  return join(clusterHome(dataDir), 'pgdata');
}

function makeCluster(dataDir, runner, pgdata, fast) {
  const state = newState({ fast });
  writeState(dataDir, state);
  initCluster(runner, pgdata, { password: state.passwords.admin, fast });
}

function assertVersion({ version }, pgdata) {
  const made = clusterVersion(pgdata);
  const ours = version.split('.')[0];
  if (made === ours) return;
  throw new Refusal(
    `${pgdata} was made by PostgreSQL ${made}, and this Bakeoff brings ${ours}: dump it with the old one, or choose another data folder.`,
  );
}
