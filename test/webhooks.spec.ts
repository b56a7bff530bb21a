import { describe, expect, test } from 'vitest';
import { Chores } from '../src/platform/schedule/chores.js';
import { gate } from './support/agents.js';
import { call, startApp, type TestApp } from './support/app.js';
import { act, delivered, liveAgent, ok, type Person, postTask, reaches, signUp } from './support/market.js';
import { type Arrived, Receiver, refused, took, verified, webhook } from './support/receiver.js';
import { ServerProcess } from './support/server-process.js';

const ENV = { PRESENTED_MIN_SCORE: '0' };
const HOUR_MS = 3_600_000;

async function person(app: TestApp, path: string, { key }: Person, body?: unknown) {
  return (await ok(app.call(body === undefined ? 'GET' : 'POST', path, { key, body }))).body.data;
}

/** Waits until a delivery has come to rest, and returns it with its attempts. */
async function settled(app: TestApp, owner: Person, hook: string, delivery: string, attempts = 1) {
  await expect
    .poll(async () => {
      const { log } = await person(app, `/webhooks/${hook}/deliveries/${delivery}`, owner);
      return log.filter(({ outcome }: { outcome: string }) => outcome !== 'under_way').length;
    })
    .toBe(attempts);
  return person(app, `/webhooks/${hook}/deliveries/${delivery}`, owner);
}

/** Time passes, and what is due by then is sent. */
async function later(app: TestApp, ms: number): Promise<void> {
  app.clock.advance(ms);
  await app.get(Chores).run('retry-webhooks');
}

