import { randomUUID } from 'node:crypto';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { describe, expect, test } from 'vitest';
import { OnceOnly } from '../src/platform/http/idempotency.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { someone } from './support/accounts.js';
import { answer } from './support/agents.js';
import { type Answer, sharedApp, startApp, type TestApp } from './support/app.js';
import { brief, gallery, liveAgent, type Person, reaches, signUp, wallet } from './support/market.js';
import { anAgent } from './support/registry.js';
import { until } from './support/until.js';

const HOUR_MS = 3_600_000;
/** Without a worker a task stays as it was posted. */
const quiet = { ROLE: 'api' };
const running = sharedApp({ env: quiet });

function post(app: TestApp, path: string, key: string | undefined, body: unknown, idempotencyKey?: string) {
  const headers: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  return app.call('POST', path, {
    headers,
    ...(key === undefined ? {} : { key }),
    ...(body === undefined ? {} : { body }),
  });
}

const counts = async (app: TestApp) =>
  (
    await app.db.query(
      `SELECT (SELECT count(*)::int FROM tasks) AS tasks, (SELECT count(*)::int FROM idempotency_keys) AS keys`,
    )
  )[0];

describe('an Idempotency-Key', () => {
  test('gives the first answer again: one task, one hold', async () => {
    const app = await startApp({ env: quiet });
    const buyer = await signUp(app);
    const first = await post(app, '/tasks', buyer.key, brief(), 'order 7'.replace(' ', '-'));
    const again = await post(app, '/tasks', buyer.key, brief(), 'order-7');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.data).toEqual(first.body.data);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(await counts(app)).toEqual({ tasks: 1, keys: 1 });
    expect(await wallet(app, buyer)).toMatchObject({ available: 400, held: 100 });
  });

  test('is refused with another body or at another address', async () => {
    const app = running();
    const buyer = await signUp(app);
    const task = (await post(app, '/tasks', buyer.key, brief(), 'k')).body.data;
    const other = (await post(app, '/tasks', buyer.key, brief(), 'l')).body.data;
    const reused = { status: 409, body: { error: { code: 'IDEMPOTENCY_KEY_REUSED', field: 'Idempotency-Key' } } };
    expect(await post(app, '/tasks', buyer.key, brief({ budget: 99 }), 'k')).toMatchObject(reused);
    expect((await post(app, `/tasks/${task.id}/cancel`, buyer.key, undefined, 'c')).status).toBe(200);
    expect(await post(app, `/tasks/${other.id}/cancel`, buyer.key, undefined, 'c')).toMatchObject(reused);
    expect(await wallet(app, buyer)).toMatchObject({ available: 400, held: 100 });
  });

  test('holds for two requests at once: both get the one task', async () => {
    const app = await startApp({ env: { ...quiet, DATABASE_POOL_SIZE: '4' } });
    const beside = await startApp({ beside: app, env: quiet });
    const buyer = await signUp(app);
    const at = [app, beside, app, beside, app, app, app, app];
    const answers = await Promise.all(at.map((place) => post(place, '/tasks', buyer.key, brief(), 'k')));
    expect(answers.map(({ status }) => status)).toEqual(at.map(() => 201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.data))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(at.length - 1);
    expect(await counts(app)).toEqual({ tasks: 1, keys: 1 });
    expect(await wallet(app, buyer)).toMatchObject({ available: 400, held: 100 });
  });

  test('is free again when its request was refused', async () => {
    const app = await startApp({ env: quiet });
    const buyer = await signUp(app);
    for (const refused of [brief({ budget: 501 }), brief({ attachments: [randomUUID()] }), brief({ title: 'x' })]) {
      expect((await post(app, '/tasks', buyer.key, refused, 'k')).status).toBeGreaterThanOrEqual(400);
    }
    expect(await counts(app)).toEqual({ tasks: 0, keys: 0 });
    expect((await post(app, '/tasks', buyer.key, brief(), 'k')).status).toBe(201);
  });

  test('of one account is nothing to another', async () => {
    const app = running();
    const [one, two] = [await signUp(app), await signUp(app)];
    const answers = [
      await post(app, '/tasks', one.key, brief(), 'k'),
      await post(app, '/tasks', two.key, brief(), 'k'),
    ];
    expect(answers.map(({ headers }) => headers['idempotency-replayed'])).toEqual([undefined, undefined]);
    expect(answers[0]?.body.data.id).not.toBe(answers[1]?.body.data.id);
  });

  test('is forgotten after 24 hours, and not before', async () => {
    const app = running();
    const buyer = await signUp(app);
    const ask = async () => (await post(app, '/tasks', buyer.key, brief(), 'k')).body.data.id;
    const first = await ask();
    app.clock.advance(23 * HOUR_MS);
    await app.get(Chores).run('forget-idempotency-keys');
    expect(await ask()).toBe(first);
    app.clock.advance(HOUR_MS + 1_000);
    await app.get(Chores).run('forget-idempotency-keys');
    expect(await ask()).not.toBe(first);
  });

  test('repeats a secret that is shown once, and keeps it sealed', async () => {
    const app = running();
    const { key } = await signUp(app);
    const agent = anAgent();
    for (const [path, body, secretOf] of [
      ['/agents', agent, (data: { secret: string }) => data.secret],
      ['/keys', { name: 'k' }, (data: { token: string }) => data.token],
    ] as const) {
      const secrets = [
        (await post(app, path, key, body, 'k')).body.data,
        (await post(app, path, key, body, 'k')).body.data,
      ].map(secretOf);
      expect(secrets[0]).toMatch(/^(whsec_|bko_).{20,}/);
      expect(secrets[1]).toBe(secrets[0]);
      const stored = JSON.stringify(await app.db.query('SELECT * FROM idempotency_keys'));
      expect(stored).not.toContain(secrets[0]);
      expect(stored).not.toContain(
        Buffer.from(secrets[0] ?? '')
          .toString('base64')
          .slice(4, 24),
      );
    }
  });

  test('is 1 to 255 visible characters', async () => {
    const app = running();
    const { key } = await signUp(app);
    for (const bad of ['', ' ', 'a b', 'é', 'x'.repeat(256)]) {
      const refused = await post(app, '/tasks', key, brief(), bad);
      expect(refused, bad).toMatchObject({
        status: 400,
        body: { error: { code: 'BAD_IDEMPOTENCY_KEY', field: 'Idempotency-Key' } },
      });
    }
    expect((await post(app, '/tasks', key, brief({ budget: 1 }), 'x'.repeat(255))).status).toBe(201);
  });
});

