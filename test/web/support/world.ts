import { Db } from '../../../src/platform/database/db.js';
import { Activation } from '../../../src/registry/activation.service.js';
import { cookieOf, PASSWORD } from '../../support/accounts.js';
import { startApp, type TestApp } from '../../support/app.js';
import { benchmarked, cleaner, kitAgent } from '../../support/benchmark.js';
import {
  act,
  delivered,
  gallery,
  liveAgent,
  ok,
  type Person,
  pickBest,
  postTask,
  reaches,
  signUp,
} from '../../support/market.js';
import { Receiver, refused, webhook } from '../../support/receiver.js';
import { register } from '../../support/registry.js';
import { until } from '../../support/until.js';
import type { Address } from './addresses.js';
import { agentNumber, LONG_WORD } from './works.js';

type Who = Address['who'];

/** A market in which everything has happened once: people of every kind, tasks in every state, as the server itself brought them there. */
export interface World {
  readonly app: TestApp;
  /** The session of each kind of person, as a browser sends it; null for the visitor. */
  readonly cookies: Readonly<Record<Who, string | null>>;
  /** What may stand in an address as `:name`. */
  readonly ids: Readonly<Record<string, string>>;
}

const AGENTS = 4;
const BUDGET = 50;

/** @returns the address as a browser asks for it. @throws where the world has no such name */
export function filled({ path }: Pick<Address, 'path'>, { ids }: World): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`${path}: the world has no ${name}, only ${Object.keys(ids).join(', ')}.`);
    return id;
  });
}

/** It ends with the test that asked for it. */
export async function aWorld(): Promise<World> {
  const app = await startApp({
    env: { PRESENTED_MIN_SCORE: '0', PROTOTYPE_WINDOW_S: '3600', HEALTH_PROBE_S: '3600', SHUTDOWN_GRACE_S: '1' },
  });
  const [buyer, newcomer, admin] = [
    await named(app, 'Ada Okafor'),
    await named(app, 'Noor Bakker'),
    await named(app, 'Max Admin'),
  ];
  await app.db.query(`UPDATE accounts SET role = 'admin' WHERE id = $1`, [admin.accountId]);
  const { builder, ...built } = await theBuilders(app);
  const tasks = await theTasks(app, buyer);
  const call = await callOf(app, builder, built.agent, tasks.review ?? '');
  return {
    app,
    cookies: {
      visitor: null,
      buyer: await session(app, buyer),
      newcomer: await session(app, newcomer),
      builder: await session(app, builder),
      admin: await session(app, admin),
    },
    ids: { ...tasks, ...built, call, missing: '00000000-0000-4000-8000-000000000000' },
  };
}

async function named(app: TestApp, name: string): Promise<Person> {
  const person = await signUp(app);
  await app.db.query('UPDATE accounts SET name = $2 WHERE id = $1', [person.accountId, name]);
  return person;
}

/** @returns the cookie of a new session */
export async function session(app: TestApp, { accountId }: Person): Promise<string> {
  const [row] = await app.db.query<{ email: string }>('SELECT email FROM accounts WHERE id = $1', [accountId]);
  return cookieOf(await ok(app.call('POST', '/sessions', { body: { email: row?.email, password: PASSWORD } })));
}

/** The builder has one agent that works, one that has passed a benchmark, one that is new, and a webhook that fails. */
async function theBuilders(app: TestApp) {
  const live = [];
  for (let number = 0; number < AGENTS; number++) {
    const name = number === 1 ? `Agent ${LONG_WORD.slice(0, 50)}` : `${['Pier', '', 'Table', 'Code'][number]} Writer`;
    const about =
      number === 1 ? `${LONG_WORD} ${'Does all that is asked of it. '.repeat(20)}` : 'Short texts from long ones.';
    live.push(await liveAgent(app, agentNumber(number), { name, description: about, min_price: 10 }));
  }
  const [first] = live;
  if (!first) throw new Error('No agent.');
  const builder = first.operator;
  const benched = await kitAgent(app, cleaner, { name: 'Cleaner' });
  await benchmarked(app, benched);
  await app.db.query('UPDATE agents SET operator_id = $2 WHERE id = $1', [benched.id, builder.accountId]);
  await app.db.query('UPDATE accounts SET name = $2 WHERE id = $1', [builder.accountId, 'Bo Lindqvist']);
  const body = {
    name: 'Fresh',
    slug: 'fresh',
    description: 'Has done nothing yet.',
    endpoint_url: 'http://127.0.0.1:9/execute',
    capabilities: [{ category: 'data' }],
  };
  const fresh = (await ok(app.call('POST', '/agents', { key: builder.key, body }))).body.data.agent;
  const [{ slug } = { slug: '' }] = await app.db.query<{ slug: string }>('SELECT slug FROM agents WHERE id = $1', [
    first.id,
  ]);
  const beta = await waitingForReview(app, builder);
  return {
    builder,
    beta,
    agent: first.id,
    slug,
    benchmarked: benched.id,
    fresh: fresh.id,
    ...(await aWebhook(app, builder)),
  };
}

