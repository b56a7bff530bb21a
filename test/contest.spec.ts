import { describe, expect, test } from 'vitest';
import { answer, gate, send } from './support/agents.js';
import { call, startApp } from './support/app.js';
import {
  act,
  cleanAudit,
  delivered,
  gallery,
  liveAgent,
  ok,
  postTask,
  reaches,
  signUp,
  task,
  wallet,
} from './support/market.js';
import { until } from './support/until.js';

const everybodyShown = { PRESENTED_MIN_SCORE: '0' };

describe('a contest', () => {
  test('goes from the brief to the settlement', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    const [winner, other] = [await liveAgent(app, answer({ price: 80 })), await liveAgent(app, answer({ price: 90 }))];

    const taskId = await postTask(app, buyer, { budget: 100, metadata: { order: 7 } });
    await reaches(app, buyer, taskId, 'review');
    expect(await wallet(app, buyer)).toMatchObject({ available: 400, held: 100 });

    const shown = await gallery(app, buyer, taskId);
    expect(shown).toMatchObject({ called: 2, answered: 2, status: 'review' });
    expect(shown.bids).toHaveLength(2);
    const bid = shown.bids.find((b: { agent: { id: string } }) => b.agent.id === winner.id);
    expect(bid).toMatchObject({ price: 80, status: 'received', presented: true });
    expect(bid.judgement.criteria.length).toBeGreaterThan(0);

    await ok(act(app, buyer, taskId, 'select', { bid_id: bid.id }));
    await reaches(app, buyer, taskId, 'delivered');
    const [delivery] = (await ok(call(app.url, 'GET', `/tasks/${taskId}/deliveries`, { key: buyer.key }))).body.data;
    const file = await call('', 'GET', delivery.artifacts[0].url);
    expect(file.body).toBe('delivery for Something that wants doing');
    expect(file.headers['content-security-policy']).toContain('sandbox');

    const { request } = winner.agent.log.find(({ phase }) => phase === 'delivery') ?? {};
    expect(request?.prototype).toMatchObject({
      price: 80,
      artifacts: [{ content: 'prototype for Something that wants doing' }],
    });
    expect(other.agent.callIds('delivery')).toEqual([]);

    const done = (await ok(act(app, buyer, taskId, 'approve'))).body.data;
    expect(done).toMatchObject({ status: 'completed', next_actions: [], metadata: { order: 7 }, closes_at: null });
    expect(await wallet(app, buyer)).toMatchObject({ available: 420, held: 0 });
    expect(await wallet(app, winner.operator)).toMatchObject({ available: 500 + 80 - 12 });
    expect(await wallet(app, other.operator)).toMatchObject({ available: 500 });
    await cleanAudit(app, app);
  });

  test('closes early when all have answered, and shows nobody’s work before', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    const held = gate();
    await liveAgent(app, answer());
    await liveAgent(app, async (received, response) => {
      await held.opened;
      await answer()(received, response);
    });

    const taskId = await postTask(app, buyer);
    await until(async () => (await gallery(app, buyer, taskId)).answered === 1);
    const before = await gallery(app, buyer, taskId);
    expect(before.bids.map((bid: { status: string }) => bid.status).sort()).toEqual(['called', 'received']);
    for (const bid of before.bids)
      expect(bid).toMatchObject({ artifacts: [], price: null, summary: null, score: null, judgement: null });
    held.open();
    await reaches(app, buyer, taskId, 'review');
    const since = (await task(app, buyer, taskId)).status_since;
    expect(new Date(since) < new Date(before.deadline_at)).toBe(true);
  });

  test('goes on without the rude, the silent, the wrong and the polite', async () => {
    const app = await startApp({
      env: { ...everybodyShown, PROTOTYPE_WINDOW_S: '400', CALL_MAX_ATTEMPTS: '2', POOL_SIZE: '9' },
    });
    const buyer = await signUp(app);
    const replies = {
      good: answer({ price: 50 }),
      rude: (_: unknown, response) => send(response, 'no', 500),
      garbage: (_: unknown, response) => send(response, '{"artifacts":'),
      dear: answer({ price: 101 }),
      polite: (_: unknown, response) => send(response, { declined: { reason: 'not my thing' } }),
      gone: (_: unknown, response) => void response.destroy(),
      moved: (_: unknown, response) => send(response, '', 302, { location: 'https://example.com' }),
      silent: () => {},
    } satisfies Record<string, Parameters<typeof liveAgent>[1]>;
    const ids = new Map<string, string>();
    for (const [name, reply] of Object.entries(replies)) ids.set((await liveAgent(app, reply)).id, name);

    const taskId = await postTask(app, buyer);
    // All but the silent one are through with it, however long that took; then the window closes.
    await until(async () => (await app.db.query(`SELECT 1 FROM bids WHERE status <> 'called'`)).length === 7);
    app.clock.advance(402_000);
    await reaches(app, buyer, taskId, 'review');
    const bids = await app.db.query<{ agent_id: string; status: string; reason: string | null }>(
      'SELECT agent_id, status, reason FROM bids',
    );
    const outcome = Object.fromEntries(bids.map((bid) => [ids.get(bid.agent_id), bid.status]));
    expect(outcome).toEqual({
      good: 'received',
      rude: 'failed',
      garbage: 'failed',
      dear: 'invalid',
      polite: 'declined',
      gone: 'failed',
      moved: 'failed',
      silent: 'late',
    });
    expect(bids.find((bid) => ids.get(bid.agent_id) === 'dear')?.reason).toBe(
      'price: must be 1 to the budget of 100, and is 101',
    );
    expect((await gallery(app, buyer, taskId)).bids).toHaveLength(1);
  });

  test('calls the same agent again after a 503, with the same id and body, and counts one bid', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    let tries = 0;
    const { agent } = await liveAgent(app, (received, response) =>
      ++tries < 3
        ? send(response, { error: { code: 'busy', message: 'later', retryable: true } }, 503, { 'retry-after': '0' })
        : answer()(received, response),
    );
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    expect(agent.log).toHaveLength(3);
    expect(agent.callIds('prototype')).toHaveLength(1);
    expect(new Set(agent.log.map(({ rawBody }) => rawBody)).size).toBe(1);
    const attempts = await app.db.query('SELECT attempt, outcome, status FROM call_attempts ORDER BY attempt');
    expect(attempts).toEqual([
      { attempt: 1, outcome: 'failed', status: 503 },
      { attempt: 2, outcome: 'failed', status: 503 },
      { attempt: 3, outcome: 'answered', status: 200 },
    ]);
  });

  test('expires and refunds when nobody is eligible, or nobody brings a valid bid', async () => {
    const app = await startApp();
    const buyer = await signUp(app);
    const alone = await postTask(app, buyer);
    await reaches(app, buyer, alone, 'expired');
    expect(await task(app, buyer, alone)).toMatchObject({ reason: 'nobody_eligible' });

    await liveAgent(app, (_, response) => send(response, { declined: { reason: 'no' } }));
    const declined = await postTask(app, buyer);
    await reaches(app, buyer, declined, 'expired');
    expect(await task(app, buyer, declined)).toMatchObject({ reason: 'no_valid_bid' });
    expect(await wallet(app, buyer)).toMatchObject({ available: 500, held: 0 });
  });

  test('never calls the buyer’s own agents', async () => {
    const app = await startApp({ env: everybodyShown });
    const own = await liveAgent(app);
    const taskId = await postTask(app, own.operator);
    await reaches(app, own.operator, taskId, 'expired');
    expect(own.agent.log).toEqual([]);
  });
});

