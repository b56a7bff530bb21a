import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Db } from '../src/platform/database/db.js';
import { Learning1700000010500 } from '../src/triage/learning.migration.js';
import { standingOf } from '../src/triage/standing.queries.js';
import { createDatabase } from './support/databases.js';
import { about, CATEGORY, judged, startTriage, TYPE } from './support/triage.js';

describe('a judged round', () => {
  test('puts relative scores and ratings on all records, by who stood above whom', async () => {
    const { triage, record } = await startTriage();
    const ids = Array.from({ length: 3 }, () => randomUUID()).toSorted();
    const scores = [90, 60, 30];
    for (const level of [0, -20, 5]) await record(...ids.map((id, index) => judged(id, (scores[index] ?? 0) + level)));
    const standing = (await triage.standingOf(ids)).filter(({ taskType }) => taskType === null);
    const [best, middle, worst] = standing;
    expect(best?.relative).toBeGreaterThan(middle?.relative ?? 100);
    expect(middle?.relative).toBeGreaterThan(worst?.relative ?? 100);
    expect(best?.rating).toMatchObject({ comparisons: 6, known: false });
    expect(best?.rating.value).toBeGreaterThan(1_500);
    expect(worst?.rating.value).toBeLessThan(1_500);
  });

  test('of a new rubric starts the mean anew, and the new version of an agent keeps its record with less weight', async () => {
    const { db, triage, record } = await startTriage();
    const [id, other] = [randomUUID(), randomUUID()];
    const bid = (score: number, changes: object) => ({ ...judged(id, score), ...changes });
    for (let round = 0; round < 4; round++) await record(bid(80, {}), judged(other, 40));
    await record(bid(20, { rubricVersion: 2 }), { ...judged(other, 20), rubricVersion: 2 });
    const ofType = async () => (await triage.standingOf([id])).find(({ taskType }) => taskType !== null);
    expect(await ofType()).toMatchObject({ judged: 5, mean: 20 });
    const weight = async () =>
      (
        await db.query<{ weight: number }>(
          'SELECT weight FROM agent_standing WHERE agent_id = $1 AND category IS NULL',
          [id],
        )
      )[0]?.weight ?? 0;
    expect(await weight()).toBeGreaterThan(4.5);
    await record(bid(50, { agentVersion: 2, rubricVersion: 2 }));
    expect(await weight()).toBeLessThan(2.6);
  });

  test('and a pick move ratings once for each, in the transaction that notes them', async () => {
    const { triage, record } = await startTriage();
    const [picked, other] = [randomUUID(), randomUUID()];
    await record(
      { ...about(picked), happened: 'presented' },
      { ...about(other), happened: 'presented' },
      { ...about(picked), happened: 'picked' },
    );
    const values = (await triage.standingOf([picked])).map(({ rating }) => rating);
    expect(values).toHaveLength(2);
    expect(values.every(({ value, comparisons }) => value > 1_500 && comparisons === 1)).toBe(true);
    expect((await triage.standingOf([other]))[0]?.rating.value).toBeLessThan(1_500);
  });
});

test('what a record of 0.1.0 remembers is kept as relative scores of little weight', async () => {
  const database = await createDatabase();
  const source = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
  onTestFinished(async () => {
    await source.destroy();
    await database.drop();
  });
  const db = new Db(source);
  const migration = new Learning1700000010500();
  const runner = source.createQueryRunner();
  const id = randomUUID();
  await migration.down(runner);
  await runner.query(
    `INSERT INTO agent_standing (agent_id, category, task_type, called, judged, score_sum, recent, recent_ms, presented, picked, late, failed,
                                 delivered, setbacks, setback_at, updated_at)
     SELECT $1, $2, type, 5, 4, 280, '{80,60,80,60}', '{9,9,9,9}', 3, 1, 1, 0, 0, 1, now(), now() FROM unnest(ARRAY[NULL, $3]) type`,
    [id, CATEGORY, TYPE],
  );
  await migration.up(runner);
  await runner.release();
  const [category, type] = await standingOf(db, [id]);
  expect(category).toMatchObject({ taskType: null, called: 5, judged: 4, mean: 70, picked: 1, late: 1 });
  expect(category?.relative).toBeCloseTo(70, 5);
  expect(type).toMatchObject({ taskType: TYPE, mean: 70 });
  const [whole] = await db.query('SELECT called, setbacks, weight FROM agent_standing WHERE category IS NULL');
  expect(whole).toEqual({ called: 5, setbacks: 1, weight: expect.closeTo(1.2, 9) });
});

