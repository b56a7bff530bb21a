import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { newSecret, type ReceivedAnswer } from '@bakeoff/agent-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RegisterAgent } from '../../src/registry/agent.schema.ts';
import { categories, taskTypesOf } from '../../src/registry/taxonomy.ts';
import { aRequest, call, type Files, send, serveFiles } from './testing/calls.ts';
import { fixtureRequest } from './testing/fixtures.ts';
import { runToEnd, SECRET, type Started, startAgent } from './testing/processes.ts';
import { programs } from './testing/programs.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
// The one with a model has a spec of its own, with a server that plays the model.
const playing = programs().filter(({ path, needsModel }) => !needsModel && (hasPython || !path.endsWith('.py')));

let files: Files;
beforeAll(async () => {
  files = await serveFiles();
});
afterAll(() => files.close());

describe.each(playing)('$profile.name as a process', ({ path, profile }) => {
  const [capability] = profile.capabilities;
  const type = `${capability?.category}/${capability?.task_type}`;
  let agent: Started;
  let draft: ReceivedAnswer;
  beforeAll(async () => {
    agent = await startAgent(path);
    const { answer } = await call(agent.url, fixtureRequest(type, files));
    if (answer) draft = answer;
  });
  afterAll(() => agent.stop());

  test('says where it is, and how it is', async () => {
    expect(agent.agent).toBe(profile.slug);
    const health = await (await fetch(agent.url.replace('/execute', '/health'))).json();
    expect(health).toMatchObject({ status: 'ok', agent: profile.slug, version: '1.0.0', capabilities: [type] });
  });

  test('bids between its minimum and the budget', () => {
    expect(draft.artifacts.length).toBeGreaterThan(0);
    expect(draft.price).toBeGreaterThanOrEqual(profile.min_price);
    expect(draft.price).toBeLessThan(100);
  });

  test('delivers, and delivers again by the notes of a revision', async () => {
    const past = { summary: '', message: '', artifacts: draft.artifacts };
    const picked = { phase: 'delivery' as const, prototype: { ...past, price: 50 } };
    const { answer } = await call(agent.url, fixtureRequest(type, files, picked));
    expect(answer?.artifacts[0]?.name).toBe(draft.artifacts[0]?.name);
    const revision = { number: 1, notes: 'Please do something that no agent understands: @@ ((', previous: past };
    const again = await call(agent.url, fixtureRequest(type, files, { ...picked, revision }));
    expect(again.answer?.message).toMatch(/could not|nothing/i);
  });

  test('answers a repeat as before', async () => {
    const request = fixtureRequest(type, files);
    const [one, two] = await Promise.all([send(agent.url, request), send(agent.url, request)]);
    const body = await one.text();
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(await two.text()).toBe(body);
    expect(await (await send(agent.url, request)).text()).toBe(body);
  });

  test('works for nobody else', async () => {
    const refused = await send(agent.url, fixtureRequest(type, files), newSecret(randomBytes));
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { code: 'bad_signature', retryable: false } });
    const unsigned = await fetch(agent.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(unsigned.status).toBe(401);
  });

  test('declines other work, a budget that is too small, and a brief without what it needs', async () => {
    const base = { task_type: capability?.task_type ?? '' };
    const other = await call(agent.url, aRequest({ task_type: 'speech' }));
    const poor = await call(
      agent.url,
      fixtureRequest(type, files, { budget: { amount: profile.min_price - 1, currency: 'credits' } }),
    );
    const bare = await call(agent.url, aRequest(base));
    for (const { declined } of [other, poor, bare]) expect(declined?.reason).toMatch(/^I \w+ .+\.$/);
  });

  test('lives through requirements, files and notes that are meant to hurt', async () => {
    const noise = randomBytes(40_000).toString('latin1');
    const wild = [null, 7, 'x'.repeat(50_000), [[[]]], { $ref: '#' }, ['', null, '\u0001', '](', '__proto__'], noise];
    const fields = Object.keys(fixtureRequest(type, files).requirements);
    for (const value of wild) {
      const requirements = Object.fromEntries(fields.map((field) => [field, value]));
      const attachments = files.of([{ name: '../x.csv', media_type: 'text/csv', content: `a,"b\n${noise}` }]);
      const past = { summary: '', message: '', artifacts: [] };
      const hostile = { requirements, attachments, description: noise, title: '', prototype: { ...past, price: 1 } };
      await (await send(agent.url, fixtureRequest(type, files, hostile))).text();
      const revision = { number: 1, notes: noise, previous: past };
      const response = await send(agent.url, fixtureRequest(type, files, { ...hostile, phase: 'delivery', revision }));
      const { error } = (await response.json()) as { error?: { code: string } };
      expect(['internal_error', 'bad_answer']).not.toContain(error?.code);
    }
    expect((await fetch(agent.url.replace('/execute', '/health'))).status).toBe(200);
    expect(agent.errors()).toBe('');
  });

  test('refuses a body that is too large, and is there for the next call', async () => {
    const { port } = new URL(agent.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /execute HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n`,
    );
    const [head] = await new Promise<string[]>((resolve) =>
      socket.once('data', (data: Buffer) => resolve(data.toString().split('\r\n'))),
    );
    socket.destroy();
    expect(head).toContain('413');
    expect((await send(agent.url, fixtureRequest(type, files))).status).toBe(200);
  });

  test('ends when it is asked to', async () => {
    expect(await agent.stop()).toBe(0);
  });
});

describe('an agent', () => {
  test.each(programs())('$path registers with its agent.json as it is', ({ profile }) => {
    const registered = RegisterAgent.parse({ ...profile, endpoint_url: 'https://agents.example/execute' });
    expect(registered.slug).toBe(profile.slug);
    for (const { category, task_type } of profile.capabilities) {
      expect(categories().map(({ slug }) => slug)).toContain(category);
      expect(taskTypesOf(category).map(({ slug }) => slug)).toContain(task_type);
    }
  });

  test('without a secret, or with one that is none, says so and ends', async () => {
    for (const path of ['quick-csv/agent.ts', ...(hasPython ? ['python/agent.py'] : [])]) {
      expect(await runToEnd(path, {})).toEqual({ code: 2, errors: expect.stringContaining('BAKEOFF_SECRET') });
      expect(await runToEnd(path, { BAKEOFF_SECRET: 'secret' })).toMatchObject({ code: 2 });
    }
  });

  test('takes both secrets while one is exchanged for the other', async () => {
    const next = newSecret(randomBytes);
    for (const path of ['letter-logo/agent.ts', ...(hasPython ? ['python/agent.py'] : [])]) {
      const agent = await startAgent(path, { BAKEOFF_SECRET: `${next}, ${SECRET}` });
      const statuses = [next, SECRET].map((secret) => send(agent.url, aRequest({ call_id: randomUUID() }), secret));
      expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([200, 200]);
      await agent.stop();
    }
  });
});
