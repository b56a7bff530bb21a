import { describe, expect, test } from 'vitest';
import { HealthProbes } from '../src/registry/health.service.js';
import { HealthHistory } from '../src/registry/health-history.service.js';
import { startApp, type TestApp } from './support/app.js';
import { anOperator, codeOf, eventsOf, failing, fakeAgent, healthy, myAgent, register } from './support/registry.js';
import { until } from './support/until.js';

/** Without a worker: a probe runs when the test says so. */
const quiet = (env: Record<string, string> = {}) =>
  startApp({ env: { ROLE: 'api', HEALTH_PROBE_S: '60', HEALTH_FAILURES_OUT: '3', ...env } });
const probe = (app: TestApp, id: string) => app.get(HealthProbes).probe(id);

async function anAgentWithServer(app: TestApp) {
  const { key, accountId } = await anOperator(app);
  const server = await fakeAgent();
  const { agent, secret } = await register(app, key, { endpoint_url: server.endpointUrl });
  server.secret = secret;
  return { key, accountId, server, id: agent.id };
}

describe('health', () => {
  test('goes down after failures in a row, is asked less and less often, and is good again after one success', async () => {
    const app = await quiet();
    const { key, accountId, server, id } = await anAgentWithServer(app);
    const seen: unknown[] = [];
    const next = async () => {
      await probe(app, id);
      const { health } = await myAgent(app, key, id);
      const waitS = Math.round((Date.parse(health.next_probe_at ?? '') - Date.parse(health.checked_at ?? '')) / 1_000);
      seen.push([health.status, health.failures, waitS]);
      app.clock.advance(waitS * 1_000);
    };
    await next();
    server.health = failing;
    for (let i = 0; i < 4; i++) await next();
    const down = await myAgent(app, key, id);
    server.health = healthy;
    await next();

    expect(seen).toEqual([
      ['healthy', 0, 60],
      ['failing', 1, 60],
      ['failing', 2, 120],
      ['out', 3, 240],
      ['out', 4, 480],
      ['healthy', 0, 60],
    ]);
    expect(down.health.reason).toBe('/health answered 500 instead of 200.');
    expect(down.blockers.map(({ code }) => code)).toContain('UNHEALTHY');
    const changes = (await eventsOf(app, accountId)).filter(({ type }) => type === 'agent.health_changed');
    expect(changes.map(({ data }) => `${data.from} ${data.to}`)).toEqual([
      'unknown healthy',
      'healthy failing',
      'failing out',
      'out healthy',
    ]);
    expect(changes[1]?.data).toMatchObject({
      agent_id: id,
      failures: 1,
      reason: '/health answered 500 instead of 200.',
    });
  });

  test('an answer that is slow is a failure', async () => {
    const app = await quiet({ HEALTH_TIMEOUT_MS: '400' });
    const { server, id } = await anAgentWithServer(app);
    server.health = () => {};
    expect(await probe(app, id)).toEqual({ ok: false, reason: expect.stringMatching(/time/) });
  });

  test.each([
    [
      'is too long',
      (reply: (status: number, body: string) => void) => reply(200, `{"status":"ok","x":"${'x'.repeat(70_000)}"}`),
      /longer than 65536/,
    ],
    ['leads elsewhere', (reply: (status: number, body: string) => void) => reply(302, ''), /302/],
  ])('an answer that %s is a failure', async (_, health, reason) => {
    const app = await quiet();
    const { server, id } = await anAgentWithServer(app);
    server.health = health;
    expect(await probe(app, id)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  test('nobody at home is a failure that says so', async () => {
    const app = await quiet();
    const { key } = await anOperator(app);
    const { agent } = await register(app, key, { endpoint_url: 'http://127.0.0.1:9/execute' });
    expect(await probe(app, agent.id)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('http://127.0.0.1:9/health'),
    });
    expect((await myAgent(app, key, agent.id)).health).toMatchObject({ status: 'unknown', failures: 1 });
  });
});

describe('the history', () => {
  const past = async (app: TestApp, key: string, id: string) =>
    (await app.call('GET', `/agents/${id}/health`, { key })).body.data;

  test('has each probe of a day, each change for longer, and the uptime by time', async () => {
    const app = await quiet();
    const { key, server, id } = await anAgentWithServer(app);
    const hours = async (count: number, health: typeof healthy) => {
      server.health = health;
      await app.db.query('UPDATE agents SET next_probe_at = $2 WHERE id = $1', [id, app.clock.now()]);
      await probe(app, id);
      app.clock.advance(count * 3_600_000);
    };
    await hours(30, healthy);
    await hours(2, failing);
    await hours(10, healthy);
    await app.call('POST', `/agents/${id}/pause`, { key });
    app.clock.advance(6 * 3_600_000);
    const seen = await past(app, key, id);

    expect(seen.uptime_24h).toBeCloseTo(16 / 18, 2);
    expect(seen.uptime_7d).toBeCloseTo(40 / 42, 2);
    expect(seen.transitions.map(({ status, ok }: { status: string; ok: boolean }) => `${status} ${ok}`)).toEqual([
      'not_asked null',
      'healthy true',
      'failing false',
      'healthy true',
    ]);
    expect(seen.probes).toHaveLength(3);
    expect(seen.probes[1]).toMatchObject({ ok: false, reason: '/health answered 500 instead of 200.' });
    await app.get(HealthHistory).forgetOld(app.clock.now());
    expect((await past(app, key, id)).transitions).toHaveLength(4);
    app.clock.advance(31 * 86_400_000);
    await app.get(HealthHistory).forgetOld(app.clock.now());
    expect(await past(app, key, id)).toMatchObject({ transitions: [], probes: [], uptime_7d: null });
  });

  test('tells where /health differs from the registration, and of another version, once', async () => {
    const app = await quiet();
    const { key, accountId, server, id } = await anAgentWithServer(app);
    const saying = (said: object) => {
      server.health = (reply, proof) => reply(200, JSON.stringify({ status: 'ok', ...said, ...proof }));
    };
    const next = async () => {
      await app.db.query('UPDATE agents SET next_probe_at = $2 WHERE id = $1', [id, app.clock.now()]);
      await probe(app, id);
      app.clock.advance(60_000);
    };
    saying({ version: '1.0.0' });
    await next();
    saying({ version: '1.1.0', agent: 'somebody-else', capabilities: ['nothing/known'] });
    await next();
    await next();
    const { warnings } = await past(app, key, id);
    expect(warnings.map(({ code }: { code: string }) => code)).toEqual([
      'AGENT_DIFFERS',
      'CAPABILITY_NOT_REPORTED',
      'CAPABILITY_NOT_REGISTERED',
    ]);
    await app.call('POST', `/agents/${id}/rotate-secret`, { key });
    saying({ version: '1.1.0' });
    await next();
    expect((await myAgent(app, key, id)).warnings.map(({ code }) => code)).toEqual(['OLD_SECRET']);
    const news = (await eventsOf(app, accountId)).filter(({ type }) => /version|drift/.test(type));
    expect(news.map(({ type }) => type)).toEqual([
      'agent.version_changed',
      'agent.drift_changed',
      'agent.drift_changed',
    ]);
    expect(news[0]?.data).toMatchObject({ from: '1.0.0', to: '1.1.0' });
    const stranger = await anOperator(app);
    expect(codeOf(await app.call('GET', `/agents/${id}/health`, { key: stranger.key }))).toBe('AGENT_NOT_FOUND');
  });
});

describe('one probe at a time', () => {
  test('two processes and ten jobs ask the agent once', async () => {
    const one = await quiet();
    const two = await startApp({ env: { ROLE: 'api' }, beside: one });
    const { server, id } = await anAgentWithServer(one);
    const results = await Promise.all(Array.from({ length: 10 }, (_, i) => probe(i % 2 ? one : two, id)));

    expect(server.probes).toBe(1);
    expect(results.filter((result) => result !== null)).toMatchObject([{ ok: true, proof: 'newest' }]);
    expect(await probe(two, id)).toBeNull();
  });

  test('what a dead process had begun is begun again soon', async () => {
    const app = await quiet();
    const { server, id } = await anAgentWithServer(app);
    const lostAt = new Date(app.clock.now().getTime() + 10_400);
    await app.db.query('UPDATE agents SET probe_id = gen_random_uuid(), next_probe_at = $2 WHERE id = $1', [
      id,
      lostAt,
    ]);
    expect(await probe(app, id)).toBeNull();
    app.clock.advance(10_500);
    expect(await probe(app, id)).toMatchObject({ ok: true });
    expect(server.probes).toBe(1);
  });

  test('the result of a probe of the old endpoint does not count for the new one', async () => {
    const app = await quiet();
    const { key, server, id } = await anAgentWithServer(app);
    const next = await fakeAgent();
    next.secret = server.secret;
    let answer = () => {};
    server.health = (reply) => {
      answer = () => reply(500, '');
    };
    const old = probe(app, id);
    await until(
      async () => server.probes,
      (probes) => probes === 1,
    );
    await app.call('PATCH', `/agents/${id}`, { key, body: { endpoint_url: next.endpointUrl } });
    answer();

    expect(await old).toBeNull();
    expect((await myAgent(app, key, id)).health).toMatchObject({ status: 'unknown', failures: 0 });
    expect(await probe(app, id)).toMatchObject({ ok: true });
    expect((await myAgent(app, key, id)).health.status).toBe('healthy');
  });
});

describe('asking for a probe', () => {
  test('brings the next one forward', async () => {
    const app = await quiet();
    const { key, server, id } = await anAgentWithServer(app);
    await probe(app, id);
    expect(await probe(app, id)).toBeNull();
    const answer = await app.call('POST', `/agents/${id}/probe`, { key });
    expect([answer.status, answer.body.data.id]).toEqual([202, id]);
    expect(await probe(app, id)).toMatchObject({ ok: true });
    expect(server.probes).toBe(2);
  });

  test('a paused agent is not probed; a resumed one is, before anything is said of its health', async () => {
    const app = await quiet();
    const { key, server, id } = await anAgentWithServer(app);
    await probe(app, id);
    const pause = () => app.call('POST', `/agents/${id}/pause`, { key });
    const paused = (await pause()).body.data;
    expect(paused.blockers.map(({ code }: { code: string }) => code)).toContain('PAUSED');
    expect(paused.health.next_probe_at).toBeNull();
    expect((await pause()).body.data.paused_at).toBe(paused.paused_at);
    app.clock.advance(3_600_000);
    expect(await app.get(HealthProbes).dueAgents(app.clock.now(), 10)).toEqual([]);
    expect(await probe(app, id)).toBeNull();
    expect(codeOf(await app.call('POST', `/agents/${id}/probe`, { key }))).toBe('AGENT_PAUSED');

    const resumed = (await app.call('POST', `/agents/${id}/resume`, { key })).body.data;
    expect([resumed.paused_at, resumed.health.status]).toEqual([null, 'unknown']);
    expect(await probe(app, id)).toMatchObject({ ok: true });
    expect(server.probes).toBe(2);
  });

  test('a pause that ends while a probe runs does not start another', async () => {
    const app = await quiet();
    const { key, server, id } = await anAgentWithServer(app);
    let answer = () => {};
    server.health = (reply, proof) => {
      answer = () => healthy(reply, proof);
    };
    const running = probe(app, id);
    await until(
      async () => server.probes,
      (probes) => probes === 1,
    );
    await app.call('POST', `/agents/${id}/pause`, { key });
    await app.call('POST', `/agents/${id}/resume`, { key });
    expect(await probe(app, id)).toBeNull();
    answer();
    expect(await running).toMatchObject({ ok: true });
    expect([(await myAgent(app, key, id)).health.status, server.probes]).toEqual(['healthy', 1]);
  });

  test('the clockwork probes what is due by itself', async () => {
    const app = await startApp({ env: { HEALTH_PROBE_S: '1' } });
    const { key, server, id } = await anAgentWithServer(app);
    await until(
      async () => server.probes,
      (probes) => probes >= 3,
    );
    expect((await myAgent(app, key, id)).health.status).toBe('healthy');
  });
});
