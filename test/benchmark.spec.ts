import { createServer, type RequestListener } from 'node:http';
import {
  AgentError,
  type AgentOptions,
  agentHandler,
  Decline,
  type ExecuteRequest,
  readAttachment,
  text,
  type Work,
} from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import type { BenchmarkRunView } from '../src/benchmark/benchmark.schema.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { taskType } from '../src/registry/taxonomy.js';
import { gate } from './support/agents.js';
import { startApp, type TestApp } from './support/app.js';
import { listening } from './support/loopback.js';
import { anOperator, codeOf, eventsOf, myAgent, register } from './support/registry.js';

const REGEX = { category: 'programming', task_type: 'regex-from-examples' };
const CSV = { category: 'data', task_type: 'csv-cleaning' };
const PATTERN = '^[A-Z]{2}-\\d{8}-[\\dX]$';
const CLEANED = `id,name,email,joined,status
3,Ines Prado,ines.prado@post.example,2016-04-03,active
4,Piotr Nowak,piotr.nowak@post.example,2016-11-30,left
5,Leo Martin,leo.martin@post.example,2017-01-17,left
7,Jonas Weber,jonas.weber@post.example,2018-05-14,active
11,Greta Holm,greta.holm@post.example,2019-02-28,paused
12,Mei Tanaka,mei@tanaka.example,2019-09-21,active
15,Otto Lind,otto@lind.example,2021-12-01,active
22,Aino Salo,aino.salo@post.example,2023-06-30,active
24,Noor Bakker,noor.bakker@post.example,2024-03-09,active
`;

const goodPattern: Work = () => ({ artifacts: [text('pattern.txt', PATTERN)], price: 20 });
const rubbish: Work = () => ({ artifacts: [text('pattern.txt', 'Here is your expression')], price: 20 });

interface Registered {
  readonly id: string;
  readonly key: string;
  readonly accountId: string;
  readonly requests: ExecuteRequest[];
  readonly origin: string;
}

/** A registered agent of the kit on loopback. `files` are what it serves besides. */
async function kitAgent(
  app: TestApp,
  prototype: Work,
  changes: Record<string, unknown> = {},
  files?: RequestListener,
): Promise<Registered> {
  const requests: ExecuteRequest[] = [];
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const origin = `http://127.0.0.1:${await listening(createServer((request, response) => handle(request, response)))}`;
  const { key, accountId } = await anOperator(app, ['read', 'agents']);
  const capabilities = [REGEX];
  const { agent, secret } = await register(app, key, { endpoint_url: `${origin}/execute`, capabilities, ...changes });
  const options: AgentOptions = {
    secret,
    prototype: (request, context) => {
      requests.push(request);
      return prototype(request, context);
    },
    deliver: prototype,
    onError: () => {},
  };
  const { node } = agentHandler(options);
  handle = (request, response) =>
    files && request.url?.startsWith('/files/') ? files(request, response) : node(request, response);
  return { id: agent.id, key, accountId, requests, origin };
}

const start = (app: TestApp, { id, key }: { id: string; key: string }, headers: Record<string, string> = {}) =>
  app.call('POST', `/agents/${id}/benchmark`, { key, headers });

/** The newest run, once it is over; waits for its event. */
async function ended(app: TestApp, { id, key }: Registered): Promise<BenchmarkRunView> {
  for (let after = ''; ; ) {
    const { body } = await app.call('GET', `/events?wait=10${after && `&after=${after}`}`, { key });
    if (body.data.length === 0) throw new Error('The run did not end.');
    after = body.meta.next_cursor;
    const { data } = (await app.call('GET', `/agents/${id}/benchmark`, { key })).body;
    if (data.status !== 'running') return data;
  }
}

/** Starts a run and sees it to its end. */
async function benchmarked(app: TestApp, agent: Registered): Promise<BenchmarkRunView> {
  const answer = await start(app, agent);
  expect([answer.status, answer.body.data?.status]).toEqual([202, 'running']);
  return ended(app, agent);
}

const resultsOf = (run: BenchmarkRunView) => Object.fromEntries(run.cases.map((one) => [one.task_type, one.result]));