describe('webhooks', () => {
  test('tell buyer and operator of a task, each its own side, signed by the standard', async () => {
    const app = await startApp({ env: ENV });
    const buyer = await signUp(app);
    const { id: agentId, operator } = await liveAgent(app);
    const [forBuyer, forOperator, other] = [await Receiver.start(), await Receiver.start(), await Receiver.start()];
    const hook = await webhook(app, buyer, { url: forBuyer.url });
    const operators = await webhook(app, operator, { url: forOperator.url, types: ['bid.*', 'delivery.*'] });
    await webhook(app, operator, { url: other.url, types: ['bid.settled'], agent_id: agentId });

    const taskId = await delivered(app, buyer);
    await ok(act(app, buyer, taskId, 'approve'));
    await forBuyer.got(({ body }) => body.type === 'task.settled');
    await forOperator.got(({ body }) => body.type === 'bid.settled');
    // The work is judged beside all this, before or after the settlement.
    for (const each of [forBuyer, forOperator]) await each.got(({ body }) => body.type === 'delivery.judged');
    const settledBid = await other.got(() => true);

    for (const one of forBuyer.log) expect(verified(one, hook.secret)).toEqual(one.body);
    for (const one of forOperator.log) verified(one, operators.secret);
    expect(() => verified(forBuyer.log[0] as Arrived, operators.secret)).toThrow();
    expect(new Set(forBuyer.log.map(({ id }) => id)).size).toBe(forBuyer.log.length);
    expect(settledBid.body).toMatchObject({ task_id: taskId, data: { agent_id: agentId, fee_bps: 1_500 } });
    expect(other.types).toEqual(['bid.settled']);
    const heardByOperator = ['bid.called', 'bid.received', 'bid.judged', 'bid.selected', 'delivery.requested'];
    await forOperator.count(8);
    const ofTheWork = ['delivery.received', 'delivery.judged', 'bid.settled'];
    expect(forOperator.types.sort()).toEqual([...heardByOperator, ...ofTheWork].sort());
    const { data: events } = (await app.call('GET', '/events?limit=100', { key: buyer.key })).body;
    await forBuyer.count(events.length);
    expect(forBuyer.log.map(({ body }) => body.event_id).sort()).toEqual(
      events.map(({ id }: { id: string }) => id).sort(),
    );
    const one = events[0];
    expect(forBuyer.log.find(({ body }) => body.event_id === one.id)?.body).toEqual({
      ...{ type: one.type, timestamp: one.created_at, event_id: one.id, task_id: taskId, data: one.data },
    });
  });

  test('try again for a day, with the same id and body and a new signature, and show every attempt', async () => {
    const app = await startApp({ env: { ...ENV, WEBHOOK_RETRY_S: '600,3600' } });
    const owner = await signUp(app);
    const receiver = await Receiver.start(refused(503));
    const hook = await webhook(app, owner, { url: receiver.url });
    const { id } = await person(app, `/webhooks/${hook.id}/test`, owner, {});
    const first = await settled(app, owner, hook.id, id);
    expect(first).toMatchObject({ type: 'webhook.ping', status: 'pending', attempts: 1, reason: 'answered 503' });
    expect(first.log[0]).toMatchObject({ outcome: 'failed', response: { status: 503, body: 'no, thanks' } });
    expect(first.log[0].request_headers['webhook-signature']).toMatch(/^v1,/);
    expect(JSON.stringify(first)).not.toContain(hook.secret);

    await later(app, 1_000);
    expect(receiver.log).toHaveLength(1);
    await later(app, 11 * 60_000);
    await settled(app, owner, hook.id, id, 2);
    await later(app, 2 * HOUR_MS);
    const given = await settled(app, owner, hook.id, id, 3);
    expect(given).toMatchObject({ status: 'failed', attempts: 3, next_attempt_at: null });

    receiver.answer = took;
    await person(app, `/webhooks/${hook.id}/deliveries/${id}/redeliver`, owner, {});
    expect(await settled(app, owner, hook.id, id, 4)).toMatchObject({ status: 'delivered', attempts: 4, reason: null });
    expect(new Set(receiver.log.map(({ id: each, rawBody }) => `${each} ${rawBody}`)).size).toBe(1);
    expect(receiver.log.map(({ headers }) => headers['bakeoff-attempt'])).toEqual(['1', '2', '3', '4']);
    expect(new Set(receiver.log.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(2);
    expect(receiver.log[0]?.body).toMatchObject({ type: 'webhook.ping', data: { webhook_id: hook.id } });
    expect(given.body).toBe(receiver.log[0]?.rawBody);
  });

  test('are signed by the old secret and the new one while they overlap, and by no old one after a leak', async () => {
    const app = await startApp({ env: ENV });
    const owner = await signUp(app);
    const receiver = await Receiver.start();
    const hook = await webhook(app, owner, { url: receiver.url });
    const { secret: second } = await person(app, `/webhooks/${hook.id}/rotate-secret`, owner, {});
    await person(app, `/webhooks/${hook.id}/test`, owner, {});
    const [both] = await receiver.count(1);
    for (const secret of [hook.secret, second]) verified(both as Arrived, secret);

    const { secret: third } = await person(app, `/webhooks/${hook.id}/rotate-secret`, owner, { overlap_hours: 0 });
    await person(app, `/webhooks/${hook.id}/test`, owner, {});
    const last = (await receiver.count(2))[1] as Arrived;
    verified(last, third);
    for (const secret of [hook.secret, second]) expect(() => verified(last, secret)).toThrow();
    const stored = JSON.stringify(await app.db.query('SELECT * FROM webhook_secrets'));
    for (const secret of [hook.secret, second, third]) expect(stored).not.toContain(secret.slice(6, 30));
  });

  test('are switched off by a 410 and after days of failing, with notice, and what failed can be sent again', async () => {
    const app = await startApp({ env: { ...ENV, WEBHOOK_DISABLE_DAYS: '5', WEBHOOK_RETRY_S: '60' } });
    const owner = await signUp(app);
    const [gone, dead, watching] = [
      await Receiver.start(refused(410)),
      await Receiver.start(refused(500)),
      await Receiver.start(),
    ];
    const hookGone = await webhook(app, owner, { url: gone.url, types: ['task.*'] });
    const hookDead = await webhook(app, owner, { url: dead.url, types: ['task.*'] });
    await webhook(app, owner, { url: watching.url, types: ['webhook.disabled'] });

    await person(app, `/webhooks/${hookGone.id}/test`, owner, {});
    const notice = await watching.got(({ body }) => body.data.webhook_id === hookGone.id);
    expect(notice.body).toMatchObject({ type: 'webhook.disabled', data: { reason: 'gone' } });
    const disabled = await person(app, `/webhooks/${hookGone.id}`, owner);
    expect(disabled).toMatchObject({ enabled: false, disabled: { reason: 'gone' } });
    const refusal = await app.call('POST', `/webhooks/${hookGone.id}/test`, { key: owner.key, body: {} });
    expect(refusal).toMatchObject({ status: 409, body: { error: { code: 'WEBHOOK_DISABLED' } } });

    const { id: early } = await person(app, `/webhooks/${hookDead.id}/test`, owner, {});
    await settled(app, owner, hookDead.id, early);
    expect((await person(app, `/webhooks/${hookDead.id}`, owner)).gives_up_at).not.toBeNull();
    // The first one's retry, which is due then, would switch it off before there is a second.
    app.get(Chores).stop();
    app.clock.advance(6 * 24 * HOUR_MS);
    const { id: late } = await person(app, `/webhooks/${hookDead.id}/test`, owner, {});
    await watching.got(({ body }) => body.data.webhook_id === hookDead.id && body.data.reason === 'failing');
    await settled(app, owner, hookDead.id, late);

    dead.answer = took;
    const on = await app.call('PATCH', `/webhooks/${hookDead.id}`, { key: owner.key, body: { enabled: true } });
    expect(on.body.data).toMatchObject({ enabled: true, disabled: null, failing_since: null });
    const since = new Date(app.clock.now().getTime() - 30 * 24 * HOUR_MS).toISOString();
    const again = await person(app, `/webhooks/${hookDead.id}/redeliver-failed`, owner, { since });
    expect(again).toEqual({ redelivered: 2, has_more: false });
    expect(await settled(app, owner, hookDead.id, late, 2)).toMatchObject({ status: 'delivered' });
  });

  test('to a receiver that hangs hold back nobody else, nor more than a few of their own', async () => {
    const app = await startApp({ env: { ...ENV, WEBHOOKS_PER_PROCESS: '8' } });
    const owner = await signUp(app);
    const open = gate();
    const hanging = await Receiver.start(async (_, response) => {
      await open.opened;
      response.writeHead(200).end();
    });
    const quick = await Receiver.start();
    const hangs = await webhook(app, owner, { url: hanging.url, types: ['task.open'] });
    await webhook(app, owner, { url: quick.url, types: ['task.open'] });
    for (let i = 0; i < 12; i++) await postTask(app, owner, { budget: 10 });
    await quick.count(12);
    expect(hanging.mostAtOnce).toBeLessThanOrEqual(4);
    expect(hanging.log.length).toBeLessThanOrEqual(4);
    open.open();
    await hanging.count(12);
    expect(new Set(hanging.log.map(({ id }) => id)).size).toBe(12);
    await expect
      .poll(async () => (await person(app, `/webhooks/${hangs.id}/deliveries?status=pending`, owner)).length)
      .toBe(0);
  });

  test('hear nothing of what was before them, or of what happened while they were off', async () => {
    const app = await startApp({ env: { ...ENV, ROLE: 'all' } });
    const owner = await signUp(app);
    const receiver = await Receiver.start();
    await postTask(app, owner, { budget: 10 });
    const hook = await webhook(app, owner, { url: receiver.url, types: ['task.open'] });
    const heard = await postTask(app, owner, { budget: 11 });
    await receiver.count(1);
    await ok(app.call('PATCH', `/webhooks/${hook.id}`, { key: owner.key, body: { enabled: false } }));
    await postTask(app, owner, { budget: 12 });
    await ok(app.call('PATCH', `/webhooks/${hook.id}`, { key: owner.key, body: { enabled: true } }));
    const last = await postTask(app, owner, { budget: 13 });
    await receiver.got(({ body }) => body.task_id === last);
    expect(receiver.log.map(({ body }) => body.task_id)).toEqual([heard, last]);
  });

  test('are their owner’s alone, go to public addresses only, and name what there is', async () => {
    const app = await startApp({ env: { ...ENV, EGRESS_ALLOW: '127.0.0.1:1' } });
    const [owner, stranger] = [await signUp(app), await signUp(app)];
    const reader = await person(app, '/keys', owner, { name: 'reads', scopes: ['read'] });
    const make = (body: Record<string, unknown>, key = owner.key) => app.call('POST', '/webhooks', { key, body });
    const code = async (answer: ReturnType<typeof make>) => (await answer).body.error.code;
    const url = 'https://example.com/hook';
    expect(await code(make({ url: 'http://10.0.0.1/' }))).toBe('URL_NOT_HTTPS');
    expect(await code(make({ url: 'https://169.254.169.254/' }))).toBe('URL_NOT_PUBLIC');
    expect((await make({ url, types: ['task.opened'] })).body.error).toMatchObject({
      code: 'UNKNOWN_EVENT_TYPE',
      suggestion: 'Did you mean "task.open"?',
    });
    expect(await code(make({ url }, reader.token))).toBe('KEY_ONLY_READS');
    const { id: agentId } = await liveAgent(app).catch(() => ({ id: owner.accountId }));
    expect(await code(make({ url, agent_id: agentId }))).toBe('AGENT_NOT_FOUND');
    expect(await code(make({ url, task_id: owner.accountId }))).toBe('TASK_NOT_FOUND');

    const hook = await webhook(app, owner, { url, types: ['task.*', 'task.open', 'payout.*'] });
    expect((await person(app, '/webhooks', owner))[0]).toMatchObject({ id: hook.id, types: ['task.*', 'payout.*'] });
    const { key } = stranger;
    for (const path of ['', '/deliveries', `/deliveries/${hook.id}`]) {
      const answer = await app.call('GET', `/webhooks/${hook.id}${path}`, { key });
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'WEBHOOK_NOT_FOUND' } } });
    }
    for (const path of ['/test', '/rotate-secret', `/deliveries/${hook.id}/redeliver`]) {
      const answer = await app.call('POST', `/webhooks/${hook.id}${path}`, { key, body: {} });
      expect(answer.status).toBe(404);
    }
    expect((await app.call('PATCH', `/webhooks/${hook.id}`, { key, body: { url } })).status).toBe(404);
    expect((await app.call('DELETE', `/webhooks/${hook.id}`, { key })).status).toBe(404);
    expect((await app.call('DELETE', `/webhooks/${hook.id}`, { key: owner.key })).status).toBe(200);
    expect(await person(app, '/webhooks', owner)).toEqual([]);
    for (let i = 0; i < 20; i++) await webhook(app, owner, { url });
    expect(await code(make({ url }))).toBe('TOO_MANY_WEBHOOKS');
  });
});

