import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Db } from '../src/platform/database/db.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { Activation } from '../src/registry/activation.service.js';
import { Agents } from '../src/registry/agents.service.js';
import { startApp, type TestApp } from './support/app.js';
import { anAdmin, anOperator, codeOf, eventsOf, myAgent, register } from './support/registry.js';

const CSV = { category: 'data', taskType: 'csv-cleaning' };
const GOOD = { ok: true, reported: { agent: null, version: null, capabilities: null }, proof: 'newest' } as const;
const quiet = (env: Record<string, string> = {}) =>
  startApp({ env: { ROLE: 'api', HIDE_PROBE_FAILURES: '3', ...env } });

async function anAgent(app: TestApp, results?: { passed?: boolean; undecided?: boolean }) {
  const { key, accountId } = await anOperator(app, ['read', 'agents']);
  const capabilities = [{ category: CSV.category, task_type: CSV.taskType }];
  const { id } = (await register(app, key, { capabilities })).agent;
  const prove = (passed: boolean) =>
    app
      .get(Db)
      .transaction((tx) =>
        app.get(Activation).prove(tx, id, { passed: passed ? [CSV] : [], undecided: passed ? [] : [CSV] }),
      );
  if (results) await prove(results.passed ?? false);
  const path = `/agents/${id}/visibility`;
  return {
    ...{ id, key, accountId, prove },
    state: async () => (await myAgent(app, key, id)).visibility,
    shown: async () => (await app.call('GET', path, { key })).body.data,
    move: (to: string, note?: string) => app.call('POST', path, { key, body: note ? { to, note } : { to } }),
  };
}