describe('an agent that answers its fixtures well', () => {
  test('goes live, is proven in what it declares, and its operator hears of both', async () => {
    const app = await startApp();
    const agent = await kitAgent(app, goodPattern);
    const run = await benchmarked(app, agent);

    expect(run).toMatchObject({ status: 'passed', reason: null, agent_version: 1, next_allowed_at: null });
    const [one] = run.cases;
    expect(one).toMatchObject({ ...REGEX, status: 'judged', result: 'passed', reason: null });
    expect(one?.decided_score).toBeGreaterThanOrEqual(60);
    expect(one?.decidable_share).toBeGreaterThan(0.5);
    expect(one?.criteria.length).toBeGreaterThan(3);
    const { visibility, active, capabilities } = await myAgent(app, agent.key, agent.id);
    expect([visibility, active]).toEqual(['live', true]);
    expect(capabilities).toMatchObject([{ ...REGEX, passed_at: expect.any(String) }]);
    const events = (await eventsOf(app, agent.accountId)).filter(({ type }) => /^(benchmark|agent\.live)/.test(type));
    expect(events.map(({ type }) => type)).toEqual(['benchmark.passed', 'agent.live']);
    expect(events[0]?.data).toMatchObject({
      agent_id: agent.id,
      run_id: run.id,
      cases: [{ task_type: REGEX.task_type, result: 'passed' }],
    });
  });

  test('was asked as for any task: the fixture as a brief, signed, with a window and a budget that fits it', async () => {
    const app = await startApp();
    const agent = await kitAgent(app, () => ({ artifacts: [text('pattern.txt', PATTERN)] }), { min_price: 700 });
    const run = await benchmarked(app, agent);

    const [request] = agent.requests;
    const fixture = taskType(REGEX.task_type)?.fixture;
    expect(agent.requests).toHaveLength(1);
    expect(request).toMatchObject({
      ...REGEX,
      title: fixture?.title,
      description: fixture?.description,
      phase: 'prototype',
      round: 1,
    });
    expect(request).toMatchObject({
      requirements: fixture?.requirements,
      call_id: run.cases[0]?.call_id,
      budget: { amount: 700 },
    });
    expect(JSON.stringify(request)).not.toMatch(/benchmark|fixture/i);
  });

  test('reads the attachments by their links, and may answer with a link of its own', async () => {
    const app = await startApp();
    const files: RequestListener = (_, response) => response.end(CLEANED);
    const agent = await kitAgent(
      app,
      async (request, { signal }) => {
        const [attachment] = request.attachments;
        if (!attachment) throw new Decline('There is no list.');
        const bytes = await readAttachment(attachment, { maxBytes: attachment.size, signal });
        if (Buffer.from(bytes).toString() !== taskType('csv-cleaning')?.fixture.attachments?.[0]?.content)
          throw new Decline('Another list.');
        return {
          artifacts: [
            { type: 'file', name: 'cleaned.csv', media_type: 'text/csv', url: `${agent.origin}/files/cleaned.csv` },
          ],
        };
      },
      { capabilities: [CSV] },
      files,
    );
    const run = await benchmarked(app, agent);

    expect(run.cases[0]).toMatchObject({ result: 'passed', reason: null });
    const url = new URL(agent.requests[0]?.attachments[0]?.url ?? '');
    const [good, forged, other] = await Promise.all(
      [
        url.pathname + url.search,
        `${url.pathname}?expires=9999999999&signature=${'A'.repeat(43)}`,
        url.pathname.replace(/0$/, '1') + url.search,
      ].map((path) => app.call('GET', path)),
    );
    expect([good?.status, good?.headers['content-type']]).toEqual([200, 'text/csv']);
    expect([forged, other].map((answer) => answer && [answer.status, codeOf(answer)])).toEqual([
      [403, 'LINK_EXPIRED'],
      [403, 'LINK_EXPIRED'],
    ]);
    app.clock.advance(61 * 60_000);
    expect((await app.call('GET', url.pathname + url.search)).status).toBe(403);
  });

  test('may be tested again while it is live, and stays so whatever comes of it', async () => {
    const app = await startApp();
    let work = goodPattern;
    const agent = await kitAgent(app, (...asked) => work(...asked));
    await benchmarked(app, agent);
    work = rubbish;
    expect((await benchmarked(app, agent)).status).toBe('failed');
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('live');
    const { data } = (await app.call('GET', `/agents/${agent.id}/benchmark/runs?limit=1`, { key: agent.key })).body;
    expect(data).toMatchObject([{ status: 'failed', reason: 'fixtures_failed' }]);
  });
});

