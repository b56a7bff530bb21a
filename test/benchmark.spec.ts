import type { RequestListener } from 'node:http';
import { AgentError, Decline, readAttachment, text, type Work } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { taskType } from '../src/registry/taxonomy.js';
import { gate } from './support/agents.js';
import { startApp } from './support/app.js';
import {
  benchmarked,
  CSV,
  goodPattern,
  kitAgent,
  PATTERN,
  REGEX,
  resultsOf,
  rubbish,
  start,
} from './support/benchmark.js';
import { codeOf, eventsOf, myAgent } from './support/registry.js';

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
      'breaks down',
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
      { status: 'late', result: 'failed', reason: expect.stringMatching(/^(timed_out|late):/) },
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
