import { describe, expect, test } from 'vitest';
import { EarlyStop } from '../src/tasks/early-stop.service.js';
import { Hedging } from '../src/tasks/hedging.service.js';
import { held } from './support/agents.js';
import { startApp, type TestApp } from './support/app.js';
import {
  act,
  cleanAudit,
  gallery,
  liveAgent,
  ok,
  type Person,
  postTask,
  reaches,
  signUp,
  wallet,
} from './support/market.js';
import { givenRecords } from './support/records.js';
import { eventsOf } from './support/registry.js';
import { until } from './support/until.js';

const SHOWN = { PRESENTED_MIN_SCORE: '0' };
const STOPS = { ...SHOWN, STOP_AFTER_GOOD_BIDS: '2', STOP_MIN_SCORE: '0', POOL_SIZE: '3' };

const statuses = async (app: TestApp) =>
  (await app.db.query<{ status: string }>('SELECT status FROM bids ORDER BY status')).map(({ status }) => status);
/** What was held against the agent, in all. */
const blame = async (app: TestApp, agentId: string) => {
  const [sum] = await app.db.query<{ blame: number }>(
    'SELECT sum(late + failed + setbacks)::int AS blame FROM agent_standing WHERE agent_id = $1',
    [agentId],
  );
  return sum?.blame;
};
const roundOf = async (app: TestApp) => {
  const [round] = await app.db.query<Record<string, unknown>>('SELECT * FROM rounds');
  return round;
};

describe('enough good bids', () => {
  test('end the bidding early, and who has not answered is thanked at no cost', async () => {
    const app = await startApp({ env: STOPS });
    const buyer = await signUp(app);
    const slow = held();
    const outstanding = await liveAgent(app, slow.reply);
    await liveAgent(app);
    await liveAgent(app);
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');

    const shown = await gallery(app, buyer, taskId);
    expect(shown.closed_by).toBe('enough');
    expect(shown.bids).toHaveLength(2);
    expect(shown.not_presented).toEqual([
      { reason: 'cancelled', bids: 1, meaning: 'were not needed any more when the bidding ended' },
    ]);
    const told = (await eventsOf(app, outstanding.operator.accountId)).map(({ type }) => type);
    expect(told).toEqual(expect.arrayContaining(['bid.called', 'bid.released']));

    // Its answer still comes, and changes nothing.
    slow.open();
    await until(
      () => app.db.query('SELECT 1 FROM calls WHERE agent_id = $1 AND outcome IS NOT NULL', [outstanding.id]),
      (calls) => calls.length === 1,
    );
    expect(await statuses(app)).toEqual(['cancelled', 'received', 'received']);
    expect(await blame(app, outstanding.id)).toBe(0);
    expect(await wallet(app, buyer)).toMatchObject({ available: 400, held: 100 });
    await ok(act(app, buyer, taskId, 'cancel'));
    await cleanAudit(app, app);
  });

  test('are no bids that a quick look is not sure of', async () => {
    const app = await startApp({ env: { ...STOPS, STOP_MIN_SCORE: '100' } });
    const buyer = await signUp(app);
    const slow = held();
    await liveAgent(app, slow.reply);
    await liveAgent(app);
    await liveAgent(app);
    const taskId = await postTask(app, buyer);
    await until(
      () => app.db.query('SELECT 1 FROM bids WHERE quick_low IS NOT NULL'),
      (looked) => looked.length === 2,
    );
    expect((await gallery(app, buyer, taskId)).status).toBe('prototyping');
    slow.open();
    await reaches(app, buyer, taskId, 'review');
    expect((await gallery(app, buyer, taskId)).closed_by).toBe('all_answered');
  });

  test('are looked for only in rounds that were decided with the rule, which the decision keeps', async () => {
    const app = await startApp({ env: { ...STOPS, STOP_AFTER_GOOD_BIDS: '0' } });
    const buyer = await signUp(app);
    const slow = held();
    await liveAgent(app, slow.reply);
    await liveAgent(app);
    const taskId = await postTask(app, buyer);
    await until(
      () => statuses(app),
      (all) => all.includes('received'),
    );
    const [{ rules }] = (await app.db.query(`SELECT decision #> '{request,rules}' AS rules FROM triage_decisions`)) as [
      { rules: unknown },
    ];
    expect(rules).toEqual({ stopAfter: null, stopScore: 0, hedge: false });
    expect(await roundOf(app)).toMatchObject({ stop_after: null, hedge_at: null });
    slow.open();
    await reaches(app, buyer, taskId, 'review');
    expect(await app.db.query('SELECT 1 FROM bids WHERE quick_low IS NOT NULL')).toEqual([]);
  });

  test('end a round once, however often and by how many they are found', async () => {
    const app = await startApp({ env: { ...STOPS, ROLE: 'all' } });
    const buyer = await signUp(app);
    const slow = held();
    await liveAgent(app, slow.reply);
    await liveAgent(app);
    await liveAgent(app);
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    const bids = await app.db.query<{ id: string }>(`SELECT id FROM bids WHERE status = 'received'`);
    await Promise.all(bids.flatMap(({ id }) => [app.get(EarlyStop).look(id), app.get(EarlyStop).look(id)]));
    const events = (await eventsOf(app, buyer.accountId)).map(({ type }) => type);
    expect(events.filter((type) => type === 'task.judging')).toHaveLength(1);
    expect(events.filter((type) => type === 'bid.cancelled')).toHaveLength(1);
    slow.open();
  });
});