describe('an agent that does not', () => {
  test('stays a draft, is told what was missing in each dimension, and waits before the next try', async () => {
    const app = await startApp({ env: { BENCHMARK_COOLDOWN_S: '600' } });
    const agent = await kitAgent(app, rubbish);
    const run = await benchmarked(app, agent);

    expect(run).toMatchObject({ status: 'failed', reason: 'fixtures_failed' });
    const [one] = run.cases;
    expect(one?.reason).toMatch(/60 is needed/);
    const examples = one?.dimensions.find(({ key }) => key === 'examples');
    expect(examples?.feedback.join()).toMatch(/match every good example whole.*No: ./);
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('draft');
    const [event] = (await eventsOf(app, agent.accountId)).filter(({ type }) => type === 'benchmark.failed');
    expect(event?.data).toMatchObject({ run_id: run.id, next_allowed_at: run.next_allowed_at });

    const early = await start(app, agent);
    expect([early.status, codeOf(early)]).toEqual([409, 'BENCHMARK_COOLDOWN']);
    expect(early.body.error.message).toContain(run.next_allowed_at);
    app.clock.advance(600_000);
    expect((await start(app, agent)).status).toBe(202);
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
      'fails',
      () => {
        throw new AgentError('broken', 'out of order', { retryable: false });
      },
      { status: 'failed', reason: expect.stringContaining('out of order') },
    ],
    [
      'wants more than there is',
      () => ({ artifacts: [text('pattern.txt', PATTERN)], price: 501 }),
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
    const app = await startApp();
    const run = await benchmarked(app, await kitAgent(app, work));
    expect(run).toMatchObject({
      status: 'failed',
      reason: 'fixtures_failed',
      cases: [{ ...expected, result: 'failed' }],
    });
  });

  test('and is too slow is late', async () => {
    const app = await startApp({ env: { PROTOTYPE_WINDOW_S: '2', CALL_LATE_GRACE_S: '0' } });
    const never = gate();
    const run = await benchmarked(
      app,
      await kitAgent(app, () => never.opened.then(() => ({ artifacts: [text('a.txt', PATTERN)] }))),
    );
    never.open();
    expect(run.cases).toMatchObject([
      { status: 'late', result: 'failed', reason: expect.stringMatching(/^(timed_out|late|bad_status)/) },
    ]);
  });

  test('for one of its task types passes in none', async () => {
    const app = await startApp();
    const agent = await kitAgent(app, goodPattern, { capabilities: [REGEX, CSV] });
    const run = await benchmarked(app, agent);
    expect(resultsOf(run)).toEqual({ [REGEX.task_type]: 'passed', [CSV.task_type]: 'failed' });
    const { capabilities } = await myAgent(app, agent.key, agent.id);
    expect(capabilities.map(({ passed_at }) => passed_at)).toEqual([null, null]);
  });
});

describe('a run', () => {
  test('where too little can be decided fails nothing and proves nothing', async () => {
    const app = await startApp({ env: { BENCHMARK_DECIDABLE_SHARE: '0.99' } });
    const agent = await kitAgent(app, goodPattern);
    const run = await benchmarked(app, agent);
    expect(run).toMatchObject({ status: 'failed', reason: 'undecidable' });
    expect(run.cases).toMatchObject([
      { result: 'undecidable', reason: expect.stringContaining('undecidable without a model') },
    ]);
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('draft');
  });

  test('takes no more of an agent at a time than it offers, and gives each case a whole window', async () => {
    const app = await startApp();
    let now = 0;
    let most = 0;
    const seen: number[] = [];
    const agent = await kitAgent(
      app,
      async (request, { remainingMs }) => {
        most = Math.max(most, ++now);
        seen.push(remainingMs());
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        now--;
        throw new Decline(request.task_type);
      },
      { max_concurrency: 1, capabilities: [{ category: 'programming' }] },
    );
    const run = await benchmarked(app, agent);

    expect([run.cases.length, most, new Set(agent.requests.map(({ call_id }) => call_id)).size]).toEqual([3, 1, 3]);
    expect(Math.min(...seen)).toBeGreaterThan(419_000);
  });

  test('is one at a time, and one for one Idempotency-Key', async () => {
    const app = await startApp();
    const held = gate();
    const agent = await kitAgent(app, (...asked) => held.opened.then(() => goodPattern(...asked)));
    const keyed = { 'idempotency-key': 'b1' };
    const answers = await Promise.all([start(app, agent, keyed), start(app, agent, keyed)]);
    const second = await start(app, agent);

    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[0]?.body.data.id).toBe(answers[1]?.body.data.id);
    expect([second.status, codeOf(second)]).toEqual([409, 'BENCHMARK_RUNNING']);
    held.open();
    expect((await ended(app, agent)).status).toBe('passed');
    expect(agent.requests).toHaveLength(1);
  });

  test('proves nothing for an agent that was changed meanwhile', async () => {
    const app = await startApp();
    const held = gate();
    const agent = await kitAgent(app, (...asked) => held.opened.then(() => goodPattern(...asked)));
    await start(app, agent);
    await app.call('PATCH', `/agents/${agent.id}`, { key: agent.key, body: { model_notes: 'another model' } });
    held.open();
    expect(await ended(app, agent)).toMatchObject({ status: 'failed', reason: 'agent_changed' });
    expect((await myAgent(app, agent.key, agent.id)).visibility).toBe('draft');
  });

  test('that our side never made is ended by the clock, costs the agent nothing and may be repeated at once', async () => {
    const app = await startApp({ env: { ROLE: 'api' } });
    const agent = await kitAgent(app, goodPattern);
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
      cases: [{ status: 'not_called', result: 'our_fault' }],
    });
    expect((await start(app, agent)).status).toBe(202);
  });
});

describe('a benchmark is refused', () => {
  test('to everybody but the operator, who is told when there is none yet', async () => {
    const app = await startApp({ env: { ROLE: 'api' } });
    const agent = await kitAgent(app, goodPattern);
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
    const app = await startApp({ env: { ROLE: 'api' } });
    const agent = await kitAgent(app, goodPattern);
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
