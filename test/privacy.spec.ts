import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answer, gate, type Reply, send, work } from './support/agents.js';
import { type Answer, call, startApp, type TestApp } from './support/app.js';
import {
  act,
  brief,
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
import { anAgent } from './support/registry.js';
import { until } from './support/until.js';

const env = { PRESENTED_MIN_SCORE: '0', PRESENTED_MAX: '2', SIGNUP_GIFT_CREDITS: '1000000' };

/** What one bidder alone knows, in words and numbers that occur nowhere else. */
interface Bidder extends Placed {
  readonly mark: string;
  readonly price: number;
}

/** A bidder whose work, summary, message and price can be told from everybody else's. */
async function bidder(app: TestApp, price: number, before: Promise<void> = Promise.resolve()): Promise<Bidder> {
  const mark = `mark${randomUUID().replaceAll('-', '')}`;
  const reply: Reply = async ({ phase }, response) => {
    await before;
    send(response, { ...work(`${phase} ${mark}`), price, summary: `summary ${mark}`, message: `message ${mark}` });
  };
  return { ...(await liveAgent(app, reply)), mark, price };
}

const secretsOf = ({ mark, price, agent, operator }: Bidder) => [mark, String(price), agent.endpointUrl, operator.key];

/** All that somebody can read: their own lists, and whatever they are given to ask for by id. */
async function seenBy(app: TestApp, { key }: Person, ids: { tasks: string[]; agents: string[] }): Promise<string> {
  const paths = [
    ...[
      '/accounts/me',
      '/keys',
      '/wallet',
      '/wallet/statement?limit=100',
      '/tasks',
      '/agents',
      '/agents/mine',
      '/events?limit=500',
    ],
    ...ids.tasks.flatMap((id) =>
      ['', '/bids', '/deliveries', '/triage', '/events'].map((path) => `/tasks/${id}${path}`),
    ),
    ...ids.agents.flatMap((id) => [
      `/agents/${id}`,
      `/agents/mine/${id}`,
      `/agents/mine/${id}/bids`,
      `/agents/${id}/benchmark`,
    ]),
  ];
  const answers = await Promise.all(paths.map((path) => app.call('GET', path, { key })));
  for (const { status } of answers) expect(status).toBeLessThan(500);
  return JSON.stringify(answers.map(({ body, headers }) => [body, headers]));
}

/** A number alone, as no id or time that came by chance has it in the middle. */
const holds = (seen: string, secret: string) =>
  /^\d+$/.test(secret) ? new RegExp(`(?<!\\w)${secret}(?!\\w)`).test(seen) : seen.includes(secret);

function expectHidden(seen: string, secrets: readonly string[]): void {
  expect(secrets.filter((secret) => holds(seen, secret))).toEqual([]);
}

describe('somebody else', () => {
  test('finds nothing behind the ids of a task, an agent, a bid or a key', async () => {
    const app = await startApp({ env });
    const [buyer, stranger] = [await signUp(app), await signUp(app)];
    const { id: agentId, operator } = await bidder(app, 741_933);
    const id = await postTask(app, buyer, { budget: 900_001 });
    await reaches(app, buyer, id, 'review');
    const [bid] = (await gallery(app, buyer, id)).bids;
    const keyId = (await app.call('GET', '/keys', { key: buyer.key })).body.data[0].id;

    const ask = (who: Person, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
      app.call(method, path, { key: who.key, ...(body === undefined ? {} : { body }) });
    const ofTask = (who: Person, taskId: string, bidId: string): Promise<Answer>[] => [
      ...['', '/bids', '/deliveries', '/triage', '/events'].map((path) => ask(who, 'GET', `/tasks/${taskId}${path}`)),
      ask(who, 'POST', `/tasks/${taskId}/select`, { bid_id: bidId }),
      ask(who, 'POST', `/tasks/${taskId}/revise`, { notes: 'make it shorter' }),
      ...['cancel', 'approve'].map((action) => ask(who, 'POST', `/tasks/${taskId}/${action}`)),
      app.call('GET', `/tasks/${taskId}/events`, { key: who.key, headers: { accept: 'text/event-stream' } }),
    ];
    const ofAgent = (who: Person, agent: string): Promise<Answer>[] => [
      ...[
        `/agents/mine/${agent}`,
        `/agents/mine/${agent}/bids`,
        `/agents/${agent}/benchmark`,
        `/agents/${agent}/benchmark/runs`,
      ].map((path) => ask(who, 'GET', path)),
      ...['pause', 'resume', 'probe', 'benchmark'].map((action) => ask(who, 'POST', `/agents/${agent}/${action}`)),
      ask(who, 'POST', `/agents/${agent}/rotate-secret`, {}),
      ask(who, 'PATCH', `/agents/${agent}`, { name: 'Mine now' }),
    ];
    // What is there looks exactly like what is not.
    for (const who of [stranger, operator]) {
      const [real, made] = [
        await Promise.all(ofTask(who, id, bid.id)),
        await Promise.all(ofTask(who, randomUUID(), bid.id)),
      ];
      expect(real.map(withoutMeta)).toEqual(made.map(withoutMeta));
      expect(real.map(({ status }) => status)).toEqual(real.map(() => 404));
    }
    for (const who of [stranger, buyer]) {
      const [real, made] = [await Promise.all(ofAgent(who, agentId)), await Promise.all(ofAgent(who, randomUUID()))];
      expect(real.map(withoutMeta)).toEqual(made.map(withoutMeta));
      expect(real.map(({ status }) => status)).toEqual(real.map(() => 404));
    }
    expect((await ask(stranger, 'DELETE', `/keys/${keyId}`)).status).toBe(404);
    const [artifact] = bid.artifacts;
    for (const who of [stranger, buyer, operator])
      expect((await ask(who, 'GET', `/files/artifacts/${artifact.id}`)).status).toBe(403);
    expect((await app.call('GET', `/tasks/${id}`)).status).toBe(401);
  });
});

const withoutMeta = ({ status, body }: Answer) => ({ status, error: body.error });

describe('in a contest', () => {
  test('nobody sees a bid before review but its own operator', async () => {
    const app = await startApp({ env });
    const [buyer, stranger] = [await signUp(app), await signUp(app)];
    const last = gate();
    const bidders = [await bidder(app, 741_933), await bidder(app, 852_417), await bidder(app, 777_123, last.opened)];
    // Too dear, rude and polite: their reasons say something of their work too.
    const odd = ['too-dear', 'rude', 'polite'].map((word) => `${word}-${randomUUID()}`);
    await liveAgent(app, answer({ price: 987_651, summary: odd[0] }));
    await liveAgent(app, (_, response) =>
      send(response, { error: { code: 'no', message: odd[1], retryable: false } }, 400),
    );
    await liveAgent(app, (_, response) => send(response, { declined: { reason: odd[2] } }));
    const id = await postTask(app, buyer, { budget: 900_001, metadata: { private: 'metadata-of-the-buyer' } });
    await answeredBy(app, buyer, id, 5);

    const ids = { tasks: [id], agents: bidders.map((one) => one.id) };
    const bids = bidders.flatMap(secretsOf);
    expectHidden(await seenBy(app, buyer, ids), [...bids, ...odd, '987651']);
    expectHidden(await seenBy(app, stranger, ids), [...bids, ...odd, '987651', buyer.key, 'metadata-of-the-buyer']);
    for (const [i, one] of bidders.entries()) {
      const seen = await seenBy(app, one.operator, ids);
      expectHidden(seen, [
        ...bidders.filter((other) => other !== one).flatMap(secretsOf),
        ...odd,
        'metadata-of-the-buyer',
      ]);
      expect([i, seen.includes(one.mark)]).toEqual([i, i < 2]);
    }
    last.open();
    await reaches(app, buyer, id, 'review');
  });

  test('the buyer sees what is presented, an operator its own, and a stranger nothing', async () => {
    const app = await startApp({ env });
    const [buyer, stranger] = [await signUp(app), await signUp(app)];
    const bidders = [await bidder(app, 741_933), await bidder(app, 852_417), await bidder(app, 777_123)];
    const id = await postTask(app, buyer, { budget: 900_001 });
    await reaches(app, buyer, id, 'review');
    const shown = (await gallery(app, buyer, id)).bids;
    const isShown = (one: Bidder) => shown.some(({ agent }: { agent: { id: string } }) => agent.id === one.id);
    const [hidden] = bidders.filter((one) => !isShown(one));
    expect([shown.length, hidden === undefined]).toEqual([2, false]);
    if (!hidden) return;

    const ids = { tasks: [id], agents: bidders.map((one) => one.id) };
    const [unseen] = await app.db.query<{ id: string }>(
      'SELECT a.id FROM artifacts a JOIN bids b ON b.id = a.bid_id WHERE NOT b.presented',
    );
    const toBuyer = await seenBy(app, buyer, ids);
    expectHidden(toBuyer, [
      ...secretsOf(hidden),
      unseen?.id ?? '',
      ...bidders.flatMap(({ agent, operator }) => [agent.endpointUrl, operator.key]),
    ]);
    for (const one of bidders.filter(isShown)) expect(toBuyer).toContain(`summary ${one.mark}`);

    // Its operator has it all: the work, its judgement and that it was not presented.
    const [own] = (await ok(app.call('GET', `/agents/mine/${hidden.id}/bids`, { key: hidden.operator.key }))).body.data;
    expect(own).toMatchObject({
      presented: false,
      price: hidden.price,
      summary: `summary ${hidden.mark}`,
      artifacts: [{ id: unseen?.id }],
    });
    expect(own.judgement.criteria.length).toBeGreaterThan(0);
    expect((await call('', 'GET', own.artifacts[0].url)).body).toBe(`prototype ${hidden.mark}`);

    await pickBest(app, buyer, id);
    await reaches(app, buyer, id, 'delivered');
    await ok(act(app, buyer, id, 'approve'));
    const everything = bidders.flatMap(secretsOf);
    const deliveries = (
      await app.db.query<{ id: string }>('SELECT id FROM artifacts WHERE delivery_id IS NOT NULL')
    ).map((row) => row.id);
    expectHidden(await seenBy(app, stranger, ids), [
      ...everything,
      ...deliveries,
      buyer.key,
      'Something that wants doing',
    ]);
    for (const one of bidders) {
      const others = bidders.filter((other) => other !== one).flatMap(secretsOf);
      expectHidden(await seenBy(app, one.operator, ids), [...others, ...deliveries, buyer.key]);
    }
    expectHidden(await seenBy(app, buyer, ids), secretsOf(hidden));
  });

  test('an agent gets its brief, and nothing of the buyer or of the others', async () => {
    const app = await startApp({ env });
    const buyer = await signUp(app);
    const bidders = [await bidder(app, 741_933), await bidder(app, 852_417)];
    const body = brief({ budget: 900_001, metadata: { private: 'metadata-of-the-buyer' } });
    const id = (await ok(app.call('POST', '/tasks', { key: buyer.key, body }))).body.data.id;
    await reaches(app, buyer, id, 'review');
    await pickBest(app, buyer, id);
    await reaches(app, buyer, id, 'delivered');
    for (const one of bidders) {
      const got = one.agent.log.map(({ rawBody, headers }) => JSON.stringify([rawBody, headers])).join();
      const others = bidders
        .filter((other) => other !== one)
        .flatMap(({ mark, price, operator }) => [mark, String(price), operator.accountId, operator.key]);
      expectHidden(got, [...others, buyer.accountId, buyer.key, 'metadata-of-the-buyer', 'person-']);
    }
  });

  test('a secret is shown once, to its operator', async () => {
    const app = await startApp({ env });
    const [operator, stranger] = [await signUp(app), await signUp(app)];
    const { agent, secret } = (await ok(app.call('POST', '/agents', { key: operator.key, body: anAgent() }))).body.data;
    const rotated = (await ok(app.call('POST', `/agents/${agent.id}/rotate-secret`, { key: operator.key, body: {} })))
      .body.data.secret;
    const ids = { tasks: [], agents: [agent.id] };
    for (const who of [operator, stranger]) expectHidden(await seenBy(app, who, ids), [secret, rotated, 'whsec_']);
    const stored = JSON.stringify(await app.db.query('SELECT * FROM agent_secrets'));
    for (const one of [secret, rotated]) expect(stored).not.toContain(one.slice('whsec_'.length, -2));
  });
});

/** Waits until so many bidders have answered. */
async function answeredBy(app: TestApp, buyer: Person, id: string, count: number): Promise<void> {
  await until(async () => (await gallery(app, buyer, id)).answered >= count);
}