describe('cancelling', () => {
  test('in review refunds, and is on the buyer’s public record', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    await liveAgent(app);
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    await ok(act(app, buyer, taskId, 'cancel'));
    expect(await wallet(app, buyer)).toMatchObject({ available: 500, held: 0 });
    const record = (await ok(call(app.url, 'GET', `/buyers/${buyer.accountId}/record`))).body.data;
    expect(record).toEqual({ posted: 1, completed: 0, abandoned_rounds: 1 });
  });

  test('while agents work leaves their answers uncounted', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    const held = gate();
    const { agent } = await liveAgent(app, async (received, response) => {
      await held.opened;
      await answer()(received, response);
    });
    const taskId = await postTask(app, buyer);
    await agent.received(1);
    await ok(act(app, buyer, taskId, 'cancel'));
    held.open();
    await until(async () => (await app.db.query('SELECT 1 FROM call_attempts WHERE outcome IS NULL')).length === 0);
    expect(await app.db.query('SELECT status FROM bids')).toEqual([{ status: 'cancelled' }]);
    expect(await app.db.query('SELECT count(*)::int AS n FROM artifacts')).toEqual([{ n: 0 }]);
  });

  test('is refused once work has begun', async () => {
    const app = await startApp({ env: everybodyShown });
    const buyer = await signUp(app);
    await liveAgent(app);
    const taskId = await delivered(app, buyer);
    expect(await act(app, buyer, taskId, 'cancel')).toMatchObject({
      status: 409,
      body: { error: { code: 'WRONG_STATUS', suggestion: 'From "delivered" you can: approve, revise.' } },
    });
  });
});
