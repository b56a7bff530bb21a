import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Panel } from '../src/judging/panel/panel.service.js';
import { Votes } from '../src/judging/panel/votes.service.js';
import type { Vote } from '../src/judging/vote.js';
import { Db } from '../src/platform/database/db.js';
import { taskType } from '../src/registry/taxonomy.js';
import { answer, work } from './support/agents.js';
import { call, startApp, type TestApp } from './support/app.js';
import { GOOD } from './support/good-answers.js';
import { act, gallery, liveAgent, ok, type Person, postTask, reaches, signUp } from './support/market.js';

interface Bid {
  readonly id: string;
  readonly rank: number;
}

/** A buyer's pick of the bid with this rank, among one good answer and one that is not. */
async function aPick(app: TestApp, rank: number) {
  const buyer = await signUp(app);
  await liveAgent(app, answer(work(GOOD.summary ?? '')));
  await liveAgent(app, answer(work('The bridge is old. It should be mended one day.')));
  const taskId = await postTask(app, buyer, { title: 'Sum up the report', ...fixture() });
  await reaches(app, buyer, taskId, 'review');
  const bids: Bid[] = (await gallery(app, buyer, taskId)).bids;
  const [picked, other] = [bids.find((bid) => bid.rank === rank), bids.find((bid) => bid.rank !== rank)];
  if (!picked || !other) throw new Error('There should be two bids.');
  await ok(act(app, buyer, taskId, 'select', { bid_id: picked.id }));
  return { buyer, taskId, picked: picked.id, other: other.id };
}

function fixture() {
  const type = taskType('summary');
  if (!type) throw new Error('The taxonomy has no summary.');
  return { description: type.fixture.description, requirements: type.fixture.requirements };
}

async function anAdmin(app: TestApp): Promise<Person> {
  const admin = await signUp(app);
  await app.db.query(`UPDATE accounts SET role = 'admin' WHERE id = $1`, [admin.accountId]);
  await app.db.query(`UPDATE api_keys SET scopes = scopes || '{admin}' WHERE account_id = $1`, [admin.accountId]);
  return admin;
}

const startMarket = () => startApp({ env: { PRESENTED_MIN_SCORE: '0', RATE_LIMIT_SIGNUP_PER_HOUR: '100' } });

describe("a buyer's pick", () => {
  test('is stored as a vote for it against each bid beside it, and calibration counts it', async () => {
    const app = await startMarket();
    const { taskId, picked, other } = await aPick(app, 1);
    const votes = await app.db.query('SELECT subject, against, judge, vote FROM votes');
    expect(votes).toEqual([{ subject: picked, against: other, judge: 'buyer', vote: 'a' }]);
    // What the rules said of it stands in their judgements, and is learned from there.
    expect((await app.get(Panel).learn()).jury.judges).toEqual(['rules']);

    const admin = await anAdmin(app);
    const path = '/admin/judging/calibration';
    const { data } = (await ok(call(app.url, 'GET', `${path}?window_days=7`, { key: admin.key }))).body;
    expect(data.task_types).toMatchObject([
      {
        ...{ task_type: 'summary', rounds: 1, by_chance: 0.5, top_picked: { hits: 1, of: 1 } },
        ...{ by_judge: [{ judge: 'rules' }], by_window: [{ top_picked: { of: 1 } }], drift: { apparent: false } },
      },
    ]);
    expect(data.task_types[0].criteria.length).toBeGreaterThan(0);
    expect(data.panel).toMatchObject({ picks: 1, least_picks: 20 });
    expect((await ok(call(app.url, 'GET', `${path}?task_type=logo`, { key: admin.key }))).body.data.task_types).toEqual(
      [],
    );
    expect(taskId).toBeTruthy();
  });

  test('is nobody’s business but an admin’s', async () => {
    const app = await startMarket();
    const { key } = await signUp(app);
    expect((await call(app.url, 'GET', '/admin/judging/calibration', { key })).status).toBe(403);
  });
});

describe('a rehearsal', () => {
  test('shows the buyer what other weights would have changed, in their own tasks alone', async () => {
    const app = await startMarket();
    const { buyer, taskId, picked } = await aPick(app, 2);
    const rehearse = (who: Person, body: object) =>
      call(app.url, 'POST', '/rubrics/rehearse', { key: who.key, body: { task_type: 'summary', ...body } });

    const { data } = (await ok(rehearse(buyer, {}))).body;
    expect(data).toMatchObject({ reordered: 0, other_first: 0, picked_first: { before: { hits: 0, of: 1 } } });
    expect(data.rounds[0]).toMatchObject({ task_id: taskId, round: 1 });
    expect(data.rounds[0].bids[1]).toMatchObject({ bid_id: picked, picked: true, rank_before: 2, rank_after: 2 });

    // Nothing weighs anything any more: the two are even, and cheaper or earlier goes first.
    const dimension = taskType('summary')?.rubric.dimensions[0]?.key ?? '';
    const even = (await ok(rehearse(buyer, { dimensions: { [dimension]: 0 } }))).body.data;
    expect(even.rounds[0].bids[0].score_after).not.toEqual(data.rounds[0].bids[0].score_before);

    const stranger = await signUp(app);
    expect((await ok(rehearse(stranger, {}))).body.data.rounds).toEqual([]);
    expect((await ok(rehearse(await anAdmin(app), {}))).body.data.rounds).toHaveLength(1);
  });

  test('refuses a task type or a criterion that there is not', async () => {
    const app = await startMarket();
    const { key } = await signUp(app);
    const refused = async (body: object) =>
      (await call(app.url, 'POST', '/rubrics/rehearse', { key, body })).body.error;
    expect(await refused({ task_type: 'summry' })).toMatchObject({ code: 'UNKNOWN_TASK_TYPE' });
    expect(await refused({ task_type: 'summary', criteria: { constructor: 1 } })).toMatchObject({
      code: 'NO_SUCH_CRITERION',
      field: 'criteria.constructor',
    });
    expect(await refused({ task_type: 'summary', dimensions: { x: 2 } })).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

test('votes are kept whole, once each, and go when their transaction does', async () => {
  const app = await startApp();
  const [votes, db] = [app.get(Votes), app.get(Db)];
  const vote = (more: Partial<Vote>): Vote => ({
    ...{ subject: randomUUID(), against: null, judge: 'llm:x', judge_version: '1', criterion: 'clear', kind: 'rubric' },
    ...{ order: null, template: 0, vote: 'yes', confidence: 0.5, evidence: 'it says so', flags: [] },
    ...more,
  });
  const [single, pair] = [vote({}), vote({ against: randomUUID(), order: 'ba', vote: 'b', flags: ['injected'] })];
  await db.transaction(async (tx) => {
    await votes.record(tx, [single, pair]);
    await votes.record(tx, [{ ...single, vote: 'no' }]);
  });
  await expect(
    db.transaction(async (tx) => {
      await votes.record(tx, [vote({ criterion: 'gone' })]);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  const stored = await db.query(
    `SELECT subject, against, judge, judge_version, criterion, kind, shown_order AS "order", template, vote, confidence, evidence, flags
     FROM votes ORDER BY id`,
  );
  expect(stored).toEqual([single, pair]);
});
