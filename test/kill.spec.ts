import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answer, gate, type Reply, send, work } from './support/agents.js';
import { type Answer, call } from './support/app.js';
import { Hold, type Point } from './support/holds.js';
import { brief, liveAgent, type Person, type Placed, reaches, signUp } from './support/market.js';
import { ServerProcess } from './support/server-process.js';
import { until } from './support/until.js';

const ENV = { PRESENTED_MIN_SCORE: '0', CALL_LATE_START_S: '300' };

/** Something that holds the product still at the moment, and lets it go on after the kill. */
interface Held {
  reached(): Promise<void>;
  release(): Promise<void>;
}

interface Stage {
  readonly server: ServerProcess;
  readonly buyer: Person;
  readonly placed: readonly Placed[];
}

type Arm = (stage: Stage) => Promise<Held>;

const at =
  (point: Point): Arm =>
  ({ server }) =>
    Hold.at(server.db, point);
const becomes = (status: string): Arm =>
  at({ table: 'tasks', on: 'UPDATE', when: `NEW.status = '${status}' AND OLD.status <> NEW.status` });

/** The first agent stops at one of its calls: `before` it answers a byte, or in the `middle` of its answer. */
const agentStops =
  (phase: 'prototype' | 'delivery', where: 'before' | 'middle'): Arm =>
  async ({ placed }) => {
    const agent = placed[0]?.agent;
    if (!agent) throw new Error('There is no agent.');
    const [arrived, open] = [gate(), gate()];
    let isFirst = true;
    const usual = agent.reply;
    const stopping: Reply = async (received, response) => {
      if (received.phase !== phase || !isFirst) return usual(received, response);
      isFirst = false;
      const body = JSON.stringify(work('half and half'));
      if (where === 'middle')
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
          .write(body.slice(0, 20));
      arrived.open();
      await open.opened;
      if (where === 'middle') response.end(body.slice(20));
      else send(response, body);
    };
    agent.reply = stopping;
    return { reached: () => arrived.opened, release: async () => open.open() };
  };

/** The product stands still by itself: the moment is a state that an event announces. */
const quietly =
  (event: string): Arm =>
  async ({ server, buyer }) => ({
    reached: async () => {
      const sql = 'SELECT 1 FROM events WHERE type = $1 AND account_id = $2';
      await until(async () => (await server.db.query(sql, [event, buyer.accountId])).length > 0);
    },
    release: async () => {},
  });

/** The agents were called before: where nobody else looks at their slots, they are called in the transaction that invites them. */
const calledBefore =
  (arm: Arm): Arm =>
  async (stage) => {
    const ids = stage.placed.map(({ id }) => id);
    await stage.server.db.query('INSERT INTO agent_slots (agent_id) SELECT unnest($1::uuid[])', [ids]);
    return arm(stage);
  };

const MOMENTS: Record<string, Arm> = {
  'the post is written and not committed': at({ table: 'events', on: 'INSERT', when: `NEW.type = 'task.open'` }),
  'the post commits and its buyer hears nothing': at({ table: 'tasks', on: 'INSERT', atCommit: true }),
  'the post has committed and triage has not begun': becomes('matching'),
  'triage has begun and nothing is recorded': at({ table: 'triage_decisions', on: 'INSERT' }),
  'triage is recorded and the invitation is not committed': at({
    table: 'calls',
    on: 'INSERT',
    when: `NEW.phase = 'prototype'`,
  }),
  'bidders are invited and no attempt is written': at({ table: 'call_attempts', on: 'INSERT' }),
  'an attempt row is written and nothing is sent': ({ server }) => Hold.readersOf(server.db, 'agent_secrets'),
  'attempts are written with the invitation and not committed': calledBefore(
    at({ table: 'worker_jobs', on: 'INSERT', when: `NEW.queue = 'prototype'` }),
  ),
  'bidders are invited, their attempts have begun and nothing is sent': calledBefore(({ server }) =>
    Hold.readersOf(server.db, 'agent_secrets'),
  ),
  'a request is sent': agentStops('prototype', 'before'),
  'an answer is half read': agentStops('prototype', 'middle'),
  'an answer is read and not committed': at({ table: 'call_attempts', on: 'UPDATE', when: `NEW.outcome = 'answered'` }),
  'a bid is written and not committed': at({ table: 'artifacts', on: 'INSERT', when: 'NEW.bid_id IS NOT NULL' }),
  'the last bid is in and the round is not closed': becomes('judging'),
  'the round is closed and nothing is judged': at({ table: 'judgements', on: 'INSERT' }),
  'bids are judged and the gallery is not open': becomes('review'),
  'the gallery is open and nobody has looked': quietly('task.review'),
  'the pick is written and not committed': becomes('in_progress'),
  'the pick has committed and the winner is not called': at({
    table: 'calls',
    on: 'INSERT',
    when: `NEW.phase = 'delivery'`,
  }),
  'the delivery request is sent': agentStops('delivery', 'before'),
  'the delivery is half read': agentStops('delivery', 'middle'),
  'the delivery is read and not committed': at({ table: 'deliveries', on: 'UPDATE', when: `NEW.status = 'delivered'` }),
  'the delivery waits for the buyer': quietly('task.delivered'),
  'the settlement is written and not committed': at({
    table: 'ledger_transactions',
    on: 'INSERT',
    when: `NEW.kind = 'settlement'`,
  }),
  'the settlement commits and its buyer hears nothing': at({
    table: 'tasks',
    on: 'UPDATE',
    when: `NEW.status = 'completed'`,
    atCommit: true,
  }),
  'the escrow is settled and the event unread': quietly('task.completed'),
};

