import { describe, expect, test } from 'vitest';
import { Db } from '../src/platform/database/db.js';
import { Activation, type Tested } from '../src/registry/activation.service.js';
import { Agents } from '../src/registry/agents.service.js';
import { AgentSecrets } from '../src/registry/secrets.service.js';
import { sharedApp, startApp, type TestApp } from './support/app.js';
import { anOperator, codeOf, eventsOf, fakeAgent, myAgent, register, someCapabilities } from './support/registry.js';

const HOUR_MS = 3_600_000;
const env = { ROLE: 'api', SECRET_OVERLAP_HOURS: '24' };
const running = sharedApp({ env });
const activate = (app: TestApp, id: string, passed: Tested[]) =>
  app.get(Db).transaction((tx) => app.get(Activation).prove(tx, id, { passed, undecided: [] }));

describe('signing secrets', () => {
  const secretsOf = async (app: TestApp, id: string) => (await app.get(Agents).signingSecrets([id]))(id);
  async function anAgentWithSecret(app: TestApp) {
    const { key } = await anOperator(app);
    const { agent, secret } = await register(app, key);
    const rotate = (body?: unknown) =>
      app.call('POST', `/agents/${agent.id}/rotate-secret`, { key, ...(body === undefined ? {} : { body }) });
    return { id: agent.id, first: secret, rotate };
  }

  test('are sealed at rest', async () => {
    const app = running();
    const { first } = await anAgentWithSecret(app);
    const stored = JSON.stringify([
      await app.db.query('SELECT * FROM agent_secrets'),
      await app.db.query('SELECT * FROM agents'),
    ]);
    expect(stored).toContain('ciphertext');
    expect(stored).not.toContain(first.slice('whsec_'.length, 20));
  });

  test('overlap after a rotation: both sign, the newest first, until the old one’s time is over', async () => {
    const app = await startApp({ env });
    const { id, first, rotate } = await anAgentWithSecret(app);
    const answer = await rotate();
    const second = answer.body.data.secret;

    expect(answer.status).toBe(200);
    expect(await secretsOf(app, id)).toEqual([second, first]);
    const leftMs = Date.parse(answer.body.data.old_secrets_end_at) - app.clock.now().getTime();
    expect(Math.round(leftMs / HOUR_MS)).toBe(24);
    app.clock.advance(24 * HOUR_MS + 1_000);
    expect(await secretsOf(app, id)).toEqual([second]);
    expect(await app.get(AgentSecrets).forgetExpired(app.clock.now())).toBe(1);
    expect(await secretsOf(app, id)).toEqual([second]);
  });

  test('that leaked end at once', async () => {
    const app = running();
    const { id, rotate } = await anAgentWithSecret(app);
    await rotate({ overlap_hours: 1 });
    const { secret, old_secrets_end_at: end } = (await rotate({ overlap_hours: 0 })).body.data;
    expect(end).toBeNull();
    expect(await secretsOf(app, id)).toEqual([secret]);
  });

  test('are at most three, and a refused rotation ends none of them', async () => {
    const app = running();
    const { id, rotate } = await anAgentWithSecret(app);
    await rotate();
    await rotate();
    const before = await secretsOf(app, id);
    const refused = await rotate();
    expect([refused.status, codeOf(refused)]).toEqual([409, 'TOO_MANY_SECRETS']);
    expect([before.length, await secretsOf(app, id)]).toEqual([3, before]);
    expect((await rotate({ overlap_hours: 0 })).status).toBe(200);
  });

  test('rotate once for one Idempotency-Key', async () => {
    const app = running();
    const { key } = await anOperator(app);
    const { agent } = await register(app, key);
    const rotate = () =>
      app.call('POST', `/agents/${agent.id}/rotate-secret`, { key, body: {}, headers: { 'idempotency-key': 'r' } });
    const [one, two] = await Promise.all([rotate(), rotate()]);
    expect(one.body.data).toEqual(two.body.data);
    expect(await secretsOf(app, agent.id)).toHaveLength(2);
  });
});

