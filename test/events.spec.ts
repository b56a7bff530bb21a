import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { OpenStreams } from '../src/notifications/open-streams.js';
import { EventLog } from '../src/platform/events/event-log.js';
import { aProgram } from './support/accounts.js';
import { announce, namesOf } from './support/announce.js';
import { startApp, type TestApp } from './support/app.js';
import { follow } from './support/sse.js';
import { PATIENCE_MS } from './support/until.js';

async function aTask(app: TestApp, buyerId: string): Promise<string> {
  const [task] = await app.db.query<{ id: string }>(
    `INSERT INTO tasks (id, buyer_id, title, description, category, task_type, requirements, quality_rules, metadata, budget, fee_bps,
                        status, max_revisions, created_at, status_since)
     VALUES (gen_random_uuid(), $1, 't', 'd', 'c', 'tt', '{}', '[]', '{}', 100, 1500, 'open', 2, now(), now()) RETURNING id`,
    [buyerId],
  );
  return task?.id ?? '';
}

describe('polling', () => {
  test('pages through what happened and always says where to go on from', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    const poll = (query: string) => app.call('GET', `/events?${query}`, { key });
    const empty = await poll('');
    expect(empty.body).toMatchObject({
      ok: true,
      data: [],
      meta: { has_more: false, next_cursor: expect.stringMatching(/^\d+-\d+$/) },
    });

    await announce(app, accountId, ['a', 'b', 'c']);
    const first = await poll(`after=${empty.body.meta.next_cursor}&limit=2`);
    expect([namesOf(first.body.data), first.body.meta.has_more]).toEqual([['a', 'b'], true]);
    expect(first.body.data[0]).toMatchObject({ type: 'note', task_id: null, created_at: expect.stringMatching(/Z$/) });
    const second = await poll(`after=${first.body.meta.next_cursor}&limit=2`);
    expect([namesOf(second.body.data), second.body.meta.has_more]).toEqual([['c'], false]);
    expect(second.body.meta.next_cursor).toBe(second.body.data[0].id);
    expect(namesOf((await poll('')).body.data)).toEqual(['a', 'b', 'c']);
  });

  test('from the latest on shows only what comes', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    await announce(app, accountId, ['old']);
    const { body } = await app.call('GET', '/events?after=latest', { key });
    expect(body.data).toEqual([]);
    await announce(app, accountId, ['new']);
    expect(namesOf((await app.call('GET', `/events?after=${body.meta.next_cursor}`, { key })).body.data)).toEqual([
      'new',
    ]);
  });

  test('waits for the first event if told to, and not longer', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    const waiting = app.call('GET', '/events?wait=30', { key });
    await vi.waitFor(() => expect(app.get(OpenStreams).count).toBe(1), { timeout: PATIENCE_MS });
    await announce(app, accountId, ['a']);
    const { body } = await waiting;
    expect(namesOf(body.data)).toEqual(['a']);

    const nothing = await app.call('GET', `/events?wait=1&after=${body.meta.next_cursor}`, { key });
    expect([nothing.status, nothing.body.data]).toEqual([200, []]);
    expect(app.get(OpenStreams).count).toBe(0);
  });

  test("of what is nobody's business is refused", async () => {
    const app = await startApp();
    const { key } = await aProgram(app);
    const answers = await Promise.all(
      [
        'after=abc',
        'after=1-99999999999999999999',
        'after=99999999999999999999-1',
        'limit=0',
        'limit=501',
        'wait=31',
        'wait=x',
        'who=me',
      ].map((query) => app.call('GET', `/events?${query}`, { key })),
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 422, 422, 422, 422, 422]);
    const blind = await aProgram(app, ['tasks']);
    expect((await app.call('GET', '/events', { key: blind.key })).body.error.code).toBe('SCOPE_MISSING');
    expect((await app.call('GET', '/events')).status).toBe(401);
  });

  test('shows nobody the events of others', async () => {
    const app = await startApp();
    const [mine, theirs] = [await aProgram(app), await aProgram(app)];
    await announce(app, theirs.accountId, ['secret']);
    expect((await app.call('GET', '/events', { key: mine.key })).body.data).toEqual([]);
  });
});