describe('the standing', () => {
  test('counts in the category and in the task type', async () => {
    const { triage, record } = await startTriage();
    const id = randomUUID();
    await record(judged(id, 60, 1_000), { ...about(id), happened: 'presented' }, { ...about(id), happened: 'picked' });
    await record(
      {
        ...about(id),
        taskType: 'dedupe',
        happened: 'judged',
        score: 90,
        tookMs: 3_000,
        agentVersion: 1,
        rubricVersion: 1,
      },
      { ...about(id), happened: 'delivered' },
    );
    await record({ ...about(id), happened: 'late' }, { ...about(id), happened: 'failed' });
    const counts = { presented: 1, picked: 1, late: 1, failed: 1, delivered: 1, called: 0, trend: 0 };
    const none = { presented: 0, picked: 0, late: 0, failed: 0, delivered: 0, called: 0, trend: 0 };
    expect(await triage.standingOf([id, randomUUID()])).toMatchObject([
      { agentId: id, category: CATEGORY, taskType: null, judged: 2, mean: 75, medianMs: 2_000, ...counts },
      { agentId: id, category: CATEGORY, taskType: TYPE, judged: 1, mean: 60, medianMs: 1_000, ...counts },
      { agentId: id, category: CATEGORY, taskType: 'dedupe', judged: 1, mean: 90, medianMs: 3_000, ...none },
    ]);
  });

  test('remembers of the latest six deliveries what they kept, in all categories together', async () => {
    const { db, triage, record } = await startTriage();
    const id = randomUUID();
    for (const share of [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]) await record({ ...about(id), happened: 'kept', share });
    const [whole] = await db.query<{ kept: number[] }>('SELECT kept FROM agent_standing WHERE category IS NULL');
    expect(whole?.kept.map((share) => Number(share.toFixed(2)))).toEqual([0.7, 0.6, 0.5, 0.4, 0.3, 0.2]);
    expect((await triage.standingOf([id]))[0]).toMatchObject({ delivered: 0, kept: whole?.kept });
  });

  test('remembers the latest 20 bids, newest first, and every one in the mean', async () => {
    const { db, triage, record } = await startTriage();
    const id = randomUUID();
    for (let score = 1; score <= 25; score++) await record(judged(id, score));
    const [row] = await db.query<{ recent: number[] }>(
      'SELECT recent FROM agent_standing WHERE agent_id = $1 AND task_type IS NULL',
      [id],
    );
    expect(row?.recent).toEqual(Array.from({ length: 20 }, (_, index) => 25 - index));
    expect((await triage.standingOf([id]))[0]).toMatchObject({ judged: 25, mean: 13, trend: 10 });
  });

  test('halves the setbacks with each judged bid and adds one with each failure, up to ten', async () => {
    const { db, record } = await startTriage();
    const id = randomUUID();
    const setbacks = async () =>
      (
        await db.query<{ setbacks: number }>(
          'SELECT setbacks FROM agent_standing WHERE agent_id = $1 AND task_type IS NULL',
          [id],
        )
      )[0]?.setbacks;
    for (let i = 0; i < 12; i++) await record({ ...about(id), happened: i % 2 === 0 ? 'late' : 'failed' });
    expect(await setbacks()).toBe(10);
    await record(judged(id, 50));
    expect(await setbacks()).toBe(5);
    await record(judged(id, 50), judged(id, 50));
    expect(await setbacks()).toBe(1);
  });

  test('loses nothing when many transactions record the same agents at once, in any order', async () => {
    const { triage, record } = await startTriage();
    const ids = Array.from({ length: 6 }, () => randomUUID());
    const orders = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? ids : ids.toReversed()));
    await Promise.all(orders.map((order) => record(...order.map((id) => judged(id, 50)))));
    const standing = await triage.standingOf(ids);
    expect(standing).toHaveLength(12);
    expect(standing.every(({ judged }) => judged === 40)).toBe(true);
  });

  test('is unchanged by a transaction that rolls back', async () => {
    const { db, triage } = await startTriage();
    const id = randomUUID();
    const failing = db.transaction(async (tx) => {
      await triage.record(tx, [judged(id, 50)]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await triage.standingOf([id])).toEqual([]);
  });
});
