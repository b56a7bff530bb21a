import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeAdmin } from '../src/accounts/make-admin.js';
import { Db } from '../src/platform/database/db.js';
import { OperatorTriageView } from '../src/triage/operator.schema.js';
import { RerunView } from '../src/triage/rerun.schema.js';
import { aBrowser } from './support/accounts.js';
import { startApp, type TestApp } from './support/app.js';
import { liveAgent, ok, type Person, type Placed, postTask, reaches, signUp } from './support/market.js';
import { givenRecords } from './support/records.js';
import { expectRefusal, invalid, notFound, type Refusal } from './support/refusals.js';

const env = { PRESENTED_MIN_SCORE: '0', POOL_SIZE: '2', EXPERIMENTATION: '0' };

const ask = (app: TestApp, { key }: Person, agentId: string, query: string) =>
  app.call('GET', `/agents/${agentId}/triage?${query}`, { key });

async function viewOf(app: TestApp, { id, operator }: Placed, taskId: string): Promise<OperatorTriageView> {
  return OperatorTriageView.parse((await ok(ask(app, operator, id, `task=${taskId}`))).body.data);
}

async function round(app: TestApp, changes: Record<string, unknown> = {}) {
  const buyer = await signUp(app);
  const taskId = await postTask(app, buyer, changes);
  await reaches(app, buyer, taskId, 'prototyping');
  return { buyer, taskId };
}

describe('an operator', () => {
  test('reads why an agent was called or not, the gap to the last place and what would have closed it', async () => {
    const app = await startApp({ env });
    const agents = [await liveAgent(app), await liveAgent(app), await liveAgent(app)];
    await givenRecords(
      app,
      agents.map(({ id }, index) => ({ agentId: id, score: 80 - 20 * index })),
    );
    const { taskId } = await round(app);
    const views = await Promise.all(agents.map((agent) => viewOf(app, agent, taskId)));
    expect(views.map(({ called }) => called)).toEqual([true, true, false]);
    expect(views[0]).toMatchObject({ considered_as: 'candidate', place: 'merit', rank: 1, would_change: [] });
    const [, , left] = views;
    expect(left?.why).toMatch(/^Not called: 3rd of 3/);
    expect(left?.places.gap).toBeGreaterThan(0);
    expect(left?.would_change.filter(({ enough }) => enough).map(({ code }) => code)).toContain('record');
    for (const other of agents.slice(0, 2)) {
      expect(JSON.stringify(left)).not.toContain(other.id);
      expect(JSON.stringify(left)).not.toContain(other.operator.accountId);
    }
  });

  test('reads which rule left an agent out, whether that is certain for then, and what would lift it', async () => {
    const app = await startApp({ env });
    await liveAgent(app);
    const dear = await liveAgent(app, undefined, { min_price: 500 });
    const paused = await liveAgent(app);
    await ok(app.call('POST', `/agents/${paused.id}/pause`, { key: paused.operator.key }));
    const unproven = await liveAgent(app);
    await app.db.query('UPDATE agent_capabilities SET passed_at = NULL WHERE agent_id = $1', [unproven.id]);
    const later = await liveAgent(app);
    await app.db.query('UPDATE agent_capabilities SET passed_at = NULL WHERE agent_id = $1', [later.id]);
    const { taskId } = await round(app, { budget: 100 });
    await app.db.query(`UPDATE agent_capabilities SET passed_at = now() + interval '1 s' WHERE agent_id = $1`, [
      later.id,
    ]);

    const rules = async (agent: Placed) => {
      const view = await viewOf(app, agent, taskId);
      expect(view).toMatchObject({ considered_as: 'left_out', called: false, score: null, would_change: [] });
      return view.obstacles.map(({ rule, known, change }) => [rule, known, change]);
    };
    expect(await rules(dear)).toEqual([['too_expensive', 'now', 'a price of at most 100 (now 500)']]);
    expect(await rules(paused)).toEqual([['paused', 'then', 'POST /agents/ID/resume']]);
    expect(await rules(unproven)).toEqual([['unproven', 'now', 'passing the benchmark for "summary"']]);
    expect(await rules(later)).toEqual([['unproven', 'then', expect.stringMatching(/^nothing more: /)]]);
    await ok(app.call('POST', `/agents/${paused.id}/resume`, { key: paused.operator.key }));
    await app.db.query(`UPDATE agents SET health = 'healthy' WHERE id = $1`, [paused.id]);
    expect((await rules(paused)).map(([rule]) => rule)).toEqual(['changed_since']);
  });

  test('finds nothing of another’s agent, of a task that never looked at the agent, or of no task at all', async () => {
    const app = await startApp({ env });
    const own = await liveAgent(app);
    const elsewhere = await liveAgent(app, undefined, {
      capabilities: [{ category: 'data', task_type: 'csv-cleaning' }],
    });
    const { taskId } = await round(app);
    const latecomer = await liveAgent(app);
    const cases: [Person, string, string, Refusal][] = [
      [elsewhere.operator, own.id, `task=${taskId}`, notFound('AGENT_NOT_FOUND')],
      [own.operator, randomUUID(), `task=${taskId}`, notFound('AGENT_NOT_FOUND')],
      [own.operator, 'x', `task=${taskId}`, notFound('AGENT_NOT_FOUND')],
      [own.operator, own.id, `task=${taskId}&round=2`, { ...notFound('DECISION_NOT_FOUND'), field: 'task' }],
      [own.operator, own.id, `task=${randomUUID()}`, { ...notFound('DECISION_NOT_FOUND'), field: 'task' }],
      [elsewhere.operator, elsewhere.id, `task=${taskId}`, { ...notFound('DECISION_NOT_FOUND'), field: 'task' }],
      [latecomer.operator, latecomer.id, `task=${taskId}`, { ...notFound('DECISION_NOT_FOUND'), field: 'task' }],
      [own.operator, own.id, 'task=x', invalid('task')],
      [own.operator, own.id, '', invalid('task')],
      [own.operator, own.id, `task=${taskId}&round=0`, invalid('round')],
      [own.operator, own.id, `task=${taskId}&all=1`, invalid('all')],
    ];
    for (const [person, agentId, query, expected] of cases)
      expectRefusal(await ask(app, person, agentId, query), expected, query);
  });
});

