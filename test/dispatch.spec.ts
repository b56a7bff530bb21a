import { describe, expect, test, vi } from 'vitest';
import { Caller } from '../src/dispatch/caller.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { answer, gate, send, work } from './support/agents.js';
import { call, startApp, type TestApp } from './support/app.js';
import { gallery, liveAgent, ok, postTask, reaches, signUp } from './support/market.js';
import { until } from './support/until.js';

const SHOWN = { PRESENTED_MIN_SCORE: '0' };

interface AttemptRow {
  attempt: number;
  outcome: string | null;
  reason: string | null;
  status: number | null;
}

const attempts = (app: TestApp) =>
  app.db.query<AttemptRow>('SELECT attempt, outcome, reason, status FROM call_attempts ORDER BY started_at, attempt');

describe('a call', () => {
  test('has its attempt’s row committed before its first byte is sent', async () => {
    const app = await startApp({ env: SHOWN });
    const buyer = await signUp(app);
    let seen: unknown = null;
    await liveAgent(app, async (received, response) => {
      [seen] = await app.db.query('SELECT attempt, outcome FROM call_attempts WHERE call_id = $1', [received.callId]);
      await answer()(received, response);
    });
    await reaches(app, buyer, await postTask(app, buyer), 'review');
    expect(seen).toEqual({ attempt: 1, outcome: null });
  });

  test('leaves a trace with its times, sizes and bodies, and no secret in it', async () => {
    const app = await startApp({ env: SHOWN });
    const buyer = await signUp(app);
    await liveAgent(app, (_, response) =>
      send(response, work('see https://example.com/a?token=hidden and whsec_aGlkZGVuaGlkZGVuaGlkZGVuaGlkZGVu')),
    );
    await reaches(app, buyer, await postTask(app, buyer), 'review');
    const [trace] = await app.db.query<Record<string, unknown>>(
      'SELECT t.*, c.request_head FROM call_attempts t JOIN calls c ON c.id = t.call_id',
    );
    expect(trace).toMatchObject({ phase: 'prototype', outcome: 'answered', status: 200 });
    for (const number of ['first_byte_ms', 'total_ms', 'bytes_sent', 'bytes_received'])
      expect(Number(trace?.[number])).toBeGreaterThan(0);
    expect(trace?.response_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(String(trace?.response_head)).toContain('https://example.com/a?[removed]');
    expect(JSON.stringify(trace)).not.toContain('hidden');
    expect(JSON.stringify(trace)).not.toContain('aGlkZGVu');
  });

  test('carries the headers of the contract, and two signatures while a secret is rotated', async () => {
    const app = await startApp({ env: SHOWN });
    const buyer = await signUp(app);
    const { id, agent, operator } = await liveAgent(app);
    await ok(call(app.url, 'POST', `/agents/${id}/rotate-secret`, { key: operator.key, body: {} }));
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    const { headers, callId, request } = agent.log[0] ?? {};
    expect(headers).toMatchObject({
      'bakeoff-task-id': taskId,
      'bakeoff-phase': 'prototype',
      'content-type': 'application/json',
      'webhook-id': callId,
    });
    expect(headers?.['user-agent']).toMatch(/^Bakeoff\/\d/);
    expect(headers?.['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(request).toMatchObject({
      contract_version: '1',
      call_id: callId,
      task_id: taskId,
      round: 1,
      budget: { amount: 100, currency: 'credits' },
    });
  });

  test('that is answered too late is kept in the trace and never judged', async () => {
    const app = await startApp({ env: { ...SHOWN, PROTOTYPE_WINDOW_S: '400' } });
    const buyer = await signUp(app);
    await liveAgent(app, answer());
    const held = gate();
    await liveAgent(app, async (received, response) => {
      await held.opened;
      await answer()(received, response);
    });
    const taskId = await postTask(app, buyer);
    await until(async () => (await gallery(app, buyer, taskId)).answered === 1);
    app.clock.advance(402_000);
    await reaches(app, buyer, taskId, 'review');
    held.open();
    await until(async () => (await attempts(app)).every(({ outcome }) => outcome !== null));
    expect((await attempts(app)).map(({ outcome, reason }) => [outcome, reason]).sort()).toEqual([
      ['answered', null],
      ['failed', 'late'],
    ]);
    const [late] = await app.db.query(`SELECT response_hash FROM call_attempts WHERE reason = 'late'`);
    expect(late).toMatchObject({ response_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await gallery(app, buyer, taskId)).bids).toHaveLength(1);
    expect(await app.db.query('SELECT count(*)::int AS n FROM judgements')).toEqual([{ n: 1 }]);
  });

  test('that our side starts too late is not made, and is nobody’s fault', async () => {
    const env = { ...SHOWN, ROLE: 'api', CALL_LATE_START_S: '5' };
    const app = await startApp({ env });
    const worker = await startApp({ beside: app, env });
    const buyer = await signUp(app);
    const { agent, id } = await liveAgent(app);
    const taskId = await postTask(app, buyer);
    // The round opens and its calls are sent; then nobody works for six seconds.
    const { Rounds } = await import('../src/tasks/rounds.service.js');
    const { Bidding } = await import('../src/tasks/bidding.service.js');
    await app.get(Rounds).open(taskId);
    app.clock.advance(6_000);
    const [{ id: callId } = { id: '' }] = await app.db.query<{ id: string }>('SELECT id FROM calls');
    await worker.get(Bidding).call(callId);
    expect(agent.log).toEqual([]);
    expect(await app.db.query('SELECT status, reason FROM bids')).toEqual([
      { status: 'not_called', reason: expect.stringMatching(/^our side was \d+ s late$/) },
    ]);
    expect(
      await app.db.query('SELECT late, failed FROM agent_standing WHERE agent_id = $1 AND (late > 0 OR failed > 0)', [
        id,
      ]),
    ).toEqual([]);
  });

  test.each<[string, Parameters<typeof liveAgent>[1], string]>([
    [
      'an answer over 10 MiB',
      (_, response) => void response.writeHead(200).end(Buffer.alloc(11 * 2 ** 20, 32)),
      'too_large',
    ],
    [
      'a connection that breaks off',
      (_, response) => void response.writeHead(200, { 'content-length': 100 }).write('{"', () => response.destroy()),
      'reset',
    ],
    ['something that is not JSON', (_, response) => send(response, '<html>'), 'bad_body'],
    ['a NUL in a text', (_, response) => send(response, work('a\u0000b')), 'bad_body'],
    [
      'an artifact with a path for a name',
      (_, response) =>
        send(response, { artifacts: [{ type: 'text', name: '../x', media_type: 'text/plain', content: 'x' }] }),
      'bad_body',
    ],
    [
      'a status that is no success',
      (_, response) => send(response, { error: { code: 'no', message: 'no' } }, 403),
      'bad_status',
    ],
  ])('that meets %s fails with its reason, and the others go on', async (_name, reply, reason) => {
    const app = await startApp({ env: { ...SHOWN, CALL_MAX_ATTEMPTS: '2' } });
    const buyer = await signUp(app);
    const bad = await liveAgent(app, reply);
    await liveAgent(app, answer());
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    const [row] = await app.db.query<{ reason: string }>('SELECT reason FROM calls WHERE agent_id = $1', [bad.id]);
    expect(row?.reason).toBe(reason);
    expect((await gallery(app, buyer, taskId)).bids).toHaveLength(1);
  });

  test('that a fault of ours cuts off is made again, and the agent is not blamed', async () => {
    const app = await startApp({ env: SHOWN });
    const buyer = await signUp(app);
    const { agent, id } = await liveAgent(app);
    vi.spyOn(app.get(Caller), 'keep').mockRejectedValueOnce(new Error('the disk is full'));
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    expect((await attempts(app)).map(({ outcome }) => outcome)).toEqual(['unknown', 'answered']);
    expect(agent.callIds('prototype')).toHaveLength(1);
    expect(await app.db.query('SELECT status FROM bids')).toEqual([{ status: 'received' }]);
    const blame = 'SELECT 1 FROM agent_standing WHERE agent_id = $1 AND (late > 0 OR failed > 0)';
    expect(await app.db.query(blame, [id])).toEqual([]);
  });

  test('waits for a slot of its agent without holding anything, and takes it the moment it is free', async () => {
    const app = await startApp({ env: SHOWN });
    const buyer = await signUp(app);
    const held = gate();
    const { agent } = await liveAgent(
      app,
      async (received, response) => {
        await held.opened;
        await answer()(received, response);
      },
      { max_concurrency: 1 },
    );
    const tasks = [await postTask(app, buyer), await postTask(app, buyer), await postTask(app, buyer)];
    await agent.received(1);
    await until(async () => (await app.db.query('SELECT 1 FROM calls WHERE waiting_since IS NOT NULL')).length === 2);
    expect(
      await app.db.query(
        `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'prototype' AND state IN ('created', 'retry')`,
      ),
    ).toEqual([{ n: 0 }]);
    held.open();
    for (const task of tasks) await reaches(app, buyer, task, 'review');
    expect(agent.mostAtOnce).toBe(1);
    expect(agent.log).toHaveLength(3);
  });

  test('is forgotten with its bodies after its time, and the bid stays', async () => {
    const app = await startApp({ env: SHOWN });
    const buyer = await signUp(app);
    await liveAgent(app);
    const taskId = await postTask(app, buyer);
    await reaches(app, buyer, taskId, 'review');
    app.clock.advance(31 * 86_400_000);
    await app.get(Chores).run('forget-traces');
    expect(
      await app.db.query('SELECT (SELECT count(*)::int FROM calls) + (SELECT count(*)::int FROM call_attempts) AS n'),
    ).toEqual([{ n: 0 }]);
    expect(await app.db.query('SELECT status FROM bids')).toEqual([{ status: 'received' }]);
  });
});