describe('one more bidder', () => {
  const HEDGED = {
    ...SHOWN,
    POOL_SIZE: '1',
    HEDGE_LATE_BIDDER: 'true',
    PROTOTYPE_WINDOW_S: '400',
    CALL_LATE_START_S: '3600',
  };

  async function lateRound(env: Record<string, string> = HEDGED) {
    const app = await startApp({ env });
    const buyer: Person = await signUp(app);
    const slow = held();
    const first = await liveAgent(app, slow.reply);
    const reserve = held();
    const second = await liveAgent(app, reserve.reply);
    await givenRecords(app, [
      { agentId: first.id, score: 90 },
      { agentId: second.id, score: 10 },
    ]);
    const taskId = await postTask(app, buyer);
    await first.agent.received(1);
    return { app, buyer, taskId, slow, reserve, first, second };
  }

  test('is asked when the one called seems late, once, is told of, and may win', async () => {
    const { app, buyer, taskId, slow, reserve, first, second } = await lateRound({ ...HEDGED, EXPERIMENTATION: '0' });
    const hedging = app.get(Hedging);
    await hedging.lookAfter(app.clock.now());
    expect(await statuses(app)).toEqual(['called']);
    app.clock.advance(120_000);
    await Promise.all([1, 2, 3].map(() => hedging.lookAfter(app.clock.now())));
    await second.agent.received(1);
    expect(await statuses(app)).toEqual(['called', 'called']);
    expect(await roundOf(app)).toMatchObject({ outstanding: 2, hedge_at: null, hedged_at: expect.any(Date) });
    const extra = (await eventsOf(app, buyer.accountId)).find(({ type }) => type === 'bid.extra');
    expect(extra?.data).toMatchObject({ agent_id: second.id, late_agent_id: first.id });
    const called = (await eventsOf(app, second.operator.accountId)).find(({ type }) => type === 'bid.called');
    expect(called?.data).toMatchObject({ extra: true });
    const why = await ok(app.call('GET', `/agents/${second.id}/triage?task=${taskId}`, { key: second.operator.key }));
    expect(why.body.data).toMatchObject({ called: true, place: 'extra', why: expect.stringContaining('late') });
    const { request } = second.agent.log[0] ?? {};
    expect(request?.deadline_at).toBe(first.agent.log[0]?.request.deadline_at);

    slow.open();
    reserve.open();
    await reaches(app, buyer, taskId, 'review');
    const { bids } = await gallery(app, buyer, taskId);
    expect(bids.map(({ extra: is }: { extra: boolean }) => is).sort()).toEqual([false, true]);
    await cleanAudit(app, app);
  });

  test('that has not answered at the deadline is let go at no cost, while the late one is late', async () => {
    const { app, buyer, taskId, first, second } = await lateRound({ ...HEDGED, EXPERIMENTATION: '0' });
    app.clock.advance(120_000);
    await app.get(Hedging).lookAfter(app.clock.now());
    await second.agent.received(1);
    app.clock.advance(300_000);
    await reaches(app, buyer, taskId, 'expired');
    const bids = await app.db.query('SELECT agent_id, status FROM bids ORDER BY extra');
    expect(bids).toEqual([
      { agent_id: first.id, status: 'late' },
      { agent_id: second.id, status: 'cancelled' },
    ]);
    expect(await blame(app, second.id)).toBe(0);
    expect(await blame(app, first.id)).toBeGreaterThan(0);
    expect(await wallet(app, buyer)).toMatchObject({ available: 500, held: 0 });
    await cleanAudit(app, app);
  });

  test('is not asked when it paused since, when the rule is off, or when the task was taken back', async () => {
    const paused = await lateRound({ ...HEDGED, EXPERIMENTATION: '0' });
    await ok(paused.app.call('POST', `/agents/${paused.second.id}/pause`, { key: paused.second.operator.key }));
    paused.app.clock.advance(120_000);
    await paused.app.get(Hedging).lookAfter(paused.app.clock.now());
    expect(await statuses(paused.app)).toEqual(['called']);
    expect(await roundOf(paused.app)).toMatchObject({ hedge_at: null, hedged_at: null, outstanding: 1 });
    paused.slow.open();

    const off = await lateRound({ ...HEDGED, EXPERIMENTATION: '0', HEDGE_LATE_BIDDER: 'false' });
    off.app.clock.advance(120_000);
    await off.app.get(Hedging).lookAfter(off.app.clock.now());
    expect(await statuses(off.app)).toEqual(['called']);
    off.slow.open();

    const taken = await lateRound({ ...HEDGED, EXPERIMENTATION: '0' });
    await ok(act(taken.app, taken.buyer, taken.taskId, 'cancel'));
    taken.app.clock.advance(120_000);
    await taken.app.get(Hedging).lookAfter(taken.app.clock.now());
    expect(await statuses(taken.app)).toEqual(['cancelled']);
    taken.slow.open();
  });
});