/** A key with the scope admin. */
async function anAdmin(app: TestApp): Promise<string> {
  const { body, ask: asked } = await aBrowser(app);
  await makeAdmin(app.get(Db), body.email);
  return (await asked('POST', '/keys', { body: { name: 'admin', scopes: ['admin'] } })).body.data.token;
}

describe('an admin', () => {
  test('sees what past rounds would have been under other weights, and nothing moves', async () => {
    const app = await startApp({ env });
    const key = await anAdmin(app);
    const agents = [await liveAgent(app), await liveAgent(app), await liveAgent(app)];
    // The first two have the better record and are slow; the third is fast.
    await givenRecords(
      app,
      agents.map(({ id }, index) => ({ agentId: id, score: index < 2 ? 90 : 20, tookMs: index < 2 ? 300_000 : 1_000 })),
    );
    const { taskId } = await round(app);
    const stored = await app.db.query('SELECT decision::text FROM triage_decisions');
    const rerun = async (body: unknown) =>
      RerunView.parse((await ok(app.call('POST', '/admin/triage/rerun', { key, body }))).body.data);

    const bySpeed = await rerun({
      policy: { weights: { speed: 1, record: 0, wins: 0, trend: 0 } },
      category: 'writing',
    });
    expect(bySpeed.complete).toBe(true);
    expect(bySpeed.totals).toMatchObject({ rounds: 1, differing: 1, entered: 1, left: 1, moved_share: 0.5 });
    expect(bySpeed.rounds[0]).toMatchObject({ task_id: taskId, replays: true, candidates: 3 });
    expect(bySpeed.rounds[0]?.entered.map(({ agent }) => agent.id)).toEqual([agents[2]?.id]);
    expect(bySpeed.rounds[0]?.shifts).toHaveLength(2);

    expect((await rerun({ policy: {} })).totals).toMatchObject({ rounds: 1, differing: 0, moved_share: 0 });
    expect((await rerun({ places: 3 })).rounds[0]).toMatchObject({ entered: [expect.anything()], left: [] });
    expect((await rerun({ policy: {}, category: 'data' })).totals.rounds).toBe(0);
    expect((await rerun({ policy: {}, to: '2020-01-01T00:00:00Z' })).totals.rounds).toBe(0);
    expect((await rerun({ policy: {}, task_id: taskId, from: '2020-01-01T00:00:00Z' })).totals.rounds).toBe(1);
    expect(await app.db.query('SELECT decision::text FROM triage_decisions')).toEqual(stored);
  });

  test('names a number that there is, inside its bounds, and is an admin', async () => {
    const app = await startApp({ env: { ...env, ROLE: 'api' } });
    const key = await anAdmin(app);
    const wrong: [unknown, string][] = [
      [{}, 'body'],
      [{ policy: { charm: 1 } }, 'policy.charm'],
      [{ policy: { jitter: 2 } }, 'policy.jitter'],
      [{ policy: { prior: 0 } }, 'policy.prior'],
      [{ policy: { weights: { record: -1 } } }, 'policy.weights.record'],
      [{ policy: { weights: { luck: 1 } } }, 'policy.weights.luck'],
      [{ policy: 1 }, 'policy'],
      [{ policy: {}, limit: 1_000 }, 'limit'],
      [{ policy: {}, from: 'yesterday' }, 'from'],
      [{ experimentation: 2 }, 'experimentation'],
    ];
    for (const [body, field] of wrong)
      expectRefusal(await app.call('POST', '/admin/triage/rerun', { key, body }), invalid(field), JSON.stringify(body));
    const { key: other } = await signUp(app);
    const refused = await app.call('POST', '/admin/triage/rerun', { key: other, body: { policy: {} } });
    expectRefusal(refused, { status: 403, code: 'SCOPE_MISSING' });
  });
});
