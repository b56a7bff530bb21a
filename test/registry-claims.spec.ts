import { createServer, type RequestListener } from 'node:http';
import { agentHandler, text } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { Claims } from '../src/registry/claims.service.js';
import { HealthProbes } from '../src/registry/health.service.js';
import { PROOF_TRIES } from '../src/registry/proof.js';
import { sharedApp, startApp, type TestApp } from './support/app.js';
import { listening } from './support/loopback.js';
import { anAgent, anOperator, codeOf, eventsOf, fakeAgent, myAgent, register } from './support/registry.js';
import { until } from './support/until.js';

const quiet = (env: Record<string, string>) => startApp({ env: { ROLE: 'api', ...env } });
const running = sharedApp({ env: { ROLE: 'api', RATE_LIMIT_SELF_REGISTER_PER_HOUR: '1000' } });
const probe = (app: TestApp, id: string) => app.get(HealthProbes).probe(id);
const codes = ({ blockers }: { blockers: { code: string }[] }) => blockers.map(({ code }) => code);

async function selfRegistered(app: TestApp, changes: Record<string, unknown> = {}) {
  const answer = await app.call('POST', '/agents/self-register', { body: anAgent(changes) });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const { agent, secret, agent_key: key, claim_code: code } = answer.body.data;
  const self = () => app.call('GET', '/agents/self', { key });
  return { id: agent.id as string, slug: agent.slug as string, secret, key, code, self };
}
const claim = (app: TestApp, key: string, code: string) => app.call('POST', '/agents/claim', { key, body: { code } });

/** An agent of the kit that runs before anybody knows its secret, as one does that waits for its registration. */
async function kitServer() {
  let handle: RequestListener = (_, response) => void response.writeHead(503).end();
  const origin = `http://127.0.0.1:${await listening(createServer((request, response) => handle(request, response)))}`;
  const work = () => ({ artifacts: [text('a.txt', 'a')] });
  return {
    endpointUrl: `${origin}/execute`,
    use: (secret: string) => {
      handle = agentHandler({ secret, prototype: work, deliver: work }).node;
    },
  };
}

