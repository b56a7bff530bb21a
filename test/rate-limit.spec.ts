import { describe, expect, test } from 'vitest';
import { Chores } from '../src/platform/schedule/chores.js';
import { signUp as newAccount, PASSWORD, someone } from './support/accounts.js';
import { type Answer, startApp, type TestApp } from './support/app.js';
import { brief, signUp } from './support/market.js';
import { expectRefusal } from './support/refusals.js';

const MINUTE_MS = 60_000;
const reached = { status: 429, code: 'RATE_LIMITED' };

const seen = ({ headers }: Answer) => ({
  limit: Number(headers['x-ratelimit-limit']),
  remaining: Number(headers['x-ratelimit-remaining']),
  reset: Number(headers['x-ratelimit-reset']),
});
const nowS = (app: TestApp) => app.clock.now().getTime() / 1_000;
const me = (app: TestApp, key: string) => app.call('GET', '/accounts/me', { key });

describe('the limit of a key', () => {
  test('is said with every answer, good, bad and refused', async () => {
    const app = await startApp({ env: { RATE_LIMIT_KEY_PER_MIN: '4' } });
    const { key } = await signUp(app);
    app.clock.nextHour();
    const answers = [
      await me(app, key),
      await app.call('POST', '/tasks', { key, body: brief({ title: 'x' }) }),
      await app.call('GET', '/tasks/none', { key }),
      await app.call('GET', '/admin/ledger/audit', { key }),
      await me(app, key),
      await me(app, key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 404, 403, 429, 429]);
    expect(answers.map(seen).map(({ limit, remaining }) => [limit, remaining])).toEqual([
      [4, 3],
      [4, 2],
      [4, 1],
      [4, 0],
      [4, 0],
      [4, 0],
    ]);
    for (const answer of answers) {
      const { reset } = seen(answer);
      expect(reset % 60).toBe(0);
      expect(reset - nowS(app)).toBeGreaterThan(0);
      expect(reset - nowS(app)).toBeLessThanOrEqual(60);
    }
  });

  test('refuses with how long to wait, and is over when the window is', async () => {
    const app = await startApp({ env: { RATE_LIMIT_KEY_PER_MIN: '1' } });
    const { key } = await signUp(app);
    app.clock.nextHour();
    await me(app, key);
    app.clock.advance(20_000);
    const asked = nowS(app);
    const refused = await me(app, key);
    expectRefusal(refused, reached);
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThanOrEqual(seen(refused).reset - nowS(app));
    expect(wait).toBeLessThanOrEqual(Math.ceil(seen(refused).reset - asked));
    expect(refused.body.error.suggestion).toContain(`${wait} s`);
    app.clock.advance(wait * 1_000);
    expect((await me(app, key)).status).toBe(200);
  });

  test('is counted once for all servers of a database, also for requests at once', async () => {
    const app = await startApp({ env: { RATE_LIMIT_KEY_PER_MIN: '10' } });
    const beside = await startApp({ beside: app, env: { RATE_LIMIT_KEY_PER_MIN: '10' } });
    const { key } = await signUp(app);
    app.clock.nextHour();
    const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => me(i % 2 === 0 ? app : beside, key)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
  });

  test('is its own: another key goes on, until their account or address has had enough', async () => {
    const app = await startApp({
      env: { RATE_LIMIT_KEY_PER_MIN: '2', RATE_LIMIT_ACCOUNT_PER_MIN: '3', RATE_LIMIT_ADDRESS_PER_MIN: '7' },
    });
    const [one, other] = [await signUp(app), await signUp(app)];
    app.clock.nextHour();
    const second = (await app.call('POST', '/keys', { key: one.key, body: { name: 'second' } })).body.data.token;
    expect((await me(app, one.key)).status).toBe(200);
    expect((await me(app, one.key)).status).toBe(429);
    // What was refused has counted too: the account's three are spent.
    expectRefusal(await me(app, second), reached);
    expect((await me(app, other.key)).status).toBe(200);
    expect((await me(app, other.key)).status).toBe(200);
    expect((await app.call('GET', '/categories')).status).toBe(200);
    expectRefusal(await app.call('GET', '/categories'), reached);
  });
});