describe('kill -9 when', () => {
  // One server for all moments: what starts after one kill is what the next one ends.
  let server: ServerProcess;
  beforeAll(async () => {
    server = await ServerProcess.shared(ENV);
  });
  afterEach(async () => {
    if (!server.isRunning) await server.launch();
    await Hold.forget(server.db);
    await server.db.query('UPDATE agents SET paused_at = now() WHERE paused_at IS NULL');
  });
  afterAll(() => server.remove());

  test.each(Object.entries(MOMENTS))('%s changes nothing in the end', async (_name, arm) => {
    const buyer = await signUp(server);
    const placed = [await liveAgent(server, answer({ price: 60 })), await liveAgent(server, answer({ price: 70 }))];
    const held = await arm({ server, buyer, placed });

    const taskId = runContest(server, buyer);
    taskId.catch(() => {});
    await held.reached();
    await server.kill();
    await held.release();
    await server.launch();

    await expectTheUsualEnd(server, buyer, placed, await taskId);
  });
});

/** A buyer's program that repeats what it got no answer to, with the same key, as the documentation tells it to. */
async function runContest(server: ServerProcess, buyer: Person): Promise<string> {
  const posted = await insist(server, buyer, '/tasks', brief({ budget: 100 }));
  const taskId: string = posted.body.data.id;
  await reaches(server, buyer, taskId, 'review');
  const shown = await insistGet(server, buyer, `/tasks/${taskId}/bids`);
  const best = shown.body.data.bids.find(({ rank }: { rank: number }) => rank === 1);
  await insist(server, buyer, `/tasks/${taskId}/select`, { bid_id: best.id });
  await reaches(server, buyer, taskId, 'delivered');
  await insist(server, buyer, `/tasks/${taskId}/approve`);
  return taskId;
}

async function insist(server: ServerProcess, { key }: Person, path: string, body?: unknown): Promise<Answer> {
  const headers = { 'idempotency-key': randomUUID() };
  return again(() => call(server.url, 'POST', path, { key, headers, ...(body === undefined ? {} : { body }) }));
}

async function insistGet(server: ServerProcess, { key }: Person, path: string): Promise<Answer> {
  return again(() => call(server.url, 'GET', path, { key }));
}

async function again(request: () => Promise<Answer>): Promise<Answer> {
  const answered = await until(
    () => request().catch(() => null),
    (each) => each !== null && each.status < 500,
  );
  if (answered && answered.status < 300) return answered;
  throw new Error(`${answered?.status}: ${JSON.stringify(answered?.body)}`);
}

async function expectTheUsualEnd(
  server: ServerProcess,
  buyer: Person,
  placed: readonly Placed[],
  taskId: string,
): Promise<void> {
  const tasks = await server.db.query('SELECT id, status FROM tasks WHERE buyer_id = $1', [buyer.accountId]);
  expect(tasks).toEqual([{ id: taskId, status: 'completed' }]);
  expect(placed.map(({ agent }) => agent.callIds('prototype').length)).toEqual([1, 1]);
  expect(placed.flatMap(({ agent }) => agent.callIds('delivery'))).toHaveLength(1);
  const bids = await server.db.query('SELECT agent_id, status FROM bids WHERE task_id = $1 ORDER BY agent_id', [
    taskId,
  ]);
  expect(bids).toEqual(
    placed.map(({ id }) => ({ agent_id: id, status: 'received' })).sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1)),
  );

  // Other tests' open transactions, in the cluster that all share, may hold the last events back for a moment.
  await reaches(server, buyer, taskId, 'completed');
  const { body } = await insistGet(server, buyer, `/tasks/${taskId}/events?limit=500`);
  const types: string[] = body.data.map(({ type }: { type: string }) => type);
  // It is judged beside all this, before or after the end.
  const judged = `SELECT 1 FROM events WHERE type = 'delivery.judged' AND account_id = $1`;
  await expect.poll(async () => (await server.db.query(judged, [buyer.accountId])).length).toBe(1);
  expect(types.filter((type) => type !== 'delivery.judged').sort()).toEqual([
    'bid.received',
    'bid.received',
    'task.completed',
    'task.delivered',
    'task.in_progress',
    'task.judging',
    'task.matching',
    'task.open',
    'task.prototyping',
    'task.review',
    'task.settled',
  ]);

  const winner = placed.find(({ agent }) => agent.callIds('delivery').length === 1);
  const price = winner === placed[0] ? 60 : 70;
  expect((await insistGet(server, buyer, '/wallet')).body.data).toMatchObject({ available: 500 - price, held: 0 });
  const admin = await anAdmin(server, buyer);
  expect((await insistGet(server, admin, '/admin/ledger/audit')).body.data).toMatchObject({ ok: true, problems: [] });
}

async function anAdmin(server: ServerProcess, { accountId, key }: Person): Promise<Person> {
  await server.db.query(`UPDATE accounts SET role = 'admin' WHERE id = $1`, [accountId]);
  await server.db.query(`UPDATE api_keys SET scopes = array_append(scopes, 'admin') WHERE account_id = $1`, [
    accountId,
  ]);
  return { accountId, key };
}
