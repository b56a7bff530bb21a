import type { RequestListener } from 'node:http';
import { AgentError, csv, Decline, text, type Work } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { fixtureOf } from '../src/benchmark/fixtures/makers.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { gate } from './support/agents.js';
import { sharedApp, startApp } from './support/app.js';
import {
  benchmarked,
  CSV,
  cleaned,
  cleaner,
  ended,
  kitAgent,
  NESTED,
  resultsOf,
  rubbish,
  start,
} from './support/benchmark.js';
import { anAdmin, anOperator, codeOf, eventsOf, myAgent } from './support/registry.js';

const running = sharedApp();
const LEVELS = ['easy', 'typical', 'hard'] as const;

describe('an agent that answers its fixtures well', () => {
  test('goes live, is proven in what it declares, and its operator hears of each case and of the end', async () => {
    const app = running();
    const agent = await kitAgent(app, cleaner);
    const run = await benchmarked(app, agent);

    expect(run).toMatchObject({ status: 'passed', reason: null, agent_version: 1, next_allowed_at: null, settled: 3 });
    expect(run.types).toMatchObject([
      {
        ...CSV,
        result: 'passed',
        levels: { easy: 'passed', typical: 'passed', hard: 'passed' },
        cost: 0.03,
        dimensions: expect.arrayContaining([expect.objectContaining({ score: expect.anything() })]),
      },
    ]);
    for (const one of run.cases) {
      expect(one).toMatchObject({ ...CSV, status: 'judged', reason: null, answer_score: 100, would_have_passed: [] });
      expect(one.decided_score).toBeGreaterThanOrEqual(60);
      expect(one.decidable_share).toBeGreaterThan(0.5);
      expect(one.criteria.length).toBeGreaterThan(3);
    }
    const { visibility, active, capabilities } = await myAgent(app, agent.key, agent.id);
    expect([visibility, active]).toEqual(['live', true]);
    expect(capabilities).toMatchObject([{ ...CSV, passed_at: expect.any(String) }]);
    const events = (await eventsOf(app, agent.accountId)).filter(({ type }) => /^(benchmark|agent\.live)/.test(type));
    const cases = Array(3).fill('benchmark.case');
    expect(events.map(({ type }) => type)).toEqual(['benchmark.started', ...cases, 'benchmark.passed', 'agent.live']);
    expect(events[3]?.data).toMatchObject({ run_id: run.id, result: 'passed', settled: 3, cases: 3 });
    expect(events[4]?.data).toMatchObject({
      run_id: run.id,
      task_types: [{ task_type: CSV.task_type, result: 'passed' }],
    });
  });

  test('was asked as for any task: a drawn brief, signed, with its files under the links of any attachment', async () => {
    const app = running();
    const agent = await kitAgent(app, cleaner, { min_price: 1_200 });
    const run = await benchmarked(app, agent);

    expect(agent.requests).toHaveLength(3);
    for (const one of run.cases) {
      const fixture = fixtureOf(CSV.task_type, one.level, one.seed ?? '');
      const request = agent.requests.find(({ call_id }) => call_id === one.call_id);
      expect(request).toMatchObject({ ...CSV, phase: 'prototype', round: 1, budget: { amount: 1_200 } });
      expect(request).toMatchObject({ title: fixture?.title, description: fixture?.description });
      expect(request?.requirements).toEqual(fixture?.requirements);
    }
    expect(JSON.stringify(agent.requests)).not.toMatch(/benchmark|fixture/i);
    const url = new URL(agent.requests[0]?.attachments[0]?.url ?? '');
    expect(url.pathname).toMatch(/^\/files\/attachments\/[0-9a-f-]{36}$/);
    const good = await app.call('GET', url.pathname + url.search);
    const forged = await app.call('GET', `${url.pathname}?expires=9999999999&signature=${'A'.repeat(43)}`);
    expect([good.status, good.headers['content-type'], codeOf(forged)]).toEqual([200, 'text/csv', 'LINK_EXPIRED']);
  });

  test('may answer with a link of its own', async () => {
    const app = running();
    const kept = new Map<string, string>();
    const files: RequestListener = ({ url = '' }, response) => response.end(kept.get(url));
    const agent = await kitAgent(
      app,
      async (request, context) => {
        const path = `/files/${request.call_id}.csv`;
        kept.set(path, await cleaned(request, context));
        const url = `${agent.origin}${path}`;
        return { artifacts: [{ type: 'file', name: 'cleaned.csv', media_type: 'text/csv', url }] };
      },
      {},
      files,
    );
    expect((await benchmarked(app, agent)).status).toBe('passed');
  });

  test('is asked for a new capability alone, and stays live whatever comes of that', async () => {
    const app = await startApp();
    const agent = await kitAgent(app, (request, context) =>
      (request.task_type === CSV.task_type ? cleaner : rubbish)(request, context),
    );
    await benchmarked(app, agent);
    await app.call('PATCH', `/agents/${agent.id}`, { key: agent.key, body: { capabilities: [CSV, NESTED] } });
    const second = await benchmarked(app, agent);
    expect([resultsOf(second), second.purpose]).toEqual([{ [NESTED.task_type]: 'failed' }, 'activation']);
    const { visibility, capabilities } = await myAgent(app, agent.key, agent.id);
    expect(visibility).toBe('live');
    expect(capabilities.map(({ task_type, passed_at }) => [task_type, passed_at !== null])).toEqual([
      [CSV.task_type, true],
      [NESTED.task_type, false],
    ]);
    app.clock.advance(3_600_000);
    const again = await start(app, agent, {}, { capabilities: [CSV] });
    expect(again.body.data).toMatchObject({ purpose: 'requalification', failures: 1 });
    const { data } = (await app.call('GET', `/agents/${agent.id}/benchmark/runs?limit=1`, { key: agent.key })).body;
    expect(data).toMatchObject([{ purpose: 'requalification' }]);
  });
});