describe('passing a benchmark', () => {
  test('makes a draft live, once, and proves what was passed and nothing else', async () => {
    const app = running();
    const { key, accountId } = await anOperator(app);
    const { category, types, other } = someCapabilities();
    const capabilities = [{ category, task_type: types[0] }, { category, task_type: types[1] }, { category: other }];
    const { agent } = await register(app, key, { capabilities });
    const passed = [
      { category, taskType: types[0] },
      { category: other, taskType: null },
      { category, taskType: types[2] },
    ];

    await activate(app, agent.id, [{ category, taskType: types[2] }]);
    expect((await myAgent(app, key, agent.id)).visibility).toBe('draft');
    await Promise.all([activate(app, agent.id, passed), activate(app, agent.id, passed)]);
    const live = await myAgent(app, key, agent.id);
    expect(live).toMatchObject({ visibility: 'live', active: true, version: 1 });
    const proven = live.capabilities
      .filter(({ passed_at }) => passed_at)
      .map(({ category: c, task_type: t }) => `${c} ${t}`);
    expect(proven.sort()).toEqual([`${category} ${types[0]}`, `${other} null`].sort());
    expect((await eventsOf(app, accountId)).filter(({ type }) => type === 'agent.live')).toHaveLength(1);
  });

  test('keeps counting for a capability as long as it is declared', async () => {
    const app = running();
    const { key } = await anOperator(app);
    const { category, types } = someCapabilities();
    const { agent } = await register(app, key, { capabilities: [{ category, task_type: types[0] }] });
    await activate(app, agent.id, [{ category, taskType: types[0] }]);
    const declare = async (...capabilities: unknown[]) =>
      (await app.call('PATCH', `/agents/${agent.id}`, { key, body: { capabilities } })).body.data;
    const [one, two] = [
      { category, task_type: types[0], specialist: true },
      { category, task_type: types[1] },
    ];

    const both = await declare(one, two);
    expect(both.capabilities.map((c: { passed_at: string | null }) => c.passed_at !== null).sort()).toEqual([
      false,
      true,
    ]);
    const blocked = await declare(two);
    expect(blocked.blockers.map(({ code }: { code: string }) => code)).toContain('NOT_BENCHMARKED');
    const back = await declare(one, two);
    expect(back.capabilities.every((c: { passed_at: string | null }) => c.passed_at === null)).toBe(true);
  });
});

test('what it takes to call agents comes in the order asked for', async () => {
  const app = running();
  const { key, accountId } = await anOperator(app);
  const [a, b] = [
    (await register(app, key)).agent,
    (await register(app, key, { max_concurrency: 1, min_price: 50 })).agent,
  ];
  const found = await app.get(Agents).callTarget([b.id, crypto.randomUUID(), a.id]);
  expect(found.map(({ id }) => id)).toEqual([b.id, a.id]);
  expect(found[0]).toEqual({
    id: b.id,
    operatorId: accountId,
    endpointUrl: b.endpoint_url,
    maxConcurrency: 1,
    minPrice: 50,
    name: b.name,
    version: 1,
  });
  expect(await app.get(Agents).operatorOf(app.get(Db), a.id)).toBe(accountId);
  await expect(app.get(Agents).operatorOf(app.get(Db), crypto.randomUUID())).rejects.toMatchObject({
    code: 'AGENT_NOT_FOUND',
  });
});

describe('the public list', () => {
  test('shows what buyers may see, without address or owner, and filters by what is declared', async () => {
    const app = await startApp({ env });
    const { key, accountId } = await anOperator(app);
    const { endpointUrl } = await fakeAgent();
    const { category, types, other } = someCapabilities();
    const whole = (await register(app, key, { endpoint_url: endpointUrl, capabilities: [{ category }] })).agent;
    const exact = (
      await register(app, key, {
        capabilities: [{ category, task_type: types[0], specialist: true }, { category: other }],
      })
    ).agent;
    await register(app, key, { capabilities: [{ category }] });
    await activate(app, whole.id, [{ category, taskType: null }]);
    await activate(app, exact.id, [{ category, taskType: types[0] }]);
    const slugs = async (query: string) => {
      const { status, body } = await app.call('GET', `/agents${query}`);
      return status === 200 ? body.data.map(({ slug }: { slug: string }) => slug) : `${status} ${body.error.code}`;
    };

    expect(await slugs('')).toEqual([exact.slug, whole.slug]);
    expect(await slugs(`?category=${category}`)).toEqual([exact.slug, whole.slug]);
    expect(await slugs(`?category=${other}`)).toEqual([exact.slug]);
    expect(await slugs(`?task_type=${types[0]}`)).toEqual([exact.slug, whole.slug]);
    expect(await slugs(`?task_type=${types[1]}`)).toEqual([whole.slug]);
    expect(await slugs(`?category=${other}&task_type=${types[0]}`)).toBe('422 UNKNOWN_TASK_TYPE');
    expect(await slugs(`?category=${category}x`)).toBe('422 UNKNOWN_CATEGORY');
    expect(await slugs('?nonsense=1')).toBe('422 INVALID_INPUT');
    const { body } = await app.call('GET', `/agents/${exact.slug}`);
    expect(body.data).toMatchObject({ id: exact.id, visibility: 'live', available: false });
    expect(body.data.capabilities).toContainEqual({ category, task_type: types[0], specialist: true, proven: true });
    expect(JSON.stringify(body.data)).not.toContain('127.0.0.1');
    expect(JSON.stringify(body.data)).not.toContain(accountId);
    expect((await app.call('GET', `/agents/${whole.id}`)).body.data.slug).toBe(whole.slug);
  });
});