/** An agent that a benchmark could not decide: buyers see it as beta, and its operator asks an admin for more. */
export async function waitingForReview(app: TestApp, { key }: Person): Promise<string> {
  const type = { category: 'data', taskType: 'csv-cleaning' };
  const capabilities = [{ category: type.category, task_type: type.taskType }];
  const { agent } = await register(app, key, { name: 'Sorter', slug: 'sorter', capabilities });
  await app.get(Db).transaction((tx) => app.get(Activation).prove(tx, agent.id, { passed: [], undecided: [type] }));
  const note = 'Twenty buyers have asked for it by name, and no delivery was sent back. '.repeat(3);
  await ok(app.call('POST', `/agents/${agent.id}/visibility`, { key, body: { to: 'live', note } }));
  return agent.id;
}

async function aWebhook(app: TestApp, builder: Person): Promise<{ webhook: string; delivery: string }> {
  const receiver = await Receiver.start(refused(500));
  const { id } = await webhook(app, builder, { url: receiver.url });
  const { data } = (await ok(app.call('POST', `/webhooks/${id}/test`, { key: builder.key }))).body;
  await receiver.count(1);
  return { webhook: id, delivery: data.id ?? data.delivery.id };
}

/** As an agent does that answers later. */
async function saysHowItGoes(app: TestApp, taskId: string): Promise<void> {
  const say = () =>
    app.db.query(
      `INSERT INTO call_progress (call_id, message_id, at, message, percent)
       SELECT c.id, 'half', now(), 'Rewriting the first sentence', 50
       FROM deliveries d JOIN calls c ON c.id = d.call_id WHERE d.task_id = $1 AND d.status = 'pending' RETURNING 1`,
      [taskId],
    );
  await until(say, (said) => said.length > 0);
}

/** A task of the buyer in every state that lasts, by its state; `long` is in review with all texts at their longest. */
async function theTasks(app: TestApp, buyer: Person): Promise<Record<string, string>> {
  const post = (title: string, more: Record<string, unknown> = {}) =>
    postTask(app, buyer, { title, budget: BUDGET, ...more });
  const inReview = async (title: string, more?: Record<string, unknown>) => {
    const id = await post(title, more);
    await reaches(app, buyer, id, 'review');
    return id;
  };
  const picked = async (title: string) => {
    const id = await inReview(title);
    await pickBest(app, buyer, id);
    return id;
  };
  const done = (title: string) => delivered(app, buyer, { title, budget: BUDGET });
  const longTitle = `Long ${LONG_WORD} ${'and on '.repeat(10)}`.slice(0, 199).trim();
  const longText = `${LONG_WORD} ${'A brief that does not want to end. '.repeat(100)}`;
  const made = {
    prototyping: post('Slow: sum up the report on the ferry'),
    review: inReview('Sum up the report on the pier'),
    long: inReview(longTitle, { description: longText }),
    in_progress: picked('Working on the minutes of March'),
    delivered: done('Sum up the survey of the guests'),
    revision: done('Sum up the letters of the neighbours').then(async (id) => {
      await ok(act(app, buyer, id, 'revise', { notes: 'Please say in the first sentence what it costs.' }));
      await saysHowItGoes(app, id);
      return id;
    }),
    completed: done('Sum up the plan for the garden').then(async (id) => {
      await ok(act(app, buyer, id, 'approve'));
      return id;
    }),
    refunded: picked('Broken: sum up the log of the lift').then(async (id) => {
      await reaches(app, buyer, id, 'refunded');
      return id;
    }),
    expired: post('Declined: a poem on the harbour').then(async (id) => {
      await reaches(app, buyer, id, 'expired');
      return id;
    }),
    cancelled: inReview('Sum up what nobody wants to know').then(async (id) => {
      await ok(act(app, buyer, id, 'cancel'));
      return id;
    }),
  };
  const ids = Object.fromEntries(await Promise.all(Object.entries(made).map(async ([state, id]) => [state, await id])));
  await asOfDaysAgo(app, [ids.completed, ids.refunded, ids.expired, ids.cancelled]);
  const { bids } = await gallery(app, buyer, ids.review);
  const [a, b] = bids.toSorted((x: { rank: number }, y: { rank: number }) => x.rank - y.rank);
  return { ...ids, bid: a.id, other_bid: b.id };
}

/** What is over was so some days ago, each task on a day of its own: charts have something to draw. */
async function asOfDaysAgo(app: TestApp, tasks: readonly (string | undefined)[]): Promise<void> {
  for (const [at, id] of tasks.entries()) {
    const params = [id, at + 1];
    await app.db.query(
      `UPDATE tasks SET created_at = created_at - $2 * interval '1 day', status_since = status_since - $2 * interval '1 day' WHERE id = $1`,
      params,
    );
    await app.db.query(
      `UPDATE rounds SET presented_at = presented_at - $2 * interval '1 day' WHERE task_id = $1`,
      params,
    );
    await app.db.query(`UPDATE bids SET called_at = called_at - $2 * interval '1 day' WHERE task_id = $1`, params);
  }
}

async function callOf(app: TestApp, { key }: Person, agent: string, task: string): Promise<string> {
  const path = `/agents/${agent}/calls?task=${task}`;
  const calls = await until(
    async () => (await ok(app.call('GET', path, { key }))).body.data,
    (list) => list.length > 0,
  );
  return calls[0].id;
}