describe('an agent that registers itself', () => {
  test('proves its endpoint by itself, is claimed with its code, and belongs to whoever did', async () => {
    const app = await startApp();
    const server = await kitServer();
    const agent = await selfRegistered(app, { endpoint_url: server.endpointUrl });
    expect(codes((await agent.self()).body.data.agent)).toEqual([
      'UNCLAIMED',
      'ENDPOINT_UNVERIFIED',
      'NOT_BENCHMARKED',
    ]);
    server.use(agent.secret);
    const proven = await until(agent.self, ({ body }) => body.data.agent.endpoint_verified_at !== null);
    expect(proven.body.data).toMatchObject({ claimed: false, agent: { health: { status: 'healthy' } } });

    const { key, accountId } = await anOperator(app);
    const [first, second] = [await claim(app, key, agent.code), await claim(app, key, ` ${agent.code} `)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.data).toMatchObject({ id: agent.id, slug: agent.slug });
    expect(codes(await myAgent(app, key, agent.id))).toEqual(['NOT_BENCHMARKED']);
    expect((await agent.self()).body.data).toMatchObject({ claimed: true, claim_ends_at: null });
    const claimed = (await eventsOf(app, accountId)).filter(({ type }) => type === 'agent.claimed');
    expect(claimed).toHaveLength(1);
  });

  test('shows its secrets once, and keeps none of them readable', async () => {
    const app = running();
    const options = { body: anAgent(), headers: { 'idempotency-key': 'self-1' } };
    const [one, two] = [
      await app.call('POST', '/agents/self-register', options),
      await app.call('POST', '/agents/self-register', options),
    ];
    expect(two.body.data).toEqual(one.body.data);
    const { secret, agent_key: key, claim_code: code } = one.body.data;
    expect(code).toMatch(/^claim_[A-Za-z0-9]{27}$/);
    const stored = JSON.stringify(
      await Promise.all(
        ['agents', 'agent_claims', 'agent_keys', 'agent_secrets', 'idempotency_keys'].map((table) =>
          app.db.query(`SELECT * FROM ${table}`),
        ),
      ),
    );
    for (const shown of [secret, key, code]) expect(stored).not.toContain(shown.split('_')[1]);
    expect(JSON.stringify((await app.call('GET', '/agents/self', { key })).body)).not.toMatch(
      /whsec_|claim_[A-Za-z0-9]{20}|bka_/,
    );
  });

  test('is nobody’s: not listed, not benchmarked, not changed, and its key opens nothing else', async () => {
    const app = running();
    const agent = await selfRegistered(app);
    const { key } = await anOperator(app);
    const tries = await Promise.all([
      app.call('GET', `/agents/${agent.slug}`),
      app.call('PATCH', `/agents/${agent.id}`, { key, body: { min_price: 2 } }),
      app.call('POST', `/agents/${agent.id}/benchmark`, { key }),
    ]);
    expect(tries.map(codeOf)).toEqual(tries.map(() => 'AGENT_NOT_FOUND'));
    expect(codeOf(await app.call('GET', '/agents/mine', { key: agent.key }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await app.call('GET', '/agents/self', { key }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await app.call('GET', '/agents/self'))).toBe('UNAUTHENTICATED');
    await expect(
      app.db.query(`UPDATE agents SET visibility = 'live', active = true WHERE id = $1`, [agent.id]),
    ).rejects.toThrow(/agents_unclaimed/);
  });

  test('is asked a few times for its proof and then left alone, and so is its host', async () => {
    const app = await quiet({ PROOFS_PER_HOST_PER_HOUR: String(PROOF_TRIES + 4) });
    const stranger = await fakeAgent();
    const agent = await selfRegistered(app, { endpoint_url: stranger.endpointUrl });
    const drain = async () => {
      for (let tries = 0; tries < 40; tries++) {
        await probe(app, agent.id);
        const next = (await agent.self()).body.data.agent.health.next_probe_at;
        if (next === null) return;
        app.clock.advance(Math.max(0, Date.parse(next) - app.clock.now().getTime()));
      }
    };
    await drain();
    expect(stranger.probes).toBe(PROOF_TRIES);
    const ask = () => app.call('POST', '/agents/self/verify-endpoint', { key: agent.key });
    expect((await ask()).status).toBe(202);
    await drain();
    expect(stranger.probes).toBe(PROOF_TRIES + 3);
    const asked = await Promise.all(Array.from({ length: 10 }, ask));
    expect(asked.map(codeOf).filter((code) => code === 'TOO_MANY_PROOFS_ASKED')).toHaveLength(1);
    const other = await selfRegistered(app, { endpoint_url: stranger.endpointUrl });
    await Promise.all([probe(app, other.id), probe(app, agent.id)]);
    const before = stranger.probes;
    await selfRegistered(app, { endpoint_url: stranger.endpointUrl }).then(({ id }) => probe(app, id));
    expect(stranger.probes).toBeLessThanOrEqual(before + 1);
  });

  test('is forgotten with its slug when nobody claims it in time, or when it takes itself back', async () => {
    const app = await quiet({ CLAIM_DAYS: '2' });
    const { key } = await anOperator(app);
    const agent = await selfRegistered(app, { slug: 'nobody-wants-me' });
    const kept = await selfRegistered(app);
    expect((await claim(app, key, kept.code)).status).toBe(200);
    app.clock.advance(2 * 86_400_000 + 1_000);
    expect(codeOf(await claim(app, key, agent.code))).toBe('CLAIM_NOT_FOUND');
    expect(await app.get(Claims).forgetUnclaimed(app.clock.now())).toBe(1);
    expect(codeOf(await agent.self())).toBe('UNAUTHENTICATED');
    expect((await myAgent(app, key, kept.id)).id).toBe(kept.id);

    const again = await selfRegistered(app, { slug: 'nobody-wants-me' });
    expect(codeOf(await app.call('DELETE', '/agents/self', { key: kept.key }))).toBe('AGENT_CLAIMED');
    expect((await app.call('DELETE', '/agents/self', { key: again.key })).status).toBe(200);
    await register(app, key, { slug: 'nobody-wants-me' });
  });
});

describe('a claim', () => {
  test('of two accounts at once, one gets the agent; to all others every code is as wrong as another', async () => {
    const app = running();
    const agent = await selfRegistered(app);
    const [one, two] = await Promise.all([anOperator(app), anOperator(app)]);
    const answers = await Promise.all([one, two].map(({ key }) => claim(app, key, agent.code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const wrong = await claim(app, one.key, `claim_${'x'.repeat(27)}`);
    const { message, suggestion } = answers.find(({ status }) => status === 404)?.body.error ?? {};
    expect(wrong.body.error).toMatchObject({ code: 'CLAIM_NOT_FOUND', message, suggestion });
  });

  test('is tried a few times an hour, and needs the scope agents', async () => {
    const app = await quiet({ RATE_LIMIT_CLAIM_PER_HOUR: '2', RATE_LIMIT_SELF_REGISTER_PER_HOUR: '1' });
    const { key } = await anOperator(app);
    const { key: reads } = await anOperator(app, ['read']);
    app.clock.nextHour();
    const tries = [await claim(app, key, 'a'), await claim(app, key, 'b'), await claim(app, key, 'c')];
    expect(tries.map(codeOf)).toEqual(['CLAIM_NOT_FOUND', 'CLAIM_NOT_FOUND', 'RATE_LIMITED']);
    expect(codeOf(await claim(app, reads, 'd'))).toBe('RATE_LIMITED');
    await selfRegistered(app);
    expect(codeOf(await app.call('POST', '/agents/self-register', { body: anAgent() }))).toBe('RATE_LIMITED');
  });

  test('can be closed', async () => {
    const app = await quiet({ SELF_REGISTRATION: 'false' });
    const answer = await app.call('POST', '/agents/self-register', { body: anAgent() });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'SELF_REGISTRATION_CLOSED']);
  });
});

describe('the proof of an endpoint', () => {
  test('is asked anew for another address; until it comes there is no benchmark and no health', async () => {
    const app = running();
    const { key, accountId } = await anOperator(app);
    const [first, second] = await Promise.all([fakeAgent(), fakeAgent()]);
    const { agent, secret } = await register(app, key, { endpoint_url: first.endpointUrl });
    const benchmark = async () => codeOf(await app.call('POST', `/agents/${agent.id}/benchmark`, { key }));
    expect(await benchmark()).toBe('ENDPOINT_UNVERIFIED');
    first.secret = secret;
    await probe(app, agent.id);
    expect((await myAgent(app, key, agent.id)).endpoint_verified_at).not.toBeNull();

    const moved = await app.call('PATCH', `/agents/${agent.id}`, { key, body: { endpoint_url: second.endpointUrl } });
    expect(moved.body.data.consequences.map(({ code }: { code: string }) => code)).toEqual([
      'NEW_VERSION',
      'ENDPOINT_TO_VERIFY',
    ]);
    expect(moved.body.data.endpoint_verified_at).toBeNull();
    second.secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    await probe(app, agent.id);
    const refused = await myAgent(app, key, agent.id);
    expect(refused.health.status).toBe('unknown');
    expect(refused.blockers[0]?.message).toContain('the proof of another secret');
    expect(await benchmark()).toBe('ENDPOINT_UNVERIFIED');
    second.secret = secret;
    expect((await app.call('POST', `/agents/${agent.id}/verify-endpoint`, { key })).status).toBe(202);
    await probe(app, agent.id);
    expect(codes(await myAgent(app, key, agent.id))).toEqual(['NOT_BENCHMARKED']);
    const verified = (await eventsOf(app, accountId)).filter(({ type }) => type === 'agent.endpoint_verified');
    expect(verified.map(({ data }) => data.endpoint_url)).toEqual([first.endpointUrl, second.endpointUrl]);
  });

  test('comes from the program’s own key too, which the operator can change', async () => {
    const app = running();
    const { key } = await anOperator(app);
    const { agent } = await register(app, key);
    const newKey = async () => (await app.call('POST', `/agents/${agent.id}/agent-key`, { key })).body.data.agent_key;
    const [one, two] = [await newKey(), await newKey()];
    expect(codeOf(await app.call('GET', '/agents/self', { key: one }))).toBe('UNAUTHENTICATED');
    const asked = await app.call('POST', '/agents/self/verify-endpoint', { key: two });
    expect([asked.status, asked.body.data.agent.id, asked.body.data.claimed]).toEqual([202, agent.id, true]);
  });
});