/** Does a POST with a key twice; the repeat has to get the first answer, and say that it did. */
async function twice(app: TestApp, path: string, person: Person | null, body?: unknown): Promise<Answer> {
  const key = randomUUID();
  const first = await post(app, path, person?.key, body, key);
  expect(first.status, `${path}: ${JSON.stringify(first.body)}`).toBeLessThan(300);
  const again = await post(app, path, person?.key, body, key);
  expect([path, again.status, again.headers['idempotency-replayed'], again.body.data]).toEqual([
    path,
    first.status,
    'true',
    first.body.data,
  ]);
  return first;
}

describe('every POST that creates or moves something', () => {
  test('does it once for a key, the whole way from the account to the settlement', async () => {
    const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
    const account = someone({ with_key: { name: 'k', scopes: ['read', 'tasks', 'agents'] } });
    const { account: me, key } = (await twice(app, '/accounts', null, account)).body.data;
    await twice(app, '/sessions', null, { email: account.email, password: account.password });
    const buyer = { accountId: me.id, key: key.token };
    await twice(app, '/keys', buyer, { name: 'another' });

    const { agent } = (await twice(app, '/agents', buyer, anAgent())).body.data;
    await app.db.query('UPDATE agents SET endpoint_verified_at = now() WHERE id = $1', [agent.id]);
    for (const action of ['rotate-secret', 'pause', 'resume', 'probe', 'benchmark'])
      await twice(app, `/agents/${agent.id}/${action}`, buyer, action === 'rotate-secret' ? {} : undefined);
    await liveAgent(app, answer({ price: 60 }));

    const cancelled = (await twice(app, '/tasks', buyer, brief())).body.data;
    await twice(app, `/tasks/${cancelled.id}/cancel`, buyer);
    const { id } = (await twice(app, '/tasks', buyer, brief())).body.data;
    await reaches(app, buyer, id, 'review');
    const { bids } = await gallery(app, buyer, id);
    await twice(app, `/tasks/${id}/select`, buyer, { bid_id: bids[0].id });
    await reaches(app, buyer, id, 'delivered');
    await twice(app, `/tasks/${id}/revise`, buyer, { notes: 'make it shorter' });
    await reaches(app, buyer, id, 'revision');
    await untilDelivered(app, buyer, id, 2);
    await twice(app, `/tasks/${id}/approve`, buyer);
    expect(await wallet(app, buyer)).toMatchObject({ available: 440, held: 0 });
  });

  test('asks for its Once', async () => {
    const app = running();
    const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
    const posts = controllers.flatMap(({ metatype }) => postHandlers(metatype as Type));
    expect(posts.length).toBeGreaterThanOrEqual(15);
    const unkeyed = posts.filter(({ once }) => !once).map(({ name }) => name);
    expect(unkeyed.filter((name) => !ASKS_ONLY.has(name) && !BY_CALL.has(name))).toEqual([]);

    const { paths } = (await app.call('GET', '/openapi.json')).body as { paths: Record<string, object> };
    expect(Object.values(paths).filter((operations) => 'post' in operations)).toHaveLength(posts.length);
  });
});

/** An agent's callbacks are known by their call: the same bytes again get the same answer, other bytes a refusal. */
const BY_CALL = new Set(['CallbacksController.answer', 'CallbacksController.progress']);

/** They are sent a body and write nothing: to ask twice is to read twice. */
const ASKS_ONLY = new Set([
  'EndpointCheckController.check',
  'PracticeController.judgement',
  'TasksController.preview',
  'TriageController.rerun',
  'HindsightController.rehearse',
]);

function postHandlers(controller: Type): { name: string; once: boolean }[] {
  const names = Object.getOwnPropertyNames(controller.prototype);
  const handlers = names.filter(
    (name) => Reflect.getMetadata(METHOD_METADATA, controller.prototype[name]) === RequestMethod.POST,
  );
  return handlers.map((name) => ({
    name: `${controller.name}.${name}`,
    once: factoriesOf(controller, name).includes(onceFactory()),
  }));
}

function factoriesOf(controller: object, method: string): unknown[] {
  const args: Record<string, { factory?: unknown }> =
    Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {};
  return Object.values(args).map(({ factory }) => factory);
}

/** What `@OnceOnly()` leaves on a handler. */
function onceFactory(): unknown {
  class Probe {
    handle() {}
  }
  OnceOnly()(Probe.prototype, 'handle', 0);
  return factoriesOf(Probe, 'handle')[0];
}

async function untilDelivered(app: TestApp, { key }: Person, id: string, number: number): Promise<void> {
  const deliveries = async (): Promise<{ number: number; status: string }[]> =>
    (await app.call('GET', `/tasks/${id}/deliveries`, { key })).body.data;
  await until(deliveries, (all) => all.some((one) => one.number === number && one.status === 'delivered'));
}
