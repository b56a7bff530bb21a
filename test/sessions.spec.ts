import { describe, expect, test } from 'vitest';
import { Credentials } from '../src/accounts/credentials.service.js';
import { aBrowser, aProgram, cookieOf, someone } from './support/accounts.js';
import { sharedApp, startApp, type TestApp } from './support/app.js';

const DAY_MS = 86_400_000;

const me = (app: TestApp, key: string) => app.call('GET', '/accounts/me', { key });

const running = sharedApp();

describe('a session', () => {
  test('changes things from this server itself and from nowhere else', async () => {
    const app = await startApp({ env: { PUBLIC_URL: 'https://bakeoff.example' } });
    const { ask, cookie } = await aBrowser(app);
    const rename = (headers: Record<string, string>) =>
      app.call('PATCH', '/accounts/me', { headers: { cookie, ...headers }, body: { name: 'New' } });

    for (const own of [
      { origin: app.url },
      { origin: 'https://bakeoff.example' },
      { 'sec-fetch-site': 'same-origin' },
    ]) {
      expect((await rename(own)).status).toBe(200);
    }
    for (const foreign of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await rename(foreign);
      expect([answer.status, answer.body.error.code]).toEqual([401, 'UNAUTHENTICATED']);
      expect(answer.body.error.message).toContain('Origin');
    }
    expect((await ask('GET', '/accounts/me', { headers: { origin: 'https://evil.example' } })).status).toBe(200);
  });

  test('is over after signing out, also for who kept the cookie', async () => {
    const app = running();
    const { ask } = await aBrowser(app);
    const answer = await ask('DELETE', '/sessions/current');
    expect([answer.status, answer.body.data]).toEqual([200, null]);
    expect(cookieOf(answer)).toBe('bakeoff_session=');
    const after = await ask('GET', '/accounts/me');
    expect([after.status, after.body.error.message]).toEqual([401, 'This session has ended.']);
  });

  test('ends by itself and is forgotten', async () => {
    const app = await startApp({ env: { SESSION_DAYS: '2' } });
    const { ask } = await aBrowser(app);
    app.clock.advance(2 * DAY_MS - 60_000);
    expect((await ask('GET', '/accounts/me')).status).toBe(200);
    app.clock.advance(60_001);
    expect((await ask('GET', '/accounts/me')).body.error.message).toMatch(/^This session ended at /);
    await app.get(Credentials).forgetExpired(app.clock.now());
    expect(await app.db.query('SELECT 1 FROM sessions')).toHaveLength(0);
  });

  test('is not what a program has to end', async () => {
    const app = running();
    const answer = await app.call('DELETE', '/sessions/current', { key: (await aProgram(app)).key });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'NO_SESSION']);
  });
});

describe('a credential that opens nothing', () => {
  test('is told why', async () => {
    const app = running();
    const reasons: [Record<string, string>, string][] = [
      [{}, 'This needs an API key or a session.'],
      [{ authorization: 'Basic YTpi' }, 'The Authorization header is not of the form "Bearer bko_...".'],
      [{ authorization: 'Bearer sk-123' }, 'That is no API key of this server: they look like "bko_...".'],
      [{ authorization: `Bearer bko_${'a'.repeat(43)}` }, 'This API key is not known.'],
      [{ cookie: "bakeoff_session=' OR 1=1" }, 'The cookie bakeoff_session holds no session.'],
      [{ cookie: `bakeoff_session=bks_${'a'.repeat(43)}` }, 'This session has ended.'],
    ];
    for (const [headers, message] of reasons) {
      const answer = await app.call('GET', '/accounts/me', { headers });
      expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([
        401,
        'UNAUTHENTICATED',
        message,
      ]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('is counted like everybody, and public routes work with it', async () => {
    const app = await startApp({ env: { RATE_LIMIT_ADDRESS_PER_MIN: '3' } });
    app.clock.nextHour();
    expect((await app.call('POST', '/accounts', { body: someone(), key: 'bko_nonsense' })).status).toBe(201);
    for (let i = 0; i < 2; i++) expect((await me(app, 'bko_nonsense')).status).toBe(401);
    expect((await me(app, 'bko_nonsense')).status).toBe(429);
  });

  test('beside a good cookie is not passed over', async () => {
    const app = running();
    const { ask } = await aBrowser(app);
    expect((await ask('GET', '/accounts/me', { headers: { authorization: 'Bearer bko_nonsense' } })).status).toBe(401);
  });
});
