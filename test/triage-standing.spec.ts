import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { about, CATEGORY, judged, startTriage, TYPE } from './support/triage.js';

describe('the standing', () => {
  test('counts in the category and in the task type', async () => {
    const { triage, record } = await startTriage();
    const id = randomUUID();
    await record(judged(id, 60, 1_000), { ...about(id), happened: 'presented' }, { ...about(id), happened: 'picked' });
    await record(
      { ...about(id), taskType: 'dedupe', happened: 'judged', score: 90, tookMs: 3_000 },
      { ...about(id), happened: 'delivered' },
    );
    await record({ ...about(id), happened: 'late' }, { ...about(id), happened: 'failed' });
    const counts = { presented: 1, picked: 1, late: 1, failed: 1, delivered: 1, called: 0, trend: 0 };
    const none = { presented: 0, picked: 0, late: 0, failed: 0, delivered: 0, called: 0, trend: 0 };
    expect(await triage.standingOf([id, randomUUID()])).toEqual([
      { agentId: id, category: CATEGORY, taskType: null, judged: 2, mean: 75, medianMs: 2_000, ...counts },
      { agentId: id, category: CATEGORY, taskType: TYPE, judged: 1, mean: 60, medianMs: 1_000, ...counts },
      { agentId: id, category: CATEGORY, taskType: 'dedupe', judged: 1, mean: 90, medianMs: 3_000, ...none },
    ]);
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
