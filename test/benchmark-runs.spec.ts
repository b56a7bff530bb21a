import { Decline } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { Chores } from '../src/platform/schedule/chores.js';
import { gate } from './support/agents.js';
import { startApp } from './support/app.js';
import { benchmarked, cleaner, ended, kitAgent, start } from './support/benchmark.js';
import { anOperator, codeOf, myAgent } from './support/registry.js';

/** Nothing is called, probed or closed on its own. */
const withoutWorker = () => startApp({ env: { ROLE: 'api', PUBLIC_URL: 'http://127.0.0.1:9' } });

describe('a run', () => {
  test('where too little can be decided fails nothing, and leads to beta and no further', async () => {
    const app = await startApp({ env: { BENCHMARK_DECIDABLE_SHARE: '0.99' } });
    const agent = await kitAgent(app, cleaner);
    const run = await benchmarked(app, agent);
    expect(run).toMatchObject({ status: 'undecided', reason: 'undecidable' });
    const undecidable = { result: 'undecidable', reason: expect.stringContaining('undecidable without a model') };
    expect(run.cases).toMatchObject(Array(3).fill(undecidable));
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('beta');
  });

  test('takes no more of an agent at a time than it offers, and gives each case a whole window', async () => {
    const app = await startApp();
    const agent = await kitAgent(
      app,
      ({ task_type }) => {
        app.clock.advance(100_000);
        throw new Decline(task_type);
      },
      { max_concurrency: 1 },
    );
    const run = await benchmarked(app, agent);

    expect(run.cases.map(({ level, reason }) => [level, reason])).toEqual(
      ['easy', 'typical', 'hard'].map((level) => [level, 'declined: csv-cleaning']),
    );
    const deadlines = agent.requests.map(({ deadline_at }) => Date.parse(deadline_at));
    expect(deadlines).toHaveLength(3);
    const [first = 0, second = 0, third = 0] = deadlines;
    expect([second - first >= 100_000, third - second >= 100_000]).toEqual([true, true]);
  });

  test('is one at a time, and one for one Idempotency-Key', async () => {
    const app = await startApp();
    const held = gate();
    const agent = await kitAgent(app, (...asked) => held.opened.then(() => cleaner(...asked)));
    const keyed = { 'idempotency-key': 'b1' };
    const answers = await Promise.all([start(app, agent, keyed), start(app, agent, keyed)]);
    const second = await start(app, agent);

    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.body.data.id).toBe(answers[1]?.body.data.id);
    expect([second.status, codeOf(second)]).toEqual([409, 'BENCHMARK_RUNNING']);
    held.open();
    expect((await ended(app, agent)).status).toBe('passed');
    expect(agent.requests).toHaveLength(3);
  });

  test('proves nothing for an agent that was changed meanwhile', async () => {
    const app = await startApp();
    const held = gate();
    const agent = await kitAgent(app, (...asked) => held.opened.then(() => cleaner(...asked)));
    await start(app, agent);
    await app.call('PATCH', `/agents/${agent.id}`, { key: agent.key, body: { model_notes: 'another model' } });
    held.open();
    expect(await ended(app, agent)).toMatchObject({ status: 'failed', reason: 'agent_changed' });
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('draft');
  });

  test('that our side never made is ended by the clock, costs the agent nothing and may be repeated at once', async () => {
    const app = await withoutWorker();
    const agent = await kitAgent(app, cleaner);
    expect((await start(app, agent)).status).toBe(202);
    await app.get(Chores).run('lost-benchmarks');
    const latest = async () => (await app.call('GET', `/agents/${agent.id}/benchmark`, { key: agent.key })).body.data;
    expect((await latest()).status).toBe('running');
    app.clock.advance(600_000);
    await app.get(Chores).run('lost-benchmarks');

    expect(await latest()).toMatchObject({
      status: 'failed',
      reason: 'our_fault',
      next_allowed_at: null,
      cases: Array(3).fill({ status: 'not_called', result: 'our_fault' }),
    });
    expect((await start(app, agent)).status).toBe(202);
  });
});

describe('a benchmark is refused', () => {
  test('to everybody but the operator, who is told when there is none yet', async () => {
    const app = await withoutWorker();
    const agent = await kitAgent(app, cleaner);
    const path = `/agents/${agent.id}/benchmark`;
    expect(codeOf(await app.call('GET', path, { key: agent.key }))).toBe('BENCHMARK_NOT_FOUND');
    const { key } = await anOperator(app, ['read', 'agents']);
    const foreign = [
      app.call('POST', path, { key }),
      app.call('GET', path, { key }),
      app.call('GET', `${path}/runs`, { key }),
    ];
    expect((await Promise.all(foreign)).map((answer) => [answer.status, codeOf(answer)])).toEqual(
      Array(3).fill([404, 'AGENT_NOT_FOUND']),
    );
    expect(codeOf(await app.call('POST', '/agents/nonsense/benchmark', { key }))).toBe('AGENT_NOT_FOUND');
    const { key: reader } = await anOperator(app, ['read']);
    expect((await app.call('POST', path, { key: reader })).status).toBe(403);
    expect((await app.call('GET', path)).status).toBe(401);
  });

  test('while the agent is paused or does not answer, with what to do', async () => {
    const app = await withoutWorker();
    const agent = await kitAgent(app, cleaner);
    await app.call('POST', `/agents/${agent.id}/pause`, { key: agent.key });
    const paused = await start(app, agent);
    expect([paused.status, codeOf(paused), paused.body.error.suggestion]).toEqual([
      409,
      'AGENT_PAUSED',
      expect.stringContaining('resume'),
    ]);
    await app.call('POST', `/agents/${agent.id}/resume`, { key: agent.key });
    await app.db.query(`UPDATE agents SET health = 'out', health_reason = 'It answered 500.' WHERE id = $1`, [
      agent.id,
    ]);
    const out = await start(app, agent);
    expect([out.status, codeOf(out)]).toEqual([409, 'AGENT_UNHEALTHY']);
    expect(out.body.error.message).toContain('It answered 500.');
    expect(await app.db.query('SELECT 1 FROM benchmark_runs')).toEqual([]);
  });
});
