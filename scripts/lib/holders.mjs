import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isStillAlive } from './processes.mjs';

// Who needs the running PostgreSQL: one file each in DIR/servers. A file names a process, and counts while that one lives.
// Call these under the cluster's lock.

export const BY_HAND = 'by-hand';

/** A server's process holds PostgreSQL until it releases it or dies. */
export function hold(dataDir, pid) {
  write(dataDir, `${pid}`, identityOf(pid));
}

/** Somebody started it by hand: it stays up for as long as this postmaster lives, whoever joins and leaves. */
export function holdByHand(dataDir, postmasterPid) {
  write(dataDir, BY_HAND, identityOf(postmasterPid));
}

export function release(dataDir, pid) {
  rmSync(join(folder(dataDir), `${pid}`), { force: true });
}

/** @returns {string[]} ids of the live servers, and `by-hand` */
export function liveHolders(dataDir) {
  return names(dataDir).filter((name) => {
    const alive = isStillAlive(readFileSync(join(folder(dataDir), name), 'utf8'));
    if (!alive) release(dataDir, name);
    return alive;
  });
}

function write(dataDir, name, identity) {
  mkdirSync(folder(dataDir), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder(dataDir), name), identity);
}

function names(dataDir) {
  try {
    return readdirSync(folder(dataDir));
  } catch {
    return [];
  }
}

function folder(dataDir) {
  return join(dataDir, 'servers');
}
