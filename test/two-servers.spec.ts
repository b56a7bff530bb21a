import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answer, gate } from './support/agents.js';
import { type Answer, call } from './support/app.js';
import { brief, liveAgent, ok, type Person, postTask, reaches, signUp } from './support/market.js';
import { ServerProcess } from './support/server-process.js';
import { PATIENCE_MS } from './support/until.js';

const ENV = { PRESENTED_MIN_SCORE: '0', CALL_LATE_START_S: '300' };

async function two(env: Record<string, string> = {}): Promise<[ServerProcess, ServerProcess]> {
  const a = await ServerProcess.start({ ...ENV, ...env });
  return [a, await ServerProcess.start({ ...ENV, ...env }, a)];
}

describe('two servers on one database', () => {
  test('share the calls, and a limit of one holds over both', async () => {
    // One call at a time in each process, so that neither can do all of it.
    const [a, b] = await two({ CALLS_PER_PROCESS: '1' });
    const buyer = await signUp(a);
    const slowly = answer();
    const both = gate();
    // It answers nobody until two calls are there at once: one from each process, since neither makes two.
    const pair = await liveAgent(a, async (received, response) => {
      if (pair.agent.log.length >= 2) both.open();
      await both.opened;
      await slowly(received, response);
    });
    const limited = await liveAgent(
      a,
      async (received, response) => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await slowly(received, response);
      },
      { max_concurrency: 1 },
    );
    const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => postTask(i % 2 ? a : b, buyer, { budget: 10 })));
    await Promise.all(ids.map((id) => reaches(a, buyer, id, 'review')));

    const workers = await a.db.query('SELECT DISTINCT worker_id FROM call_attempts');
    expect(workers).toHaveLength(2);
    expect(limited.agent.mostAtOnce).toBe(1);
    expect(limited.agent.log).toHaveLength(8);
    expect(limited.agent.callIds('prototype')).toHaveLength(8);
  });

  test('can be split into one that serves and one that works', async () => {
    const api = await ServerProcess.start({ ...ENV, ROLE: 'api', PUBLIC_URL: 'http://127.0.0.1:1' });
    const worker = await ServerProcess.start({ ...ENV, ROLE: 'worker', PUBLIC_URL: 'http://127.0.0.1:1' }, api);
    const buyer = await signUp(api);
    await liveAgent(api);
    const id = await postTask(api, buyer);
    await reaches(api, buyer, id, 'review');
    const refused: Answer = await call(worker.url, 'POST', '/tasks', { key: buyer.key, body: brief() });
    expect(refused.status).toBe(404);
    expect((await call(worker.url, 'GET', '/health/ready')).status).toBe(200);
  });
});

describe('two servers that stay', () => {
  // Started once for all of these: what one test does to them, the next one finds.
  let a: ServerProcess;
  let b: ServerProcess;
  beforeAll(async () => {
    a = await ServerProcess.shared(ENV);
    b = await ServerProcess.shared(ENV, a);
  });
  afterEach(async () => {
    await a.db.query('UPDATE agents SET paused_at = now() WHERE paused_at IS NULL');
  });
  afterAll(async () => {
    await b.kill();
    await a.remove();
  });

  test('tell a subscriber of one what happens on the other, once and in order', async () => {
    const buyer = await signUp(a);
    await liveAgent(a);
    await liveAgent(a);
    const ids = new Set<string>();
    const heard = follow(a, buyer, 10 * 7);
    for (let i = 0; i < 10; i++) ids.add(await postTask(b, buyer, { budget: 10 }));
    for (const id of ids) await reaches(b, buyer, id, 'review');

    const events = await heard;
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const stored = await ok(call(b.url, 'GET', '/events?limit=500', { key: buyer.key }));
    expect(events.map(({ id }) => id)).toEqual(stored.body.data.map(({ id }: { id: string }) => id));
    for (const task of ids) {
      const own = events
        .filter((event) => event.task === task && event.type.startsWith('task.'))
        .map(({ type }) => type);
      expect(own).toEqual(['task.open', 'task.matching', 'task.prototyping', 'task.judging', 'task.review']);
    }
  });

  test('survive each other: what one was doing when it was killed, the other finishes', async () => {
    const buyer = await signUp(b);
    const [arrived, held] = [gate(), gate()];
    const { agent } = await liveAgent(b, async (received, response) => {
      arrived.open();
      await held.opened;
      await answer()(received, response);
    });
    const id = await postTask(b, buyer);
    await arrived.opened;
    const [attempt] = await b.db.query<{ pid: number }>(
      'SELECT w.pid FROM call_attempts t JOIN workers w ON w.id = t.worker_id WHERE t.call_id = $1',
      [agent.callIds('prototype')[0]],
    );
    const [caller, other] = attempt?.pid === a.pid ? [a, b] : [b, a];
    await caller.kill();
    await agent.received(2);
    held.open();
    await reaches(other, buyer, id, 'review');

    expect(agent.callIds('prototype')).toHaveLength(1);
    const outcomes = await other.db.query('SELECT outcome FROM call_attempts WHERE call_id = $1 ORDER BY attempt', [
      agent.callIds('prototype')[0],
    ]);
    expect(outcomes).toEqual([{ outcome: 'unknown' }, { outcome: 'answered' }]);
    expect(await other.db.query('SELECT status FROM bids WHERE task_id = $1', [id])).toEqual([{ status: 'received' }]);
  });

  test('stop when asked to, with what they were doing done, also alone', async () => {
    const alone = a.isRunning ? a : b;
    const buyer = await signUp(alone);
    const [arrived, held] = [gate(), gate()];
    await liveAgent(alone, async (received, response) => {
      arrived.open();
      await held.opened;
      await answer()(received, response);
    });
    const id = await postTask(alone, buyer);
    await arrived.opened;
    const stopped = alone.stop();
    held.open();
    expect(await stopped).toBe(0);
    const bids = await alone.db.query('SELECT status FROM bids WHERE task_id = $1', [id]);
    expect(bids).toEqual([{ status: 'received' }]);
  });
});

interface Heard {
  readonly id: string;
  readonly type: string;
  readonly task: string;
}

/** Reads an event stream until so many events came. */
async function follow({ url }: ServerProcess, { key }: Person, count: number): Promise<Heard[]> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(`${url}/events`, {
    headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' },
    signal,
  });
  if (!response.body) throw new Error('There is no stream.');
  const heard: Heard[] = [];
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const field = (name: string) =>
        frame
          .split('\n')
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim();
      const [id, type, data] = [field('id'), field('event'), field('data')];
      if (id && type && data) heard.push({ id, type, task: JSON.parse(data).task_id });
    }
    if (heard.length >= count) return heard;
  }
  return heard;
}