describe('a transaction that began early and commits late', () => {
  async function aTransaction(app: TestApp) {
    const client = new pg.Client({ connectionString: app.db.appUrl });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query('BEGIN');
    return {
      insert: (accountId: string, name: string) =>
        client.query(`INSERT INTO events (account_id, type, data, created_at) VALUES ($1, 'note', $2, now())`, [
          accountId,
          { name },
        ]),
      commit: () => client.query('COMMIT'),
    };
  }

  test('is not skipped, neither by polling nor by a stream', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    const stream = await follow(app.url, '/events', { key });
    const poll = async (after: string) => (await app.call('GET', `/events?after=${after}`, { key })).body;
    const start = await poll('latest');

    const [early, late, third] = [await aTransaction(app), await aTransaction(app), await aTransaction(app)];
    await early.insert(accountId, 'began first');
    await late.insert(accountId, 'committed first');
    await late.commit();
    const between = await poll(start.meta.next_cursor);
    expect(between.data).toEqual([]);
    await third.insert(accountId, 'third');
    await third.commit();
    expect((await poll(between.meta.next_cursor)).data).toEqual([]);
    await early.commit();

    const all = ['began first', 'committed first', 'third'];
    await expect.poll(async () => namesOf((await poll(between.meta.next_cursor)).data)).toEqual(all);
    expect(namesOf((await stream.until(3)).map(({ data }) => data))).toEqual(all);
    expect(stream.events).toHaveLength(3);
  });
});

describe('a cursor older than what is kept', () => {
  test('is gone, for a poll and for a stream, and leaving it out begins with what there is', async () => {
    const app = await startApp();
    const { accountId, key } = await aProgram(app);
    await announce(app, accountId, ['a', 'b', 'c']);
    const [a] = (await app.call('GET', '/events?limit=1', { key })).body.data;
    await app.db.query(
      `UPDATE events SET created_at = created_at - interval '40 days' WHERE data->>'name' IN ('a', 'b')`,
    );
    await app.get(EventLog).forget(new Date(app.clock.now().getTime() - 30 * 86_400_000));

    for (const accept of ['application/json', 'text/event-stream']) {
      const answer = await app.call('GET', `/events?after=${a.id}`, { key, headers: { accept } });
      expect([answer.status, answer.body.error.code]).toEqual([410, 'EVENTS_GONE']);
    }
    expect(namesOf((await app.call('GET', '/events', { key })).body.data)).toEqual(['c']);
    expect(app.get(OpenStreams).count).toBe(0);
  });

  test('does not come about by listening to silence', async () => {
    const app = await startApp();
    const [quiet, loud] = [await aProgram(app), await aProgram(app)];
    await announce(app, quiet.accountId, ['a']);
    await announce(app, loud.accountId, ['b']);
    const [a] = (await app.call('GET', '/events', { key: quiet.key })).body.data;
    const poll = async () => (await app.call('GET', `/events?after=${a.id}`, { key: quiet.key })).body.meta.next_cursor;
    await expect.poll(poll).not.toBe(a.id);
    const polled = await poll();
    const stream = await follow(app.url, '/events', { key: quiet.key, lastEventId: a.id });
    await vi.waitFor(() => expect(stream.lastEventId()).not.toBe(a.id), { timeout: PATIENCE_MS });
    await app.get(EventLog).forget(new Date(app.clock.now().getTime() + 1_000));

    for (const cursor of [polled, stream.lastEventId()]) {
      expect((await app.call('GET', `/events?after=${cursor}`, { key: quiet.key })).body).toMatchObject({
        ok: true,
        data: [],
      });
    }
    expect((await app.call('GET', `/events?after=${a.id}`, { key: quiet.key })).status).toBe(410);
  });
});

describe("a task's events", () => {
  test('reach its buyer alone', async () => {
    const app = await startApp();
    const [buyer, stranger] = [await aProgram(app), await aProgram(app)];
    const [taskId, other] = [await aTask(app, buyer.accountId), await aTask(app, buyer.accountId)];
    await announce(app, buyer.accountId, ['mine'], taskId);
    await announce(app, buyer.accountId, ['of another task'], other);
    // An operator's own news of the task are in their own stream.
    await announce(app, stranger.accountId, ['invited'], taskId);

    const path = `/tasks/${taskId}/events`;
    expect(namesOf((await app.call('GET', path, { key: buyer.key })).body.data)).toEqual(['mine']);
    const stream = await follow(app.url, path, { key: buyer.key });
    await announce(app, buyer.accountId, ['more'], taskId);
    expect(namesOf((await stream.until(2)).map(({ data }) => data))).toEqual(['mine', 'more']);

    const never = '00000000-0000-4000-8000-000000000000';
    for (const accept of ['application/json', 'text/event-stream']) {
      const [theirs, none] = await Promise.all(
        [taskId, never].map((id) => app.call('GET', `/tasks/${id}/events`, { key: stranger.key, headers: { accept } })),
      );
      expect([theirs?.status, theirs?.body.error.code]).toEqual([404, 'TASK_NOT_FOUND']);
      expect(theirs?.body.error).toEqual(none?.body.error);
    }
  });
});
