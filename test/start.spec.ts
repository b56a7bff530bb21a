import { once } from 'node:events';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { call, settings } from './support/app.js';
import { createDatabase, databaseUrl, emptyDatabase, type TestDatabase } from './support/databases.js';
import { heldSignUp, isRefused, lockOf, signUp } from './support/held-requests.js';
import { MainProcess, refusal, stopped, within } from './support/main-process.js';
import { exists, PgFolder, query } from './support/pg-folder.js';
import { refused, started } from './support/started.js';
import { PATIENCE_MS, until } from './support/until.js';

const OTHER_KEY = `other:${Buffer.alloc(32, 8).toString('base64')}`;
/** `MIGRATION_LOCK` of src/platform/database/migrate.ts */
const MIGRATION_LOCK = 7_204_411_093;

/** A data folder that is not there yet, below one that is 0700. */
let folder: PgFolder;

beforeEach(async () => {
  const made = await PgFolder.make();
  folder = made;
  return () => made.remove();
});

/** A database as its tests get it, and the settings that lead there. */
async function givenDatabase(): Promise<{ db: TestDatabase; env: Record<string, string> }> {
  const db = await createDatabase();
  onTestFinished(() => db.drop());
  const { LOG_LEVEL, ...env } = settings(db, folder.parent);
  return { db, env };
}

/** A database without a table in it. */
async function givenEmptyDatabase(): Promise<{ env: Record<string, string> }> {
  const { ownerUrl, appUrl } = await emptyDatabase();
  const urls = { DATABASE_URL: appUrl, MIGRATION_DATABASE_URL: ownerUrl };
  return { env: { ...urls, SECRETS_KEYS: OTHER_KEY, STORAGE_DIR: join(folder.parent, 'files') } };
}

const embedded = () => ({ DATA_DIR: folder.dataDir });