describe('an address', () => {
  test('may sign up five times an hour, unless it is set otherwise', async () => {
    const app = await startApp({ env: { RATE_LIMIT_SIGNUP_PER_HOUR: '' } });
    app.clock.nextHour();
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await newAccount(app)).status);
    const refused = await newAccount(app);
    expect(statuses).toEqual([201, 201, 201, 201, 201]);
    expectRefusal(refused, reached);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
    expect(seen(refused)).toMatchObject({ limit: 5, remaining: 0 });
    expect(await app.db.query('SELECT 1 FROM accounts')).toHaveLength(5);
    app.clock.advance(60 * MINUTE_MS);
    expect((await newAccount(app)).status).toBe(201);
  });

  test('is not what a caller says it is, unless a proxy is trusted', async () => {
    const says = (ip: string) => ({ headers: { 'x-forwarded-for': ip } });
    const direct = await startApp({ env: { RATE_LIMIT_ADDRESS_PER_MIN: '1' } });
    direct.clock.nextHour();
    await direct.call('GET', '/categories', says('192.0.2.1'));
    expect((await direct.call('GET', '/categories', says('192.0.2.2'))).status).toBe(429);
    const behind = await startApp({ env: { RATE_LIMIT_ADDRESS_PER_MIN: '1', TRUST_PROXY: 'true' } });
    behind.clock.nextHour();
    await behind.call('GET', '/categories', says('192.0.2.1'));
    expect((await behind.call('GET', '/categories', says('192.0.2.2'))).status).toBe(200);
    expect((await behind.call('GET', '/categories', says('192.0.2.1'))).status).toBe(429);
  });

  test('and an account may be tried so often a minute, and no key is guessed for free', async () => {
    const app = await startApp({ env: { RATE_LIMIT_SIGN_IN_PER_MIN: '2', RATE_LIMIT_ADDRESS_PER_MIN: '6' } });
    const account = someone();
    await app.call('POST', '/accounts', { body: account });
    app.clock.nextHour();
    const signIn = (password: string) => app.call('POST', '/sessions', { body: { email: account.email, password } });
    expect([(await signIn('wrong')).status, (await signIn('worse')).status]).toEqual([401, 401]);
    expectRefusal(await signIn(PASSWORD), reached);
    const guess = () => me(app, `bko_${'x'.repeat(40)}`);
    expect([(await guess()).status, (await guess()).status, (await guess()).status, (await guess()).status]).toEqual([
      401, 401, 401, 429,
    ]);
  });
});

describe('what is not limited', () => {
  test('is health, metrics and the documents', async () => {
    const app = await startApp({ env: { RATE_LIMIT_ADDRESS_PER_MIN: '1' } });
    app.clock.nextHour();
    await app.call('GET', '/categories');
    expect((await app.call('GET', '/categories')).status).toBe(429);
    for (const path of ['/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs']) {
      for (let i = 0; i < 3; i++) {
        const answer = await app.call('GET', path);
        expect([path, answer.status, answer.headers['x-ratelimit-limit']]).toEqual([path, 200, undefined]);
      }
    }
  });

  test('and counters are forgotten once their window is over', async () => {
    const app = await startApp();
    app.clock.nextHour();
    await app.call('GET', '/categories');
    const left = async () => (await app.db.query('SELECT 1 FROM rate_counters')).length;
    await app.get(Chores).run('forget-rate-counters');
    expect(await left()).toBe(1);
    app.clock.advance(2 * MINUTE_MS);
    await app.get(Chores).run('forget-rate-counters');
    expect(await left()).toBe(0);
  });
});