test('an operator moves its agent where it may, and asks an admin where it may not', async () => {
  const app = await quiet();
  const agent = await anAgent(app);
  const admin = await anAdmin(app);
  expect((await agent.move('coming_soon')).body.data).toMatchObject({
    visibility: 'coming_soon',
    moves: [{ from: 'draft', to: 'coming_soon', by: 'operator', move: 'announce' }],
  });
  const refused = await agent.move('live');
  expect([refused.status, codeOf(refused)]).toEqual([409, 'VISIBILITY_REFUSED']);
  expect(refused.body.error.message).toContain('passed benchmark');

  await agent.prove(false);
  expect(await agent.state()).toBe('beta');
  expect((await agent.shown()).may).toContainEqual({ to: 'live', how: 'request' });
  expect((await agent.move('live', 'Twenty happy buyers.')).body.data.request).toMatchObject({ status: 'pending' });
  await agent.move('live', 'Twenty-one.');
  const queue = (await app.call('GET', '/admin/visibility', { key: admin })).body.data;
  expect(queue).toMatchObject([{ to: 'live', note: 'Twenty-one.', agent: { visibility: 'beta' } }]);
  const decide = (grant: boolean) =>
    app.call('POST', `/admin/visibility/${queue[0].id}/decision`, { key: admin, body: { grant, note: 'Well done.' } });
  const answers = await Promise.all([decide(true), decide(false)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const isGranted = answers[0]?.status === 200;
  expect(await agent.state()).toBe(isGranted ? 'live' : 'beta');
  expect((await agent.shown()).request).toMatchObject({
    answer: 'Well done.',
    status: isGranted ? 'granted' : 'refused',
  });
  expect((await app.call('GET', '/admin/visibility', { key: agent.key })).status).toBe(403);
  const stranger = await anOperator(app, ['read', 'agents']);
  expect(codeOf(await app.call('GET', `/agents/${agent.id}/visibility`, { key: stranger.key }))).toBe(
    'AGENT_NOT_FOUND',
  );
});

test('where a review is required, a pass waits for it', async () => {
  const app = await quiet({ ACTIVATE_PASSED: 'review' });
  const agent = await anAgent(app, { passed: true });
  expect(await agent.state()).toBe('draft');
  expect((await agent.shown()).request).toMatchObject({ to: 'live', asked_by: 'benchmark', status: 'pending' });
  await agent.prove(true);
  const rows = await app.db.query('SELECT 1 FROM agent_visibility_requests');
  expect(rows).toHaveLength(1);
});

test('an agent that does not answer is hidden, and comes back when it does', async () => {
  const app = await quiet();
  const agent = await anAgent(app, { passed: true });
  const probe = (ok: boolean) =>
    app
      .get(Db)
      .transaction((tx) =>
        app.get(Agents).noteHealth(tx, agent.id, ok ? GOOD : { ok, reason: 'It answered 500.' }, 10),
      );
  for (const _ of [1, 2, 3]) await probe(false);
  expect(await agent.state()).toBe('hidden');
  expect((await agent.shown()).moves[0]).toMatchObject({ by: 'health', reason: expect.stringContaining('3 health') });
  expect(codeOf(await app.call('GET', `/agents/${agent.id}`))).toBe('AGENT_NOT_FOUND');
  await probe(true);
  expect(await agent.state()).toBe('live');
  const types = (await eventsOf(app, agent.accountId)).map(({ type }) => type);
  expect(types.filter((type) => type === 'agent.visibility_changed')).toHaveLength(3);
});

test('an agent whose bids are late or poor is hidden until an admin has looked, and begins anew then', async () => {
  const app = await quiet();
  const agents = [
    await anAgent(app, { passed: true }),
    await anAgent(app, { passed: true }),
    await anAgent(app, { passed: true }),
  ];
  const [late, poor, fine] = agents as [(typeof agents)[0], (typeof agents)[0], (typeof agents)[0]];
  const taskId = randomUUID();
  await app.db.query(
    `INSERT INTO tasks (id, buyer_id, title, description, category, task_type, requirements, quality_rules, metadata, budget,
       fee_bps, status, max_revisions, created_at, status_since)
     VALUES ($1, $1, 't', 'd', 'data', 'csv-cleaning', '{}', '[]', '{}', 1, 0, 'completed', 0, now(), now())`,
    [taskId],
  );
  const bids = (agentId: string, statuses: string[], high: number) =>
    app.db.query(
      `WITH made AS (
         INSERT INTO bids (id, task_id, round, agent_id, agent_name, agent_version, operator_id, min_price, call_id, status, price, called_at)
         SELECT gen_random_uuid(), $1, n, $2, 'a', 1, $2, 1, gen_random_uuid(), status, 1, now() + interval '1 minute'
         FROM unnest($3::text[]) WITH ORDINALITY AS s (status, n) RETURNING id, status)
       INSERT INTO judgements (id, subject, phase, judge, judge_version, task_type, rubric_version, low, high, criteria, dimensions, gates, created_at)
       SELECT gen_random_uuid(), id, 'prototype', 'rules', '2', 'csv-cleaning', 1, 0, $4, '[]', '[]', '[]', now()
       FROM made WHERE status = 'received'`,
      [taskId, agentId, statuses, high],
    );
  await bids(late.id, [...Array(15).fill('received'), ...Array(5).fill('late')], 100);
  await bids(poor.id, Array(20).fill('received'), 70);
  await bids(fine.id, [...Array(16).fill('received'), ...Array(4).fill('late')], 100);
  await app.get(Chores).run('hide-agents');
  expect(await Promise.all(agents.map((agent) => agent.state()))).toEqual(['hidden', 'hidden', 'live']);
  expect((await late.shown()).moves[0].reason).toBe('It was late in 5 of its last 20 calls.');
  expect((await poor.shown()).moves[0].reason).toBe('Its last 20 judged bids scored 35 of 100 on average.');

  const admin = await anAdmin(app);
  await app.db.query(`UPDATE bids SET called_at = now() - interval '1 hour'`);
  const body = { to: 'live', note: 'Repaired.' };
  expect((await app.call('POST', `/admin/agents/${late.id}/visibility`, { key: admin, body })).status).toBe(200);
  await app.get(Chores).run('hide-agents');
  expect(await late.state()).toBe('live');
});

test('a capability is warned of, then lost, by requalifications that fail, and the last one makes a draft', async () => {
  const app = await quiet();
  const agent = await anAgent(app, { passed: true });
  const fail = () =>
    app.get(Db).transaction((tx) => app.get(Activation).failed(tx, agent.id, { failed: [CSV], passed: [] }));
  await fail();
  expect(await agent.state()).toBe('live');
  await fail();
  expect(await agent.state()).toBe('draft');
  expect((await myAgent(app, agent.key, agent.id)).capabilities).toMatchObject([{ passed_at: null }]);
  const types = (await eventsOf(app, agent.accountId)).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith('agent.capability'))).toEqual([
    'agent.capability_at_risk',
    'agent.capability_lost',
  ]);
});
