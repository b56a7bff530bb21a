import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { agentHandler, readAttachment, text } from '@bakeoff/agent-kit';
import { expect, onTestFinished, test } from 'vitest';
import { startApp, type TestApp } from './support/app.js';
import { ok, type Person, signUp, someType } from './support/market.js';
import { codeOf } from './support/registry.js';
import { until } from './support/until.js';

interface Check {
  readonly key: string;
  readonly status: string;
  readonly seen: string | null;
  readonly fix: string | null;
}

let agents = 0;

/** An agent whose code comes once its secret is known, as it does for whoever registers one. */
async function anAgent(app: TestApp, operator: Person, codeFor: (secret: string) => RequestListener, more = {}) {
  let listener: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const { category, task_type } = someType();
  const body = {
    ...{
      name: `Agent ${++agents}`,
      description: 'Does what the test asks of it.',
      capabilities: [{ category, task_type }],
    },
    ...{ endpoint_url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/execute`, ...more },
  };
  const { data } = (await ok(app.call('POST', '/agents', { key: operator.key, body }))).body;
  listener = codeFor(data.secret);
  await app.db.query(`UPDATE agents SET endpoint_verified_at = now(), health = 'healthy' WHERE id = $1`, [
    data.agent.id,
  ]);
  return { id: data.agent.id as string };
}

const good = (secret: string): RequestListener => {
  const work = async ({ attachments }: { attachments: readonly Parameters<typeof readAttachment>[0][] }) => {
    for (const attachment of attachments) await readAttachment(attachment);
    return { artifacts: [text('note.txt', 'A note on bread.')] };
  };
  return agentHandler({ secret, prototype: work, deliver: work }).node;
};

/** Answers whoever asks, whatever the signature. */
const trusting = (): RequestListener => (request, response) => {
  const body = request.url?.endsWith('/health') ? { status: 'ok' } : { artifacts: [text('a.txt', 'work')] };
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
};

interface Told {
  readonly run_id: string;
  readonly status: string;
}

/** Waits for so many runs to end, by the operator's own events. */
async function finished(app: TestApp, { key }: Person, runs: number): Promise<Told[]> {
  const told: Told[] = [];
  let after = '';
  while (told.length < runs) {
    const { body } = await ok(app.call('GET', `/events?wait=30${after}`, { key }));
    for (const { type, data } of body.data) if (type === 'agent.doctor_finished') told.push(data);
    after = `&after=${body.meta.next_cursor}`;
  }
  return told;
}

const begin = (app: TestApp, { key }: Person, id: string) => app.call('POST', `/agents/${id}/doctor`, { key });
const look = async (app: TestApp, { key }: Person, id: string) =>
  (await ok(app.call('GET', `/agents/${id}/doctor`, { key }))).body.data;
const keysWith = (checks: readonly Check[], status: string) =>
  checks.filter((check) => check.status === status).map(({ key }) => key);

test('the doctor looks at an agent from the server and names what it gets wrong', async () => {
  const app = await startApp();
  const operator = await signUp(app);
  const [right, wrong] = [await anAgent(app, operator, good), await anAgent(app, operator, trusting)];
  expect(codeOf(await app.call('GET', `/agents/${right.id}/doctor`, { key: operator.key }))).toBe('DOCTOR_NOT_RUN');

  const [begun, other] = [await ok(begin(app, operator, right.id)), await ok(begin(app, operator, wrong.id))];
  expect([begun.status, begun.body.data.status, begun.body.data.counts.passed]).toEqual([202, 'running', 0]);
  expect(begun.body.data.checks[0]).toMatchObject({ key: 'health', status: 'waiting', seen: null, fix: null });
  expect(codeOf(await begin(app, operator, right.id))).toBe('DOCTOR_RUNNING');
  const partly = await until(
    () => look(app, operator, right.id),
    ({ counts }) => counts.passed > 0,
  );
  expect(keysWith(partly.checks, 'running')).toHaveLength(1);

  const told = await finished(app, operator, 2);
  const [fine, faulty] = [await look(app, operator, right.id), await look(app, operator, wrong.id)];
  expect([keysWith(fine.checks, 'failed'), keysWith(fine.checks, 'warned')]).toEqual([[], []]);
  expect(keysWith(fine.checks, 'passed')).toEqual(
    expect.arrayContaining([
      'prototype',
      'slow-body',
      'slow-reader',
      'cancelled-call',
      'big-attachment',
      'tampered-body',
    ]),
  );
  expect(fine.checks.find(({ key }: Check) => key === 'huge-body')).toMatchObject({ status: 'skipped', fix: null });
  expect(fine.checks.find(({ key }: Check) => key === 'big-attachment').seen).toContain('the file was fetched');
  expect(keysWith(faulty.checks, 'failed')).toEqual(
    expect.arrayContaining(['missing-signature', 'bad-signature', 'stale-timestamp', 'method']),
  );
  expect(faulty.checks.find(({ key }: Check) => key === 'bad-signature')).toMatchObject({
    seen: expect.stringContaining('it did the work'),
    fix: expect.stringContaining('HMAC'),
  });
  expect(told.every(({ status }) => status === 'finished')).toBe(true);
  expect(told.map(({ run_id }) => run_id).sort()).toEqual([begun.body.data.id, other.body.data.id].sort());
  expect(await app.db.query('SELECT FROM doctor_files')).toEqual([]);
  expect(await app.db.query('SELECT FROM calls')).toEqual([]);
});

test('the doctor looks at nobody else’s agent, and not where nobody has proven that it is theirs', async () => {
  const app = await startApp({ env: { ROLE: 'api', RATE_LIMIT_DOCTOR_PER_HOUR: '6' } });
  const [operator, stranger] = [await signUp(app), await signUp(app)];
  const { id } = await anAgent(app, operator, good);
  app.clock.nextHour();
  const set = (sql: string) => app.db.query(`UPDATE agents SET ${sql} WHERE id = $1`, [id]);

  expect(codeOf(await begin(app, stranger, id))).toBe('AGENT_NOT_FOUND');
  expect(codeOf(await app.call('GET', `/agents/${id}/doctor`, { key: stranger.key }))).toBe('AGENT_NOT_FOUND');
  await set('endpoint_verified_at = NULL');
  expect(codeOf(await begin(app, operator, id))).toBe('ENDPOINT_UNVERIFIED');
  await set(`endpoint_verified_at = now(), execution_mode = 'async'`);
  expect(codeOf(await begin(app, operator, id))).toBe('DOCTOR_SYNC_ONLY');
  await set(`execution_mode = 'sync', paused_at = now()`);
  expect(codeOf(await begin(app, operator, id))).toBe('AGENT_PAUSED');
  await set('paused_at = NULL');
  const [one, two] = await Promise.all([begin(app, operator, id), begin(app, operator, id)]);
  expect([one.status, two.status].sort()).toEqual([202, 409]);
  expect(codeOf(await begin(app, operator, id))).toBe('RATE_LIMITED');

  // Nothing runs jobs here: a run that is long overdue has lost its own, and does not hold up the next.
  await app.db.query('DELETE FROM rate_counters');
  await app.db.query(`UPDATE doctor_runs SET deadline_at = now() - interval '1 hour'`);
  expect((await begin(app, operator, id)).status).toBe(202);
});