describe('a start that cannot succeed says why in one line', () => {
  test('a setting that makes no sense', async () => {
    const { env } = await givenDatabase();
    const cases: [string, string, RegExp][] = [
      ['PORT', 'abc', /^PORT must be a whole number from 0 to 65535, not "abc"\. /],
      ['DATABASE_URL', 'db.example', /^DATABASE_URL must be a URL such as postgres:/],
      ['EGRESS_ALLOW', 'nonsense', /^EGRESS_ALLOW is not valid: "nonsense" is not understood; write host:port/],
      ['SECRETS_KEYS', 'k1:c2hvcnQ=', /^SECRETS_KEYS: the key "k1" is not 32 bytes in base64\. /],
      ['SECRETS_KEYS', '', /^SECRETS_KEYS is required with DATABASE_URL: .* Make one with: /],
      ['HOST', '192.0.2.1', /^HOST 192\.0\.2\.1 is no address of this machine\. /],
    ];
    for (const [variable, value, line] of cases)
      expect(await refused({ ...env, [variable]: value }), variable).toMatch(line);
    expect(await refusal({ ...env, PORT: 'abc' })).toBe(await refused({ ...env, PORT: 'abc' }));
  });

  test('a database that cannot be reached', async () => {
    const { env, db } = await givenDatabase();
    const silent = createServer(() => {}); // takes connections and never says a word
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void silent.close());
    const withPort = (port: number | string) => db.appUrl.replace(/:\d+\//, `:${port}/`);
    const cases: [string, string, RegExp][] = [
      [
        'DATABASE_URL',
        withPort(1),
        /^The database of DATABASE_URL \(127\.0\.0\.1:1\/t_\w+\) cannot be used: .*ECONNREFUSED/,
      ],
      [
        'DATABASE_URL',
        withPort((silent.address() as { port: number }).port),
        /DATABASE_URL .* cannot be used: timeout/,
      ],
      [
        'DATABASE_URL',
        db.appUrl.replace(/:[^:@]+@/, ':guess@'),
        /password authentication failed for user "bakeoff_app"/,
      ],
      [
        'DATABASE_URL',
        databaseUrl(db.appUrl, 'nosuch'),
        /DATABASE_URL .*: database "nosuch" does not exist\. Check that/,
      ],
      [
        'MIGRATION_DATABASE_URL',
        db.ownerUrl.replace(/:[^:@]+@/, ':guess@'),
        /^The database of MIGRATION_DATABASE_URL .*"bakeoff_owner"/,
      ],
      [
        'MIGRATION_DATABASE_URL',
        databaseUrl(db.ownerUrl, 'bakeoff'),
        /MIGRATION_DATABASE_URL .* it is another than that of DATABASE_URL\./,
      ],
    ];
    const said = await Promise.all(cases.map(([variable, value]) => refused({ ...env, [variable]: value })));
    for (const [i, [, url, line]] of cases.entries()) {
      expect(said[i]).toMatch(line);
      expect(said[i]).not.toContain(new URL(url).password);
    }
  });

  test('a new database whose owner is not named', async () => {
    const { env } = await givenEmptyDatabase();
    const said = await refusal({ ...env, MIGRATION_DATABASE_URL: '' });
    expect(said).toMatch(
      /^The database of DATABASE_URL .*permission denied .* Migrations need its owner: name it in MIGRATION_DATABASE_URL/,
    );
  });

  test('a port that is taken, before anything is opened', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    expect(await refused({ ...embedded(), PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or set PORT to another (0 takes a free one).`,
    );
    expect(await exists(folder.dataDir)).toBe(false);
  });

  test("another key or other files than the database's", async () => {
    const { env } = await givenDatabase();
    await (await started(env)).stop();
    const file = join(folder.parent, 'a-file');
    await writeFile(file, '');

    const [key, other, none] = await Promise.all([
      refused({ ...env, SECRETS_KEYS: OTHER_KEY }),
      refused({ ...env, STORAGE_DIR: join(folder.parent, 'other') }),
      refused({ ...env, STORAGE_DIR: file }),
    ]);
    expect(key).toMatch(/^SECRETS_KEYS does not hold the key that this database was sealed with\. Add /);
    expect(other).toMatch(/^The files of this database live in another folder than .*\. Set STORAGE_DIR to/);
    expect(none).toMatch(/a-file cannot be used: EEXIST.* set STORAGE_DIR to another folder\.$/);
    await (await started({ ...env, SECRETS_KEYS: `${OTHER_KEY},${env.SECRETS_KEYS}` })).stop();
  });

  test('a data folder that is none, or a damaged key, and no PostgreSQL is left running', async () => {
    const file = join(folder.parent, 'a-file');
    await writeFile(file, '');
    expect(await refused({ DATA_DIR: file })).toMatch(
      /a-file cannot be used: EEXIST.* set DATA_DIR to another folder\.$/,
    );

    await mkdir(folder.dataDir);
    await writeFile(join(folder.dataDir, 'secrets.key'), 'k1:gone', { mode: 0o600 });
    expect(await refusal(embedded())).toMatch(/^\S+secrets\.key: the key "k1" is not 32 bytes in base64\. /);
    expect(await folder.status()).toEqual({ running: false });
  });
});

describe('the embedded PostgreSQL', () => {
  // One folder for all of them, which is new to the first: what each leaves behind is stopped, with its data.
  let kept: PgFolder;
  beforeAll(async () => {
    kept = await PgFolder.make();
    return () => kept.remove();
  });
  beforeEach(() => {
    folder = kept;
  });

  test('two servers that start at once on a new folder share it, and the last one out stops it', async () => {
    expect((await stat(folder.parent)).mode & 0o777).toBe(0o700); // as root this is the hard case
    const [one, two] = [new MainProcess(embedded()), new MainProcess(embedded())];
    const urls = await Promise.all([one.listening(), two.listening()]);
    const { body } = await signUp(urls[0], 'one@example.com');
    expect(body.ok).toBe(true);
    expect((await signUp(urls[1], 'one@example.com')).status).toBe(409);
    expect((await stat(join(folder.dataDir, 'secrets.key'))).mode & 0o777).toBe(0o600);

    await stopped(one, 'SIGTERM');
    expect(await folder.status()).toMatchObject({ running: true, holders: [String(two.pid)] });
    await stopped(two, 'SIGINT');
    expect(await folder.status()).toEqual({ running: false });
  });

  test('what kill -9 left of server and PostgreSQL simply recovers', async () => {
    const killed = new MainProcess(embedded());
    expect((await signUp(await killed.listening(), 'kept@example.com')).status).toBe(201);
    const key = await readFile(join(folder.dataDir, 'secrets.key'), 'utf8');
    const { pid = 0 } = await folder.status();
    killed.signal('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await killed.ended;
    await chmod(join(folder.dataDir, 'secrets.key'), 0o644);

    const next = new MainProcess(embedded());
    expect((await signUp(await next.listening(), 'kept@example.com')).status).toBe(409);
    expect(await readFile(join(folder.dataDir, 'secrets.key'), 'utf8')).toBe(key);
    const { stderr } = await stopped(next, 'SIGTERM');
    expect(stderr).toMatch(/secrets\.key could be read by other users \(644\); it is 600 now/);
    expect(await folder.status()).toEqual({ running: false });
  });

  test('a server outlives it: not ready while it is gone, ready when it is back, with one line each in the log', async () => {
    const server = new MainProcess({ ...embedded(), LOG_LEVEL: 'info' });
    const url = await server.listening();
    const ready = async () => (await call(url, 'GET', '/health/ready')).status;
    process.kill((await folder.status()).pid ?? 0, 'SIGKILL');
    await until(async () => (await ready()) === 503);
    await sleep(2_500); // some attempts to connect again

    const { ownerUrl } = await folder.start();
    await until(async () => server.output.includes('the presence connection is back'));

    expect(await ready()).toBe(200);
    expect(server.output.match(/lost the presence connection/g)).toHaveLength(1);
    const presences = `SELECT FROM pg_stat_activity WHERE application_name LIKE 'bakeoff-presence%'`;
    expect(await query(ownerUrl, presences)).toHaveLength(1);
    await stopped(server, 'SIGTERM');
    await folder.stop();
  });

  test('a second signal ends the server at once, and PostgreSQL after it', async () => {
    const server = new MainProcess(embedded());
    const url = await server.listening();
    const held = await heldSignUp(url, (await folder.script(['url'])).stdout.trim());
    server.signal('SIGTERM');
    await until(() => isRefused(url));
    await sleep(1_200); // sooner it would count as the first one
    server.signal('SIGTERM');
    // A stop in good order would end with 0, and not before the request.
    expect(await within(PATIENCE_MS, server.ended)).toMatchObject({ code: 143, stderr: '' });
    expect(held).toBeDefined();
    await until(async () => !(await folder.status()).running);
  });

  test('a stop of npm start takes the server along, and PostgreSQL', async () => {
    const npm = new MainProcess(embedded(), ['npm', 'start', '--ignore-scripts']);
    await stopped(npm, 'SIGTERM');
    expect(await folder.status()).toEqual({ running: false });
  });
});

describe('a new database', () => {
  test('two servers that start at once on it both come up, since one migrates and the other waits', async () => {
    const { env } = await givenEmptyDatabase();
    const servers = [new MainProcess(env), new MainProcess(env)];
    const urls = await Promise.all(servers.map((server) => server.listening()));
    for (const url of urls) expect((await call(url, 'GET', '/health/ready')).status).toBe(200);
    for (const server of servers) expect(await stopped(server, 'SIGTERM')).toEqual({ code: 0, stderr: '' });
  });
});

describe('a stop', () => {
  test('lets a running request end, takes no new ones, and exits with 0; a Ctrl-C that npm passes on as well is one', async () => {
    const { env, db } = await givenDatabase();
    const server = new MainProcess(env);
    const url = await server.listening();
    const held = await heldSignUp(url, db.ownerUrl);

    server.signal('SIGINT');
    server.signal('SIGINT');
    await until(() => isRefused(url));
    await held.release();

    expect((await held.answer).status).toBe(201);
    expect(await within(PATIENCE_MS, server.ended)).toEqual({ code: 0, stderr: '' });
  });

  test('does not wait longer than SHUTDOWN_GRACE_S for a client that never ends its request', async () => {
    const { env } = await givenDatabase();
    const server = new MainProcess({ ...env, SHUTDOWN_GRACE_S: '1' });
    const { hostname, port } = new URL(await server.listening());
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const head = 'POST /accounts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';
    await new Promise((written) => socket.write(head, written));

    server.signal('SIGTERM');

    // Less than the 30 s that are usual.
    expect(await within(25_000, server.ended)).toEqual({ code: 0, stderr: '' });
  });

  test('that is asked for during the start comes after it', async () => {
    const { env, db } = await givenDatabase();
    const lock = await lockOf(db.ownerUrl, `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const server = new MainProcess(env);
    await until(lock.isWaitedFor);
    server.signal('SIGTERM');
    await lock.release();
    expect(await within(PATIENCE_MS, server.ended)).toEqual({ code: 0, stderr: '' });
  });
});
