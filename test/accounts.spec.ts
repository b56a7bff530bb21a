import { describe, expect, test } from 'vitest';
import { makeAdmin } from '../src/accounts/make-admin.js';
import { Db } from '../src/platform/database/db.js';
import { aBrowser, aProgram, cookieOf, PASSWORD, signUp, someone } from './support/accounts.js';
import { sharedApp, startApp, type TestApp } from './support/app.js';

const running = sharedApp();
/** The accounts with this address. */
const accountsOf = (email: string) => running().db.query('SELECT 1 FROM accounts WHERE email = $1', [email]);

const me = (app: TestApp, key: string) => app.call('GET', '/accounts/me', { key });

describe('signing up', () => {
  test('makes an account with its gift credits, and a program needs no second call', async () => {
    const app = running();
    const answer = await signUp(app, { email: 'Ada@Example.com', name: ' Ada ', with_key: { name: 'my program' } });

    expect(answer.status).toBe(201);
    const { account, key, gift_credits, session_expires_at } = answer.body.data;
    expect(account).toMatchObject({ email: 'ada@example.com', name: 'Ada', role: 'member' });
    expect(key).toMatchObject({
      name: 'my program',
      scopes: ['read', 'tasks', 'agents'],
      prefix: key.token.slice(0, 12),
    });
    expect([gift_credits, session_expires_at, answer.headers['set-cookie']]).toEqual([500, null, undefined]);
    expect((await me(app, key.token)).body.data).toEqual({
      ...account,
      via: 'key',
      scopes: ['read', 'tasks', 'agents'],
    });
    const wallet = await app.call('GET', '/wallet', { key: key.token });
    expect(wallet.body.data).toMatchObject({ gift: 500, earned: 0, available: 500, held: 0 });
  });

  test('gives no credits where none are set', async () => {
    const app = await startApp({ env: { SIGNUP_GIFT_CREDITS: '0' } });
    const key = (await aProgram(app)).key;
    expect((await app.call('GET', '/wallet', { key })).body.data.available).toBe(0);
  });

  test('keeps neither password nor key nor session token', async () => {
    const app = running();
    const answer = await signUp(app, { with_key: { name: 'k' }, session: true }, { 'idempotency-key': 'once' });
    const { token } = answer.body.data.key;
    const session = cookieOf(answer).split('=')[1] ?? '';
    const stored = JSON.stringify(
      await Promise.all(
        ['accounts', 'api_keys', 'sessions', 'idempotency_keys'].map((table) => app.db.query(`SELECT * FROM ${table}`)),
      ),
    );
    expect(stored).toContain('$argon2id$');
    for (const secret of [PASSWORD, token, session]) expect(stored).not.toContain(secret);
  });

  test('with a taken address is refused, however it is written, and of two at once one succeeds', async () => {
    const app = running();
    const answers = await Promise.all(
      ['same@example.com', 'Same@example.com', 'SAME@EXAMPLE.COM'].map((email) => signUp(app, { email })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.error).toMatchObject({
      code: 'EMAIL_TAKEN',
      field: 'email',
    });
    expect(await accountsOf('same@example.com')).toHaveLength(1);
  });

  test('again with the same Idempotency-Key gives the same account, key and cookie; another body is refused', async () => {
    const app = running();
    const body = someone({ with_key: { name: 'k' }, session: true });
    const post = (sent: unknown) =>
      app.call('POST', '/accounts', { body: sent, headers: { 'idempotency-key': 'a-1' } });

    const [first, second] = await Promise.all([post(body), post(body)]);
    expect(second.body.data).toEqual(first.body.data);
    expect([cookieOf(first), first.status, second.status]).toEqual([cookieOf(second), 201, 201]);
    const other = await post({ ...body, name: 'Other' });
    expect([other.status, other.body.error.code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await accountsOf(body.email)).toHaveLength(1);
  });

  test('with a key that is to be an admin writes nothing', async () => {
    const app = running();
    const email = 'would-be-admin@example.com';
    const answer = await signUp(app, { email, with_key: { name: 'k', scopes: ['read', 'admin'] } });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'SCOPE_NOT_GRANTABLE']);
    expect(await accountsOf(email)).toHaveLength(0);
  });

  test('works five times an hour from one address', async () => {
    const app = await startApp({ env: { RATE_LIMIT_SIGNUP_PER_HOUR: '5' } });
    app.clock.nextHour();
    for (let i = 0; i < 5; i++) expect((await signUp(app)).status).toBe(201);
    const refused = await signUp(app);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    app.clock.advance(3_600_000);
    expect((await signUp(app)).status).toBe(201);
  });

  test('with what breaks a limit is refused, naming the field', async () => {
    const app = running();
    const all = () => app.db.query('SELECT id FROM accounts ORDER BY id');
    const before = await all();
    const refused: [Record<string, unknown>, string][] = [
      [{ password: '123456789' }, 'password'],
      [{ password: 'x'.repeat(201) }, 'password'],
      [{ email: 'nobody' }, 'email'],
      [{ email: `${'a'.repeat(260)}@example.com` }, 'email'],
      [{ name: '  ' }, 'name'],
      [{ name: 'a\0b' }, 'name'],
      [{ name: 'a\ud800' }, 'name'],
      [{ name: 7 }, 'name'],
      [{ role: 'admin' }, 'role'],
      [{ with_key: { name: 'k', scopes: ['root'] } }, 'with_key.scopes.0'],
      [{ with_key: { name: 'k', scopes: [] } }, 'with_key.scopes'],
      [{ with_key: { name: 'k', expires_in_days: 0 } }, 'with_key.expires_in_days'],
    ];
    for (const [wrong, field] of refused) {
      const { status, body } = await signUp(app, wrong);
      expect([status, body.error.code, body.error.field], JSON.stringify(wrong)).toEqual([422, 'INVALID_INPUT', field]);
    }
    expect(await all()).toEqual(before);
  });
});

