import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Received, type Reply, send, work } from './support/agents.js';
import { type Answer, call } from './support/app.js';
import { freePort } from './support/loopback.js';
import {
  act,
  gallery,
  liveAgent,
  ok,
  type Person,
  type Placed,
  pickBest,
  postTask,
  reaches,
  signUp,
} from './support/market.js';
import { ServerProcess } from './support/server-process.js';
import { until } from './support/until.js';

/** Says that it has the call, and leaves the answer to the test. */
const acknowledging: Reply = (_, response) => send(response, { accepted: true, eta_seconds: 1 }, 202);

/** The port is what callbacks are sent to, before and after a restart. */
const env = { PRESENTED_MIN_SCORE: '0', CALL_LATE_GRACE_S: '0', PORT: '' };
const PYTHON = fileURLToPath(new URL('../packages/agent-kit/templates/python', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const PROGRAM = `
from bakeoff import run

def work(request, deadline, progress):
    progress("Writing", 50)
    note = {"type": "text", "name": "note.txt", "media_type": "text/plain", "content": request["description"]}
    return {"artifacts": [note], "price": 40}

run({"slug": "later", "capabilities": [], "execution_mode": "async"}, work, work)
`;

let server: ServerProcess;
let buyer: Person;
let placed: Placed;

beforeAll(async () => {
  env.PORT = String(await freePort());
  server = await ServerProcess.shared(env);
  buyer = await signUp(server);
});
afterAll(() => server.remove());
beforeEach(async () => {
  await server.db.query('UPDATE agents SET active = false');
  placed = await liveAgent(server, acknowledging, { execution_mode: 'async' });
});

interface CallingBack {
  path?: string;
  /** The call's own when absent, or of a note a new one. */
  id?: string;
  secret?: string;
  headers?: Record<string, string>;
}

/** Sends something to a call's callback, signed by another implementation than ours. */
async function callBack(
  { request, callId }: Received,
  body: unknown,
  { path = '', id, secret = request.callback?.secret ?? '', headers = {} }: CallingBack = {},
): Promise<Answer> {
  const text = JSON.stringify(body);
  const at = new Date();
  const messageId = id ?? (path ? randomUUID() : callId);
  const signed = {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(messageId, at, text),
  };
  const url = new URL(request.callback?.url ?? '');
  return call(url.origin, 'POST', url.pathname + path, {
    body: text,
    headers: { ...signed, 'content-type': 'application/json', ...headers },
  });
}

/** A posted task, and its call as the agent got it. */
async function called({ agent } = placed): Promise<{ taskId: string; received: Received }> {
  const before = agent.log.length;
  const taskId = await postTask(server, buyer);
  await agent.received(before + 1);
  const received = agent.log[before];
  if (!received) throw new Error('The agent was not called.');
  return { taskId, received };
}

/** As if its window were over: the server tells the time for itself. */
async function deadlinePasses({ callId }: Received): Promise<void> {
  await until(async () => (await trace({ callId })).log[0].acknowledged_at !== null);
  await server.db.query('UPDATE calls SET deadline_at = now() WHERE id = $1', [callId]);
  await server.db.query(
    `UPDATE pgboss.job SET start_after = now() WHERE data ->> 'callId' = $1 AND start_after > now()`,
    [callId],
  );
}

const trace = async ({ callId }: Pick<Received, 'callId'>) =>
  (await ok(call(server.url, 'GET', `/agents/${placed.id}/calls/${callId}`, { key: placed.operator.key }))).body.data;

test('an async agent acknowledges, says how it goes, and answers later: the bid is one like any other', async () => {
  const { taskId, received } = await called();
  const note = { message: '<b>Reading</b> the brief', percent: 20 };
  const noteId = randomUUID();
  await ok(callBack(received, note, { path: '/progress', id: noteId }));
  await ok(callBack(received, note, { path: '/progress', id: noteId }));
  // As if it had come just now, however long ago that was.
  await server.db.query(`UPDATE calls SET progress_at = now() + interval '1 minute' WHERE id = $1`, [received.callId]);
  expect((await callBack(received, note, { path: '/progress' })).body.error.code).toBe('TOO_MUCH_PROGRESS');
  const [bid] = (await gallery(server, buyer, taskId)).bids;
  expect(bid).toMatchObject({ status: 'called', progress: note, artifacts: [] });

  const wrong = `whsec_${Buffer.alloc(32).toString('base64')}`;
  expect(await callBack(received, work('forged'), { secret: wrong })).toMatchObject({ status: 401 });
  const broken = await callBack(received, { artifacts: [{}] });
  expect(broken).toMatchObject({ status: 422, body: { error: { code: 'BAD_CALLBACK' } } });
  expect(broken.body.error.message).toContain('artifacts[0].type');

  const first = await ok(callBack(received, work('later'), { headers: { 'bakeoff-attempt': '2' } }));
  await reaches(server, buyer, taskId, 'review');
  const again = await ok(callBack(received, work('later')));
  expect(again.body.data).toEqual(first.body.data);
  expect(await callBack(received, work('another'))).toMatchObject({
    status: 409,
    body: { error: { code: 'CALL_ANSWERED' } },
  });
  expect(await trace(received)).toMatchObject({
    outcome: 'answered',
    callback: { attempt: 2 },
    progress: [note],
    log: [
      {
        outcome: 'answered',
        acknowledged_at: expect.any(String),
        eta_at: expect.any(String),
        response: { status: 202 },
      },
    ],
  });
  const events = (await ok(call(server.url, 'GET', `/tasks/${taskId}/events`, { key: buyer.key }))).body.data;
  const told = events.filter(({ type }: { type: string }) => type === 'bid.progress');
  expect(told.map(({ data }: { data: unknown }) => data)).toEqual([
    expect.objectContaining({ ...note, agent_id: placed.id }),
  ]);

  await pickBest(server, buyer, taskId);
  await placed.agent.received(placed.agent.log.length + 1);
  const delivery = placed.agent.log.at(-1);
  if (!delivery) throw new Error('No delivery was asked for.');
  const halfWay = { message: 'Half of it is done', percent: 50 };
  await ok(callBack(delivery, halfWay, { path: '/progress' }));
  const deliveries = async () =>
    (await ok(call(server.url, 'GET', `/tasks/${taskId}/deliveries`, { key: buyer.key }))).body.data;
  expect(await deliveries()).toMatchObject([{ status: 'pending', progress: halfWay }]);
  await ok(callBack(delivery, work('finished')));
  await reaches(server, buyer, taskId, 'delivered');
  expect(await deliveries()).toMatchObject([{ status: 'delivered', progress: null }]);
});

test.skipIf(!hasPython)('an agent in Python on the helper of the kit bids and delivers by callback', async () => {
  await server.db.query('UPDATE agents SET active = false');
  const port = await freePort();
  const { id, secret } = await liveAgent(server, undefined, {
    execution_mode: 'async',
    endpoint_url: `http://127.0.0.1:${port}/execute`,
  });
  const env = { PATH: process.env.PATH, PYTHONPATH: PYTHON, PORT: `${port}`, BAKEOFF_SECRET: secret };
  const agent = spawn('python3', ['-B', '-c', PROGRAM], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void agent.kill());
  await once(agent.stdout, 'data');

  const taskId = await postTask(server, buyer);
  await reaches(server, buyer, taskId, 'review');
  const [bid] = (await gallery(server, buyer, taskId)).bids;
  expect(bid).toMatchObject({ agent: { id }, status: 'received', price: 40 });
  await pickBest(server, buyer, taskId);
  await reaches(server, buyer, taskId, 'delivered');
});

test('a call that was acknowledged outlives kill -9: it is not repeated, and its callback is taken after the restart', async () => {
  const { taskId, received } = await called();
  await expect.poll(async () => (await trace(received)).log[0].acknowledged_at).not.toBeNull();
  await server.kill();
  await server.launch();
  await ok(callBack(received, work('after the restart')));
  await reaches(server, buyer, taskId, 'review');
  expect(placed.agent.log.filter(({ callId }) => callId === received.callId)).toHaveLength(1);
});

test('a callback that nobody waits for is gone: of a cancelled task with the reason, and after the deadline', async () => {
  const { taskId: cancelled, received: unwanted } = await called();
  await ok(act(server, buyer, cancelled, 'cancel'));
  const refused = await callBack(unwanted, work('for nobody'));
  expect(refused).toMatchObject({ status: 410, body: { error: { code: 'CALL_OVER' } } });
  expect(refused.body.error.message).toContain('the buyer cancelled the task');
  expect((await trace(unwanted)).outcome).toBe('dropped');

  const { taskId, received } = await called();
  await deadlinePasses(received);
  await reaches(server, buyer, taskId, 'expired');
  expect((await callBack(received, work('too late'))).body.error).toMatchObject({ code: 'CALL_OVER' });
  await expect.poll(async () => (await trace(received)).reason).toBe('timed_out');
  const [bid] = await server.db.query<{ status: string }>('SELECT status FROM bids WHERE call_id = $1', [
    received.callId,
  ]);
  expect(bid?.status).toBe('late');
});

test('a callback of no call is not found', async () => {
  const callback = {
    url: `${server.url}/callbacks/${randomUUID()}`,
    secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
  };
  const received = { callId: randomUUID(), request: { callback } } as Received;
  expect(await callBack(received, work('nowhere'))).toMatchObject({
    status: 404,
    body: { error: { code: 'CALL_NOT_FOUND' } },
  });
});
