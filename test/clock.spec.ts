import { describe, expect, test } from 'vitest';
import { Clockwork } from '../src/tasks/clockwork.js';
import { isOver, STATUSES, silence, type TaskStatus } from '../src/tasks/lifecycle.js';
import { answer } from './support/agents.js';
import { startApp, type TestApp } from './support/app.js';
import { Hold } from './support/holds.js';
import {
  act,
  cleanAudit,
  delivered,
  liveAgent,
  ok,
  type Person,
  pickBest,
  postTask,
  reaches,
  signUp,
  task,
  wallet,
} from './support/market.js';

const HOUR_MS = 3_600_000;

/** Brings a task into a status in which everybody then falls silent. */
const WAYS: Partial<Record<TaskStatus, (app: TestApp, buyer: Person) => Promise<string>>> = {
  prototyping: async (app, buyer) => {
    const { agent } = await liveAgent(app, () => {});
    const id = await postTask(app, buyer);
    await agent.received(1);
    return id;
  },
  review: async (app, buyer) => {
    await liveAgent(app);
    const id = await postTask(app, buyer);
    await reaches(app, buyer, id, 'review');
    return id;
  },
  in_progress: async (app, buyer) => {
    await liveAgent(app, (received, response) =>
      received.phase === 'prototype' ? answer()(received, response) : undefined,
    );
    const id = await postTask(app, buyer);
    await reaches(app, buyer, id, 'review');
    await pickBest(app, buyer, id);
    return id;
  },
  delivered: async (app, buyer) => {
    await liveAgent(app);
    return delivered(app, buyer);
  },
  revision: async (app, buyer) => {
    await liveAgent(app, (received, response) =>
      received.request.revision ? undefined : answer()(received, response),
    );
    const id = await delivered(app, buyer);
    await ok(act(app, buyer, id, 'revise', { notes: 'Make it shorter, please.' }));
    return id;
  },
};

describe('with everybody silent', () => {
  test.each(Object.entries(WAYS))(
    'the clock alone ends a task that is %s, and empties its escrow',
    async (status, bring) => {
      const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
      const buyer = await signUp(app);
      const id = await bring(app, buyer);
      expect((await task(app, buyer, id)).status).toBe(status);
      await letTimePass(app, buyer, id);
      expect((await wallet(app, buyer)).held).toBe(0);
      await cleanAudit(app, app);
    },
  );

  test.each(['open', 'matching', 'judging'] as const)(
    'the clock alone ends a task whose worker never gets past %s',
    async (status) => {
      const app = await startApp({ env: { ROLE: 'api', PUBLIC_URL: 'http://127.0.0.1:1' } });
      const buyer = await signUp(app);
      const id = await postTask(app, buyer);
      // No worker runs in this server, so the task stays where it is put.
      await app.db.query('UPDATE tasks SET status = $2 WHERE id = $1', [id, status]);
      await letTimePass(app, buyer, id);
      expect(await wallet(app, buyer)).toMatchObject({ available: 500, held: 0 });
      await cleanAudit(app, app);
    },
  );

  test('every status that has a clock is tried here', () => {
    const tried = [...Object.keys(WAYS), 'open', 'matching', 'judging'];
    const withClock = (Object.keys(STATUSES) as TaskStatus[]).filter((status) => silence(status));
    expect(tried.sort()).toEqual(withClock.sort());
  });

  test('a buyer is reminded before a window closes, once for each share of it', async () => {
    const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0', NOTICE_SHARES: '0.5,0.9' } });
    const buyer = await signUp(app);
    const id = await WAYS.review?.(app, buyer);
    for (let i = 0; i < 71; i++) {
      app.clock.advance(HOUR_MS);
      await app.get(Clockwork).remind(app.clock.now());
    }
    const reminders = await app.db.query(`SELECT data FROM events WHERE type = 'task.reminder' AND task_id = $1`, [id]);
    expect(reminders).toHaveLength(2);
    expect(reminders[0]).toMatchObject({ data: { status: 'review', then: 'expire' } });
  });
});

test('of two last answers at once, exactly one closes the round', async () => {
  const app = await startApp({ env: { PRESENTED_MIN_SCORE: '0' } });
  const buyer = await signUp(app);
  const hold = await Hold.at(app.db, { table: 'artifacts', on: 'INSERT', when: 'NEW.bid_id IS NOT NULL' });
  const agents = [await liveAgent(app), await liveAgent(app), await liveAgent(app)];
  const id = await postTask(app, buyer);
  for (const { agent } of agents) await agent.received(1);
  await hold.reached();
  await hold.release();
  await reaches(app, buyer, id, 'review');
  const closings = await app.db.query(`SELECT 1 FROM events WHERE type = 'task.judging'`);
  expect(closings).toHaveLength(1);
  expect(await app.db.query(`SELECT DISTINCT status FROM bids`)).toEqual([{ status: 'received' }]);
});

/** Days pass an hour at a time, and nobody does anything. */
async function letTimePass(app: TestApp, buyer: Person, id: string): Promise<void> {
  for (let hours = 0; hours < 24 * 14; hours++) {
    const { status } =
      (await app.db.query<{ status: TaskStatus }>('SELECT status FROM tasks WHERE id = $1', [id]))[0] ?? {};
    if (status && isOver(status)) return;
    app.clock.advance(HOUR_MS);
    await app.get(Clockwork).moveOverdue(app.clock.now());
  }
  throw new Error(`The task never ended; it is ${(await task(app, buyer, id)).status}.`);
}