describe('signing in', () => {
  test('sets a cookie that no script reads and that opens the account', async () => {
    const app = await startApp({ env: { PUBLIC_URL: 'https://bakeoff.example' } });
    const { email } = (await signUp(app, { email: 'in@example.com' })).body.data.account;
    const answer = await app.call('POST', '/sessions', { body: { email: email.toUpperCase(), password: PASSWORD } });
    expect(answer.status).toBe(201);
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^bakeoff_session=bks_\w+; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    );
    const mine = await app.call('GET', '/accounts/me', { headers: { cookie: cookieOf(answer) } });
    expect(mine.body.data).toMatchObject({ email, via: 'session', scopes: ['read', 'tasks', 'agents'] });
  });

  test('keeps the cookie out of the clear where a trusted proxy says that the browser came by https', async () => {
    const signUpBy = async (proto: string, env: Record<string, string>) => {
      const app = await startApp({ env: { ...env } });
      const body = someone({ session: true });
      const answer = await app.call('POST', '/accounts', { body, headers: { 'x-forwarded-proto': proto } });
      return String(answer.headers['set-cookie']).includes('; Secure;');
    };
    expect(await signUpBy('https', { TRUST_PROXY: 'true' })).toBe(true);
    expect(await signUpBy('http', { TRUST_PROXY: 'true' })).toBe(false);
    expect(await signUpBy('https', {})).toBe(false);
  });

  test('answers a wrong password and an unknown address alike', async () => {
    const app = running();
    const { email } = (await signUp(app)).body.data.account;
    const signIn = (body: unknown) => app.call('POST', '/sessions', { body });
    const answers = await Promise.all([
      signIn({ email, password: 'something else' }),
      signIn({ email: 'nobody@example.com', password: PASSWORD }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(answers[0]?.body.error).toEqual(answers[1]?.body.error);
    expect(answers[0]?.headers['set-cookie']).toBeUndefined();
  });

  test('is counted for the account too, so that no number of addresses may guess', async () => {
    const app = await startApp({ env: { RATE_LIMIT_SIGN_IN_PER_MIN: '3', TRUST_PROXY: 'true' } });
    const { email } = (await signUp(app)).body.data.account;
    app.clock.nextHour();
    const from = (address: string, password: string) =>
      app.call('POST', '/sessions', { body: { email, password }, headers: { 'x-forwarded-for': address } });
    for (const address of ['9.9.9.1', '9.9.9.2', '9.9.9.3']) expect((await from(address, 'a guess')).status).toBe(401);
    expect((await from('9.9.9.4', PASSWORD)).status).toBe(429);
    app.clock.advance(60_000);
    expect((await from('9.9.9.4', PASSWORD)).status).toBe(201);
  });

  test('of a disabled account is refused, and what was open closes', async () => {
    const app = running();
    const { body, ask } = await aBrowser(app);
    await app.db.query('UPDATE accounts SET disabled_at = now() WHERE email = $1', [body.email]);
    expect((await ask('GET', '/accounts/me')).body.error.message).toBe('The account of this session is disabled.');
    const answer = await app.call('POST', '/sessions', { body: { email: body.email, password: PASSWORD } });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'ACCOUNT_DISABLED']);
  });

  test('again and again keeps the latest fifty sessions', async () => {
    const app = running();
    const { ask, body } = await aBrowser(app);
    await app.db.query(
      `INSERT INTO sessions (id, account_id, token_hash, created_at, last_seen_at, expires_at)
       SELECT ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, a.id, n::text, now(), now(), now() + interval '1 day'
       FROM accounts a, generate_series(1, 60) n WHERE a.email = $1`,
      [body.email],
    );
    const { id, email } = (await ask('GET', '/accounts/me')).body.data;
    await app.call('POST', '/sessions', { body: { email, password: PASSWORD } });
    expect(await app.db.query('SELECT 1 FROM sessions WHERE account_id = $1', [id])).toHaveLength(50);
  });
});

describe('the first admin', () => {
  test('is made by a command, and a key needs the scope as well', async () => {
    const app = running();
    const { ask, body } = await aBrowser(app);
    const db = app.get(Db);
    expect(await makeAdmin(db, 'nobody@example.com')).toBe(false);
    expect(await makeAdmin(db, ` ${body.email.toUpperCase()}`)).toBe(true);
    expect(await makeAdmin(db, body.email)).toBe(true);

    expect((await ask('GET', '/accounts/me')).body.data).toMatchObject({
      role: 'admin',
      scopes: ['read', 'tasks', 'agents', 'admin'],
    });
    const plain = (await ask('POST', '/keys', { body: { name: 'plain' } })).body.data.token;
    const admin = (await ask('POST', '/keys', { body: { name: 'admin', scopes: ['admin'] } })).body.data.token;
    expect((await me(app, plain)).body.data.scopes).toEqual(['read', 'tasks', 'agents']);
    expect((await me(app, admin)).body.data.scopes).toEqual(['admin']);
    await app.db.query(`UPDATE accounts SET role = 'member'`);
    expect((await me(app, admin)).body.data.scopes).toEqual([]);
  });
});