test('a bid that is passed over, and a call that is not needed any more, are told to their operators', async () => {
  const app = await startApp({ env: ENV });
  const buyer = await signUp(app);
  const slow = gate();
  const { operator } = await liveAgent(app, async () => void (await slow.opened));
  const receiver = await Receiver.start();
  await webhook(app, operator, { url: receiver.url, types: ['bid.*'] });
  const taskId = await postTask(app, buyer);
  await reaches(app, buyer, taskId, 'prototyping');
  await ok(act(app, buyer, taskId, 'cancel'));
  const released = await receiver.got(({ body }) => body.type === 'bid.released');
  expect(released.body.data.reason).toBe('the buyer cancelled the task');
  slow.open();
});

describe('of two servers', () => {
  test('each event is handed out once, also when one is killed, and what it was sending is sent again', async () => {
    const a = await ServerProcess.start(ENV);
    const b = await ServerProcess.start(ENV, a);
    const owner = await signUp(b);
    const held = gate();
    const receiver = await Receiver.start(async (_, response) => {
      await held.opened;
      response.writeHead(200).end();
    });
    const hook = await webhook(b, owner, { url: receiver.url, types: ['task.open'] });
    for (let i = 0; i < 10; i++) await postTask(i % 2 ? a : b, owner, { budget: 10 });
    await receiver.count(4);
    await a.kill();
    for (let i = 0; i < 10; i++) await postTask(b, owner, { budget: 10 });
    held.open();
    await expect
      .poll(async () => {
        const { body } = await call(b.url, 'GET', `/webhooks/${hook.id}/deliveries?status=delivered&limit=100`, owner);
        return body.data.length;
      })
      .toBe(20);
    expect(new Set(receiver.log.map(({ id }) => id)).size).toBe(20);
    expect(new Set(receiver.log.map(({ body }) => body.event_id)).size).toBe(20);
  });
});
