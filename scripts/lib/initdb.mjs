import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

const DRAFT = 'pgdata.new-';

/**
 * Makes an empty cluster at `pgdata`. It gets its name when it is whole, so a start that was killed half way leaves none;
 * its own name before that keeps it from an initdb which outlived such a start.
 *
 * @throws Refusal with the last line that initdb said
 */
export function initCluster(runner, pgdata, { password, fast }) {
  removeDrafts(runner.home);
  const draft = join(runner.home, `${DRAFT}${process.pid}`);
  const passwordFile = join(runner.home, 'initdb.password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runner.as.uid !== undefined) chownSync(passwordFile, runner.as.uid, runner.as.gid);
  try {
    const done = runProgram(runner, 'initdb', [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      ...(fast ? ['--no-sync', '--set=scram_iterations=1'] : []),
    ]);
    if (done.status !== 0)
      throw new Refusal(`PostgreSQL's initdb failed: ${lastLine(done.stderr) ?? done.error?.message}`);
    renameSync(draft, pgdata);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function removeDrafts(home) {
  const drafts = readdirSync(home).filter((name) => name.startsWith(DRAFT));
  for (const name of drafts) {
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // an initdb still writes there; it gives up when it finds its files gone, and removes the rest
    }
  }
}

/** The major version that made the cluster. */
export function clusterVersion(pgdata) {
  return readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
}

export function hasCluster(pgdata) {
  return existsSync(join(pgdata, 'PG_VERSION'));
}

/** The environment for PostgreSQL's programs: none of our secrets, no PGDATA and the like, messages in English. */
export function programEnv() {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];
  const pairs = kept.filter((name) => name in process.env).map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(pairs), LC_ALL: 'C' };
}

function runProgram({ bin, prefix, as }, name, args) {
  const [command, ...rest] = [...prefix, join(bin, name), ...args];
  return spawnSync(command, rest, { cwd: '/', env: programEnv(), encoding: 'utf8', ...as });
}

function lastLine(text) {
  return text?.trim().split('\n').at(-1);
}
