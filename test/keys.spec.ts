import { describe, expect, test } from 'vitest';
import { Credentials } from '../src/accounts/credentials.service.js';
import { aProgram } from './support/accounts.js';
import { sharedApp, type TestApp } from './support/app.js';

const DAY_MS = 86_400_000;

const me = (app: TestApp, key: string) => app.call('GET', '/accounts/me', { key });
const makeKey = (app: TestApp, key: string, body: unknown) => app.call('POST', '/keys', { key, body });

const running = sharedApp();

describe('a key', () => {
  test('is listed by its first characters, newest first and page by page', async () => {
    const app = running();
    const { key } = await aProgram(app);
    for (const name of ['b', 'c']) expect((await makeKey(app, key, { name, scopes: ['read'] })).status).toBe(201);
    const first = await app.call('GET', '/keys?limit=2', { key });
    const second = await app.call('GET', `/keys?limit=2&cursor=${first.body.meta.next_cursor}`, { key });
    const listed = [...first.body.data, ...second.body.data];
    expect(listed.map(({ name }) => name)).toEqual(['c', 'b', 'test']);
    expect(listed[2]).toMatchObject({ prefix: key.slice(0, 12), revoked_at: null });
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(second.body.meta.next_cursor).toBeNull();
    for (const cursor of ['zzz', Buffer.from('["x"]').toString('base64url')]) {
      expect((await app.call('GET', `/keys?cursor=${cursor}`, { key })).body.error.code).toBe('BAD_CURSOR');
    }
  });

  test('opens nothing once it is revoked, and a repeat answers the same', async () => {
    const app = running();
    const { key } = await aProgram(app);
    const made = (await makeKey(app, key, { name: 'b', scopes: ['read'] })).body.data;
    const revoke = () => app.call('DELETE', `/keys/${made.id}`, { key });
    const first = await revoke();
    expect(first.body.data.revoked_at).not.toBeNull();
    expect((await revoke()).body.data).toEqual(first.body.data);
    const answer = await me(app, made.token);
    expect([answer.status, answer.body.error.message]).toEqual([
      401,
      `This API key was revoked at ${first.body.data.revoked_at}.`,
    ]);
  });

  test('of somebody else is not found, like one that never was', async () => {
    const app = running();
    const [{ key: mine }, { key: theirs }] = await Promise.all([aProgram(app), aProgram(app)]);
    const [{ id }] = (await app.call('GET', '/keys', { key: theirs })).body.data;
    const answers = await Promise.all(
      [id, '00000000-0000-4000-8000-000000000000'].map((other) => app.call('DELETE', `/keys/${other}`, { key: mine })),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.body.error).toEqual(answers[1]?.body.error);
    expect((await me(app, theirs)).status).toBe(200);
  });

  test('gives no scope that it has not, and works no longer than its maker', async () => {
    const app = running();
    const { key } = await aProgram(app, ['read', 'tasks']);
    const refused = await makeKey(app, key, { name: 'k', scopes: ['agents'] });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'SCOPE_NOT_GRANTABLE']);
    expect(refused.body.error.suggestion).toBe('You can give: read, tasks.');
    const short = (await makeKey(app, key, { name: 'short', scopes: ['tasks'], expires_in_days: 1 })).body.data;
    const child = (await makeKey(app, short.token, { name: 'child', scopes: ['tasks'], expires_in_days: 300 })).body
      .data;
    expect(child.expires_at).toBe(short.expires_at);
    app.clock.advance(DAY_MS + 1);
    expect((await me(app, child.token)).body.error.message).toBe(`This API key ended at ${short.expires_at}.`);
    expect((await me(app, key)).status).toBe(200);
  });

  test('that may only read makes and revokes nothing but itself', async () => {
    const app = running();
    const { key } = await aProgram(app, ['read']);
    const [{ id }] = (await app.call('GET', '/keys', { key })).body.data;
    expect((await makeKey(app, key, { name: 'k', scopes: ['read'] })).body.error.code).toBe('KEY_ONLY_READS');
    expect((await app.call('PATCH', '/accounts/me', { key, body: { name: 'x' } })).body.error.code).toBe(
      'KEY_ONLY_READS',
    );
    expect((await app.call('DELETE', `/keys/${id}`, { key })).status).toBe(200);
    expect((await me(app, key)).status).toBe(401);
  });

  test('without the scope read lists nothing', async () => {
    const app = running();
    const { key } = await aProgram(app, ['tasks']);
    const answer = await app.call('GET', '/keys', { key });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'SCOPE_MISSING']);
  });

  test('made twice with one Idempotency-Key is one key', async () => {
    const app = running();
    const { accountId, key } = await aProgram(app);
    const make = () =>
      app.call('POST', '/keys', { key, body: { name: 'k', scopes: ['read'] }, headers: { 'idempotency-key': 'k-1' } });
    const [first, second] = [await make(), await make()];
    expect(second.body.data).toEqual(first.body.data);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(await app.db.query('SELECT 1 FROM api_keys WHERE account_id = $1', [accountId])).toHaveLength(2);
  });

  test('notes its use once a minute', async () => {
    const app = running();
    const { accountId, key } = await aProgram(app);
    const lastUsed = async () => {
      const [row] = await app.db.query<{ at: Date }>('SELECT last_used_at AS at FROM api_keys WHERE account_id = $1', [
        accountId,
      ]);
      return row?.at.getTime();
    };
    await me(app, key);
    const first = await lastUsed();
    app.clock.advance(30_000);
    await me(app, key);
    expect(await lastUsed()).toBe(first);
    app.clock.advance(31_000);
    await me(app, key);
    expect(await lastUsed()).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
  });

  test('is one of a hundred at most, however many are made at once', async () => {
    const app = running();
    const { accountId, key } = await aProgram(app);
    await app.db.query(
      `INSERT INTO api_keys (id, account_id, name, prefix, token_hash, scopes, created_at)
       SELECT gen_random_uuid(), $1, 'k', 'bko_', n::text, '{read}', now() FROM generate_series(1, 97) n`,
      [accountId],
    );
    const answers = await Promise.all([1, 2, 3, 4].map(() => makeKey(app, key, { name: 'k', scopes: ['read'] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
  });

  test('is forgotten 30 days after its end', async () => {
    const app = running();
    const { accountId, key } = await aProgram(app);
    const { id } = (await makeKey(app, key, { name: 'gone', scopes: ['read'], expires_in_days: 1 })).body.data;
    await makeKey(app, key, { name: 'stays', scopes: ['read'] });
    const housekeep = (days: number) =>
      app.get(Credentials).forgetExpired(new Date(app.clock.now().getTime() + days * DAY_MS));
    await housekeep(30);
    expect(await app.db.query('SELECT 1 FROM api_keys WHERE id = $1', [id])).toHaveLength(1);
    await housekeep(32);
    const left = await app.db.query<{ name: string }>('SELECT name FROM api_keys WHERE account_id = $1 ORDER BY name', [
      accountId,
    ]);
    expect(left.map(({ name }) => name)).toEqual(['stays', 'test']);
  });
});
