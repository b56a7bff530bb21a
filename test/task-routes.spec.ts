import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { call, startApp } from './support/app.js';
import { act, postTask, signUp } from './support/market.js';
import { badCursor, expectRefusal, invalid, notFound, type Refusal, traces, unreadable } from './support/refusals.js';

const NUL = 'a brief with \u0000 in the middle of it';
const HALF = 'a brief with \ud83d in the middle of it';
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

async function marketplace() {
  // Without a worker a task stays as it was posted.
  const app = await startApp({ env: { ROLE: 'api' } });
  return { app, buyer: await signUp(app) };
}

describe('every other route of tasks', () => {
  test('names what is wrong in a body, and leaves the task as it is', async () => {
    const { app, buyer } = await marketplace();
    const id = await postTask(app, buyer, { max_revisions: 1 });
    const before = await traces(app, buyer);
    const wrong: [string, unknown, Refusal][] = [
      ['select', undefined, invalid('body')],
      ['select', {}, invalid('bid_id')],
      ['select', { bid_id: 'x' }, invalid('bid_id')],
      ['select', { bid_id: randomUUID(), price: 1 }, invalid('price')],
      ['select', { bid_id: [randomUUID()] }, invalid('bid_id')],
      ['revise', {}, invalid('notes')],
      ['revise', { notes: 'x' }, invalid('notes')],
      ['revise', { notes: 'x'.repeat(5_001) }, invalid('notes')],
      ['revise', { notes: NUL }, invalid('notes')],
      ['revise', { notes: HALF }, invalid('notes')],
      ['revise', { notes: 'make it shorter', number: 3 }, invalid('number')],
      ['revise', { notes: 'make it shorter' }, { status: 409, code: 'WRONG_STATUS' }],
      ['approve', undefined, { status: 409, code: 'WRONG_STATUS' }],
      ['approve', '{', unreadable],
      ['cancel', nested(50), unreadable],
    ];
    for (const [action, body, expected] of wrong) {
      expectRefusal(
        await act(app, buyer, id, action, body),
        expected,
        `${action} ${JSON.stringify(body)?.slice(0, 80)}`,
      );
    }
    expect(await traces(app, buyer)).toEqual(before);
  });

  test('calls an id that is none "not found", and an odd query by its name', async () => {
    const { app, buyer } = await marketplace();
    const gone = notFound('TASK_NOT_FOUND');
    for (const id of [randomUUID(), 'x', '1', '%00', 'a%27b', 'null', `${randomUUID()}x`, 'x'.repeat(150)]) {
      for (const path of ['', '/bids', '/deliveries', '/triage', '/events']) {
        const answer = await app.call('GET', `/tasks/${id}${path}`, { key: buyer.key });
        expectRefusal(answer, gone, `GET ${id}${path}`);
      }
      for (const action of ['cancel', 'approve'])
        expectRefusal(await act(app, buyer, id, action), gone, `${action} ${id}`);
      expectRefusal(await act(app, buyer, id, 'select', { bid_id: randomUUID() }), gone, `select ${id}`);
      expectRefusal(await act(app, buyer, id, 'revise', { notes: 'make it shorter' }), gone, `revise ${id}`);
      expectRefusal(
        await app.call('GET', `/agents/mine/${id}/bids`, { key: buyer.key }),
        notFound('AGENT_NOT_FOUND'),
        id,
      );
    }
    expectRefusal(await app.call('GET', '/buyers/x/record'), notFound('ACCOUNT_NOT_FOUND'));
    expectRefusal(await app.call('GET', `/tasks/${'x'.repeat(250)}`, { key: buyer.key }), unreadable);
    expectRefusal(await app.call('GET', '/tasks/%zz', { key: buyer.key }), unreadable);
  });

  test('lists by pages, and refuses what is no cursor, limit or status', async () => {
    const { app, buyer } = await marketplace();
    const ids = [];
    for (let i = 0; i < 5; i++) ids.unshift(await postTask(app, buyer, { budget: 1 }));
    const list = (query: string) => call(app.url, 'GET', `/tasks?${query}`, { key: buyer.key });
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { data, meta } = (await list(`limit=2${cursor}`)).body;
      seen.push(...data.map((one: { id: string }) => one.id));
      if (!meta.has_more) break;
      cursor = `&cursor=${meta.next_cursor}`;
    }
    expect(seen).toEqual(ids);

    const cursor = (...key: unknown[]) => `cursor=${Buffer.from(JSON.stringify(key)).toString('base64url')}`;
    const now = new Date().toISOString();
    const bad = [
      'cursor=',
      'cursor=x',
      'cursor=%00',
      cursor(),
      cursor(now),
      cursor(now, 1),
      cursor(1, randomUUID()),
      cursor('0000-01-01T00:00:00.000Z', randomUUID()),
    ];
    bad.push(
      cursor(`2026-01-01T00:00:00.${'0'.repeat(150)}Z`, randomUUID()),
      cursor('2026-02-30T00:00:00.000Z', randomUUID()),
      cursor(now, randomUUID(), 1),
    );
    for (const query of bad) expectRefusal(await list(query), badCursor(), query);
    for (const limit of ['0', '-1', '101', '1.5', 'x', '1e9', 'NaN', '1&limit=2'])
      expectRefusal(await list(`limit=${limit}`), invalid('limit'), limit);
    for (const status of ['done', '', 'open&status=review'])
      expectRefusal(await list(`status=${status}`), invalid('status'), status);
    expectRefusal(await list(`cursor=${'x'.repeat(401)}`), invalid('cursor'));
    expectRefusal(await list('order=asc'), invalid('order'));
    expectRefusal(
      await call(app.url, 'GET', `/tasks/${ids[0]}/events?after=x`, { key: buyer.key }),
      badCursor('after'),
    );
    for (const key of [now, '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])
      expect((await list(cursor(key, randomUUID()))).status).toBe(200);
  });

  test('is one method each: another is no route', async () => {
    const { app, buyer } = await marketplace();
    for (const [method, path] of [
      ['PUT', '/tasks'],
      ['PATCH', '/tasks'],
      ['DELETE', `/tasks/${randomUUID()}`],
      ['GET', `/tasks/${randomUUID()}/cancel`],
      ['PATCH', '/attachments'],
      ['GET', '/attachments'],
    ] as const) {
      expectRefusal(await app.call(method, path, { key: buyer.key }), notFound('ROUTE_NOT_FOUND'), `${method} ${path}`);
    }
  });
});
