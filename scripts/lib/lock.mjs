import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identityOf, isStillAlive, until } from './processes.mjs';
import { Refusal } from './refusal.mjs';

const RECOVERY_STALE_MS = 5_000;

/**
 * Runs `work` while holding the lock file at `path`; others wait their turn, up to `withinMs`.
 * The lock of a process that died is taken over.
 *
 * @throws Refusal when somebody alive holds it longer than that
 */
export async function withLock(path, { withinMs = 60_000, onWait } = {}, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  const taken = await until(
    () => {
      if (tryTake(path)) return true;
      if (!told) onWait?.(holderOf(path));
      told = true;
      dropIfStale(path);
      return false;
    },
    { withinMs, everyMs: 25 },
  );
  if (!taken) throw new Refusal(`${path} has been held by process ${holderOf(path)} for ${withinMs / 1_000} s.`);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** The file appears with its content in one step, so that nobody ever reads half a lock. */
function tryTake(path) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, identityOf(process.pid));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Only the one that made the `.recovery` folder may remove a dead process's lock: two at once could remove a new one. */
function dropIfStale(path) {
  const recovery = `${path}.recovery`;
  try {
    mkdirSync(recovery);
  } catch {
    if (ageMs(recovery) > RECOVERY_STALE_MS) removeFolder(recovery);
    return;
  }
  try {
    const holder = read(path);
    if (holder !== undefined && !isStillAlive(holder)) rmSync(path, { force: true });
  } finally {
    removeFolder(recovery);
  }
}

function holderOf(path) {
  return Number.parseInt(read(path) ?? '', 10) || 'unknown';
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function removeFolder(path) {
  try {
    rmdirSync(path);
  } catch {
    // somebody else was quicker
  }
}