test('a live agent that was changed is tested again by itself, and stays live meanwhile', async () => {
  const app = await startApp();
  const agent = await kitAgent(app, cleaner);
  await benchmarked(app, agent);
  const requalify = () => app.get(Chores).run('requalify-agents');
  await requalify();
  await app.call('PATCH', `/agents/${agent.id}`, { key: agent.key, body: { model_notes: 'another model' } });
  await requalify();
  const { data } = (await app.call('GET', `/agents/${agent.id}/benchmark/runs`, { key: agent.key })).body;
  expect(data).toHaveLength(1);
  await app.db.query(`UPDATE agents SET updated_at = now() - interval '11 minutes'`);
  const runs = async () => {
    await requalify();
    return (await app.call('GET', `/agents/${agent.id}/benchmark/runs`, { key: agent.key })).body.data.length;
  };
  await expect.poll(runs).toBe(2);
  expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('live');
  expect(await ended(app, agent)).toMatchObject({ purpose: 'requalification', agent_version: 2 });
});

describe('an agent that does not', () => {
  test('stays a draft, is told what was missing and what would have passed, and waits before the next try', async () => {
    const app = await startApp({ env: { BENCHMARK_COOLDOWNS_S: '600,1200' } });
    const agent = await kitAgent(app, rubbish);
    const run = await benchmarked(app, agent);

    expect(run).toMatchObject({ status: 'failed', reason: 'fixtures_failed', failures: 1 });
    for (const one of run.cases) {
      expect(one.dimensions.flatMap(({ feedback }) => feedback).join()).toMatch(/No: ./);
      expect(one.answer).toContainEqual({ asks: expect.any(String), met: 'no', evidence: expect.any(String) });
      expect(one.would_have_passed.length).toBeGreaterThan(1);
    }
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('draft');
    const [event] = (await eventsOf(app, agent.accountId)).filter(({ type }) => type === 'benchmark.failed');
    const { next_allowed_at, next_allowed_why } = run;
    expect(event?.data).toMatchObject({ run_id: run.id, next_allowed_at, next_allowed_why: 'the last run failed' });

    const early = await start(app, agent);
    expect([early.status, codeOf(early)]).toEqual([409, 'BENCHMARK_COOLDOWN']);
    expect(early.body.error.message).toContain(`${next_allowed_at}: ${next_allowed_why}`);
    await app.db.query("UPDATE benchmark_runs SET next_allowed_at = now() - interval '1 second'");
    const second = await benchmarked(app, agent);
    const waitMs = Date.parse(second.next_allowed_at ?? '') - Date.parse(second.finished_at ?? '');
    expect([second.failures, waitMs]).toEqual([2, 1_200_000]);
  });

  test('and has memorised the answers to the briefs of another run fails with those', async () => {
    const app = running();
    const seen = new Map<number, string>();
    const remember: Work = async (request, context) => {
      seen.set(seen.size, await cleaned(request, context));
      return { artifacts: [csv('cleaned.csv', seen.get(seen.size - 1) ?? '')] };
    };
    let work = remember;
    const agent = await kitAgent(app, (...asked) => work(...asked), { max_concurrency: 1 });
    expect((await benchmarked(app, agent)).status).toBe('passed');
    let next = 0;
    work = () => ({ artifacts: [csv('cleaned.csv', seen.get(next++) ?? '')] });
    const again = await benchmarked(app, agent);
    expect(again.cases.map(({ level, result }) => [level, result])).toEqual(LEVELS.map((level) => [level, 'failed']));
    expect(again.cases[0]?.reason).toMatch(/^wrong answer|over what could be decided/);
  });

  test('and is not where it was said to be waits a short while, and that counts as no failure', async () => {
    const app = await startApp({ env: { CALL_MAX_ATTEMPTS: '1' } });
    const agent = await kitAgent(app, cleaner);
    await app.db.query(`UPDATE agents SET endpoint_url = 'http://127.0.0.1:9/execute' WHERE id = $1`, [agent.id]);
    const run = await benchmarked(app, agent);
    expect(run).toMatchObject({ status: 'failed', reason: 'unreachable', failures: 0 });
    expect(run.next_allowed_why).toContain('reached');
    expect(Date.parse(run.next_allowed_at ?? '') - Date.parse(run.finished_at ?? '')).toBe(300_000);
  });

  test.each<[string, Work, object]>([
    [
      'declines what it declares',
      () => {
        throw new Decline('not my kind of work');
      },
      { status: 'declined', reason: 'declined: not my kind of work' },
    ],
    [
      'breaks down',
      () => {
        throw new AgentError('broken', 'out of order', { retryable: false });
      },
      { status: 'failed', reason: expect.stringContaining('out of order') },
    ],
    [
      'wants more than there is',
      () => ({ artifacts: [csv('cleaned.csv', 'id\n1')], price: 5_000 }),
      { status: 'failed', reason: expect.stringMatching(/^price: /) },
    ],
    [
      'names a file that is not there',
      () => ({
        artifacts: [{ type: 'text', name: 'a.txt', media_type: 'text/plain', url: 'http://127.0.0.1:9/gone' }],
      }),
      { status: 'failed', reason: expect.stringContaining('could not be fetched') },
    ],
  ])('and %s fails with that reason', async (_, work, expected) => {
    const app = running();
    const run = await benchmarked(app, await kitAgent(app, work));
    expect(run).toMatchObject({ status: 'failed', reason: 'fixtures_failed' });
    expect(run.cases).toMatchObject(Array(3).fill({ ...expected, result: 'failed' }));
  });

  test('and is too slow is late', async () => {
    const app = await startApp({ env: { PROTOTYPE_WINDOW_S: '6', CALL_LATE_GRACE_S: '0' } });
    const never = gate();
    const run = await benchmarked(
      app,
      await kitAgent(app, () => never.opened.then(() => ({ artifacts: [text('a.txt', 'too late')] }))),
    );
    never.open();
    const late = { status: 'late', result: 'failed', reason: expect.stringMatching(/^(timed_out|late):/) };
    expect(run.cases).toMatchObject(Array(3).fill(late));
  });
});

test('while a run goes, its operator sees neither the seed nor the answer, and an admin sees the seed', async () => {
  const app = running();
  const held = gate();
  const agent = await kitAgent(app, (...asked) => held.opened.then(() => cleaner(...asked)));
  const { id } = (await start(app, agent)).body.data;
  const path = `/agents/${agent.id}/benchmark/runs/${id}`;
  const during = (await app.call('GET', path, { key: agent.key })).body.data;
  expect(during.cases.map((one: { seed: unknown; answer: unknown }) => [one.seed, one.answer])).toEqual(
    Array(3).fill([null, []]),
  );
  const { key } = await anOperator(app, ['read', 'agents']);
  expect(codeOf(await app.call('GET', path, { key }))).toBe('AGENT_NOT_FOUND');
  expect((await app.call('GET', `/admin/benchmarks/${id}`, { key: agent.key })).status).toBe(403);
  const admin = await anAdmin(app);
  const all = (await app.call('GET', `/admin/benchmarks/${id}`, { key: admin })).body.data;
  expect(all.cases[0].seed).toMatch(/^[0-9a-f]{32}$/);
  held.open();
});
