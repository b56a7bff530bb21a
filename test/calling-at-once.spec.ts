import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { answer, held } from './support/agents.js';
import { startApp, type TestApp } from './support/app.js';
import { liveAgent, postTask, reaches, signUp, task } from './support/market.js';
import { until } from './support/until.js';

const SHOWN = { env: { PRESENTED_MIN_SCORE: '0' } };

/** Of a task's calls, how many have begun, and how many of those in the transaction that opened them. */
async function beginnings(app: TestApp, taskId: string): Promise<{ begun: number; at_once: number }> {
  const [counts] = await app.db.query<{ begun: number; at_once: number }>(
    `SELECT count(*)::int AS begun, count(*) FILTER (WHERE t.xmin = b.xmin)::int AS at_once
     FROM bids b JOIN call_attempts t ON t.call_id = b.call_id WHERE b.task_id = $1`,
    [taskId],
  );
  return counts ?? { begun: 0, at_once: 0 };
}

const hasBegun = (app: TestApp, taskId: string) => until(async () => (await beginnings(app, taskId)).begun === 1);

test('an agent that was called before is called in the transaction that invites it', async () => {
  const app = await startApp(SHOWN);
  const buyer = await signUp(app);
  const { reply, open } = held();
  const { agent } = await liveAgent(app, reply, { max_concurrency: 2 });
  const first = await postTask(app, buyer, { budget: 10 });
  await hasBegun(app, first);
  expect(await beginnings(app, first)).toEqual({ begun: 1, at_once: 0 });
  const second = await postTask(app, buyer, { budget: 10 });
  await hasBegun(app, second);
  expect(await beginnings(app, second)).toEqual({ begun: 1, at_once: 1 });

  // Its limit is reached: this one waits, and gets the slot of one of the others.
  const third = await postTask(app, buyer, { budget: 10 });
  await reaches(app, buyer, third, 'prototyping');
  await until(async () => (await app.db.query('SELECT 1 FROM calls WHERE waiting_since IS NOT NULL')).length === 1);
  expect(await beginnings(app, third)).toEqual({ begun: 0, at_once: 0 });
  open();
  for (const id of [first, second, third]) await reaches(app, buyer, id, 'review');
  expect(agent.callIds('prototype')).toHaveLength(3);
});

test('an agent whose slots somebody looks at is invited without waiting for that, and called afterwards', async () => {
  const app = await startApp(SHOWN);
  const buyer = await signUp(app);
  const { id } = await liveAgent(app, answer());
  await app.db.query('INSERT INTO agent_slots VALUES ($1)', [id]);
  const other = new pg.Client(app.db.ownerUrl);
  await other.connect();
  onTestFinished(() => other.end());
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM agent_slots WHERE agent_id = $1 FOR UPDATE', [id]);

  const taskId = await postTask(app, buyer);
  // Not by its events: those of later transactions are held back while this one is open.
  await until(async () => (await task(app, buyer, taskId)).status === 'prototyping');
  expect(await beginnings(app, taskId)).toEqual({ begun: 0, at_once: 0 });
  await other.query('COMMIT');
  await reaches(app, buyer, taskId, 'review');
});
