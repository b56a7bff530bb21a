import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeAdmin } from '../src/accounts/make-admin.js';
import { Ledger } from '../src/payouts/ledger.service.js';
import { Db } from '../src/platform/database/db.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { startApp, type TestApp } from './support/app.js';

const encoded = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

async function aMember(app: TestApp, scopes = ['read']) {
  const email = `${randomUUID()}@example.com`;
  const body = {
    email,
    password: 'correct horse battery',
    name: 'Someone',
    session: true,
    with_key: { name: 'test', scopes },
  };
  const answer = await app.call('POST', '/accounts', { body });
  const [cookie = ''] = [answer.headers['set-cookie'] ?? ''].flat();
  return {
    email,
    accountId: String(answer.body.data.account.id),
    key: String(answer.body.data.key.token),
    cookie: cookie.split(';')[0] ?? '',
  };
}

async function issue(app: TestApp, accountId: string, count: number) {
  for (let index = 1; index <= count; index++) {
    await app
      .get(Db)
      .transaction((tx) =>
        app.get(Ledger).issue(tx, { accountId, class: 'earned', credits: index, key: `test:${accountId}:${index}` }),
      );
  }
}

describe('the wallet', () => {
  test('shows the gift of the sign-up, and what open tasks hold', async () => {
    const app = await startApp();
    const { accountId: buyerId, key } = await aMember(app);
    expect((await app.call('GET', '/wallet', { key })).body).toMatchObject({
      ok: true,
      data: { gift: 500, earned: 0, available: 500, held: 0 },
    });

    await app.get(Db).transaction((tx) => app.get(Ledger).hold(tx, { taskId: randomUUID(), buyerId, budget: 120 }));

    expect((await app.call('GET', '/wallet', { key })).body.data).toEqual({
      gift: 380,
      earned: 0,
      available: 380,
      held: 120,
    });
  });

  test('states every line once, newest first, page by page', async () => {
    const app = await startApp();
    const { accountId, key } = await aMember(app);
    await issue(app, accountId, 4);
    await issue(app, (await aMember(app)).accountId, 2);
    const lines: { credits: number; balance: number; class: string }[] = [];
    let cursor = '';
    do {
      const { body } = await app.call('GET', `/wallet/statement?limit=2${cursor && `&cursor=${cursor}`}`, { key });
      expect(body.meta.has_more).toBe(body.meta.next_cursor !== null);
      lines.push(...body.data);
      cursor = body.meta.next_cursor ?? '';
    } while (cursor);
    expect(lines.map((line) => [line.class, line.credits, line.balance])).toEqual([
      ['earned', 4, 10],
      ['earned', 3, 6],
      ['earned', 2, 3],
      ['earned', 1, 1],
      ['gift', 500, 500],
    ]);
    expect(lines[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      kind: 'issue',
      task_id: null,
      note: null,
      class: 'earned',
      credits: 4,
      balance: 10,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test('refuses what is no cursor and no limit, and says which field', async () => {
    const app = await startApp();
    const { key } = await aMember(app);
    const ask = async (query: string) => {
      const { status, body } = await app.call('GET', `/wallet/statement?${query}`, { key });
      return [status, body.error.code, body.error.field];
    };
    const cursors = [
      'x',
      encoded(['-1']),
      encoded(['9223372036854775808']),
      encoded([7]),
      encoded({ id: '7' }),
      encoded(['7', '8']),
      encoded(null),
    ];
    for (const cursor of cursors) expect(await ask(`cursor=${cursor}`), cursor).toEqual([400, 'BAD_CURSOR', 'cursor']);
    for (const limit of ['0', '101', '1.5', 'x', ''])
      expect(await ask(`limit=${limit}`), limit).toEqual([422, 'INVALID_INPUT', 'limit']);
    expect(
      (await app.call('GET', `/wallet/statement?cursor=${encoded(['9223372036854775807'])}`, { key })).status,
    ).toBe(200);
  });

  test('is nobody else’s, and needs a key that may read', async () => {
    const app = await startApp();
    const { accountId, key } = await aMember(app);
    const other = await aMember(app);
    await issue(app, accountId, 3);
    expect((await app.call('GET', '/wallet/statement', { key: other.key })).body.data).toHaveLength(1);
    expect((await app.call('GET', '/wallet/statement', { key })).body.data).toHaveLength(4);
    expect((await app.call('GET', '/wallet')).status).toBe(401);
    expect((await app.call('GET', '/wallet', { key: (await aMember(app, ['tasks'])).key })).status).toBe(403);
  });
});

describe('the ledger audit', () => {
  test('is for admins, and says that the ledger is sound', async () => {
    const app = await startApp();
    const { email, key, cookie } = await aMember(app);
    const ask = () => app.call('GET', '/admin/ledger/audit', { headers: { cookie } });
    expect((await ask()).status).toBe(403);
    await makeAdmin(app.get(Db), email);
    expect((await ask()).body.data).toEqual({
      ok: true,
      checked: { transactions: 1, entries: 2, accounts: 1, snapshots: 0 },
      problems: [],
    });
    expect((await app.call('GET', '/admin/ledger/audit', { key })).status).toBe(403);
  });

  test('runs once a day, then the platform’s sums are kept', async () => {
    const app = await startApp();
    await aMember(app);
    const snapshots = async () => Number((await app.db.query('SELECT count(*) AS n FROM ledger_snapshots'))[0]?.n);
    await app.get(Chores).run('close-ledger-day');
    await app.get(Chores).run('close-ledger-day');
    expect(await snapshots()).toBe(4);

    await aMember(app);
    app.clock.advance(25 * 3_600_000);
    await app.get(Chores).run('close-ledger-day');

    expect(await snapshots()).toBe(8);
    expect((await app.call('GET', '/metrics')).body).toContain('bakeoff_ledger_problems 0');
  });
});
