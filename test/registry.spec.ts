import { describe, expect, test } from 'vitest';
import { MAX_AGENTS_PER_OPERATOR } from '../src/registry/agent.schema.js';
import { sharedApp, startApp, type TestApp } from './support/app.js';
import { anAgent, anOperator, codeOf, fakeAgent, myAgent, register, someCapabilities } from './support/registry.js';
import { until } from './support/until.js';

/** Without a worker nothing probes on its own. */
const quiet = sharedApp({ env: { ROLE: 'api' } });
const countAgents = async (app: TestApp, accountId: string) =>
  (await app.db.query('SELECT 1 FROM agents WHERE operator_id = $1', [accountId])).length;

describe('registering', () => {
  test('makes a draft that is told what it lacks, and is probed at once', async () => {
    const app = await startApp();
    const { key } = await anOperator(app);
    const server = await fakeAgent();
    const { endpointUrl } = server;
    const { agent, secret } = await register(app, key, { endpoint_url: endpointUrl, name: 'CSV Cleaner' });
    server.secret = secret;

    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(agent).toMatchObject({
      name: 'CSV Cleaner',
      visibility: 'draft',
      active: false,
      version: 1,
      max_concurrency: 3,
      min_price: 1,
    });
    expect(agent.health_url).toBe(endpointUrl.replace('/execute', '/health'));
    expect(agent.blockers.map(({ code }) => code)).toEqual(['ENDPOINT_UNVERIFIED', 'NOT_BENCHMARKED']);
    const probed = await until(
      () => myAgent(app, key, agent.id),
      ({ health }) => health.status !== 'unknown',
    );
    expect(probed.health).toMatchObject({ status: 'healthy', failures: 0, reported_version: '1.0.0' });
    expect(probed.blockers.map(({ code }) => code)).toEqual(['NOT_BENCHMARKED']);
  });

  test('again with the same Idempotency-Key gives the same agent and the same secret', async () => {
    const app = quiet();
    const { accountId, key } = await anOperator(app);
    const options = { key, body: anAgent(), headers: { 'idempotency-key': 'register-1' } };
    const [first, second] = await Promise.all([
      app.call('POST', '/agents', options),
      app.call('POST', '/agents', options),
    ]);

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.data).toEqual(first.body.data);
    expect(await countAgents(app, accountId)).toBe(1);
    const other = await app.call('POST', '/agents', { ...options, body: anAgent() });
    expect([other.status, codeOf(other)]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test.each([
    ['name', 'x'.repeat(61)],
    ['slug', 'Not A Slug'],
    ['description', 'x'.repeat(2_001)],
    ['endpoint_url', `https://a.example/${'x'.repeat(3_000)}`],
    ['endpoint_url', 'https://agent.example.com/run'],
    ['endpoint_url', 'http://agent.example.com/execute'],
    ['endpoint_url', 'https://10.0.0.1/execute'],
    ['max_concurrency', 101],
    ['min_price', 0],
    ['model_notes', 'x'.repeat(501)],
    ['capabilities', []],
    ['nonsense', true],
  ])('with a bad %s is refused with the field and a suggestion', async (field, value) => {
    const app = quiet();
    const { accountId, key } = await anOperator(app);
    const answer = await app.call('POST', '/agents', { key, body: anAgent({ [field]: value }) });

    expect(answer.status).toBe(422);
    expect(answer.body.error.suggestion).not.toBe('');
    expect(JSON.stringify(answer.body.error)).toContain(field);
    expect(await countAgents(app, accountId)).toBe(0);
  });

  test('with a mistyped task type is answered with the one that was meant', async () => {
    const app = quiet();
    const { key } = await anOperator(app);
    const { category, types } = someCapabilities();
    const capabilities = [{ category }, { category, task_type: `${types[0]}x` }];
    const answer = await app.call('POST', '/agents', { key, body: anAgent({ capabilities }) });

    expect([answer.status, codeOf(answer)]).toEqual([422, 'UNKNOWN_TASK_TYPE']);
    expect(answer.body.error).toMatchObject({
      field: 'capabilities.1.task_type',
      suggestion: expect.stringContaining(`"${types[0]}"`),
    });
  });

  test('with a slug that is taken is refused and told a free one, even when two want it at once', async () => {
    const app = quiet();
    const [one, two] = await Promise.all([anOperator(app), anOperator(app)]);
    const body = anAgent({ slug: undefined, name: 'The Best' });
    const answers = await Promise.all([one, two].map(({ key }) => app.call('POST', '/agents', { key, body })));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.error).toMatchObject({
      code: 'SLUG_TAKEN',
      field: 'slug',
      suggestion: '"the-best-2" is free.',
    });
    expect(await app.db.query(`SELECT slug FROM agents WHERE slug LIKE 'the-best%'`)).toEqual([{ slug: 'the-best' }]);
  });

  test('a name that gives no slug needs one', async () => {
    const app = quiet();
    const { key } = await anOperator(app);
    const answer = await app.call('POST', '/agents', { key, body: anAgent({ slug: undefined, name: '清洁工' }) });
    expect([answer.status, codeOf(answer), answer.body.error.field]).toEqual([422, 'SLUG_NEEDED', 'slug']);
  });

  test('ends at the number that an operator may have', async () => {
    const app = quiet();
    const { key } = await anOperator(app);
    const { agent } = await register(app, key);
    await app.db.query(
      `INSERT INTO agents SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'slug', 'copy-' || n))).*
       FROM agents a, generate_series(2, $2::int) AS n WHERE a.id = $1`,
      [agent.id, MAX_AGENTS_PER_OPERATOR - 1],
    );
    const both = await Promise.all([1, 2].map(() => app.call('POST', '/agents', { key, body: anAgent() })));
    expect(both.map(codeOf).sort()).toEqual(['TOO_MANY_AGENTS', 'no error']);
  });

  test('needs the scope agents, reading one’s own the scope read', async () => {
    const app = quiet();
    const { key: reads } = await anOperator(app, ['read']);
    const { key: writes } = await anOperator(app, ['agents']);
    expect(codeOf(await app.call('POST', '/agents', { key: reads, body: anAgent() }))).toBe('SCOPE_MISSING');
    expect(codeOf(await app.call('GET', '/agents/mine', { key: writes }))).toBe('SCOPE_MISSING');
    expect(codeOf(await app.call('POST', '/agents', { body: anAgent() }))).toBe('UNAUTHENTICATED');
  });
});

describe('somebody else’s agent', () => {
  test('is not found, whatever is tried', async () => {
    const app = quiet();
    const [owner, stranger] = await Promise.all([anOperator(app), anOperator(app)]);
    const { agent } = await register(app, owner.key);
    const tries = await Promise.all([
      app.call('GET', `/agents/mine/${agent.id}`, { key: stranger.key }),
      app.call('PATCH', `/agents/${agent.id}`, { key: stranger.key, body: { min_price: 2 } }),
      ...['rotate-secret', 'pause', 'resume', 'probe'].map((what) =>
        app.call('POST', `/agents/${agent.id}/${what}`, { key: stranger.key }),
      ),
      app.call('POST', '/agents/no-uuid/pause', { key: owner.key }),
      app.call('GET', `/agents/${agent.id}`),
      app.call('GET', `/agents/${agent.slug}`),
      app.call('GET', `/agents/${agent.id}`, { key: owner.key }),
    ]);
    expect(tries.map((answer) => `${answer.status} ${codeOf(answer)}`)).toEqual(tries.map(() => '404 AGENT_NOT_FOUND'));
    expect(await myAgent(app, owner.key, agent.id)).toEqual(agent);
    expect((await app.call('GET', '/agents/mine', { key: stranger.key })).body.data).toEqual([]);
  });
});

describe('changing an agent', () => {
  test('makes a new version when endpoint, model or capabilities change, and only then', async () => {
    const app = quiet();
    const { key } = await anOperator(app);
    const { category, types } = someCapabilities();
    const { agent } = await register(app, key, {
      model_notes: 'regex',
      capabilities: [{ category, task_type: types[0] }],
    });
    const change = async (body: unknown) => {
      const { status, body: answer } = await app.call('PATCH', `/agents/${agent.id}`, { key, body });
      return status === 200 ? answer.data.version : answer.error.code;
    };
    expect(
      await change({ name: 'Another', description: 'Now with more words.', min_price: 7, max_concurrency: 9 }),
    ).toBe(1);
    expect(await change({ model_notes: 'regex', endpoint_url: agent.endpoint_url })).toBe(1);
    expect(await change({ capabilities: [{ category, task_type: types[0] }] })).toBe(1);
    expect(await change({ model_notes: 'rules' })).toBe(2);
    expect(await change({ endpoint_url: 'http://127.0.0.1:9/v2/execute' })).toBe(3);
    expect(await change({ capabilities: [{ category, task_type: types[0], specialist: true }] })).toBe(4);
    expect(await change({ capabilities: [{ category, task_type: types[1] }], model_notes: 'both' })).toBe(5);
    expect([
      await change({}),
      await change({ slug: 'other' }),
      await change({ endpoint_url: 'https://a.example' }),
    ]).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'BAD_ENDPOINT_URL']);
    expect(await myAgent(app, key, agent.id)).toMatchObject({
      name: 'Another',
      min_price: 7,
      max_concurrency: 9,
      version: 5,
      capabilities: [{ category, task_type: types[1], specialist: false, passed_at: null }],
    });
  });

  test('lists come page by page, newest first', async () => {
    const app = quiet();
    const { key } = await anOperator(app);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await register(app, key)).agent.id);
    const first = await app.call('GET', '/agents/mine?limit=3', { key });
    const second = await app.call('GET', `/agents/mine?limit=3&cursor=${first.body.meta.next_cursor}`, { key });
    expect([...first.body.data, ...second.body.data].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(second.body.meta.has_more).toBe(false);
    expect(codeOf(await app.call('GET', '/agents/mine?cursor=x', { key }))).toBe('BAD_CURSOR');
  });
});
