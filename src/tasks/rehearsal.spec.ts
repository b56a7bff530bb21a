import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anArtifact, anInput } from '../../test/support/answers.js';
import { GOOD } from '../../test/support/good-answers.js';
import type { Judgement } from '../judging/judgement.schema.js';
import { rescored } from '../judging/rescored.js';
import { RuleJudge } from '../judging/rule-judge.js';
import { categories, taskTypesOf } from '../registry/taxonomy.js';
import { type PastBid, rehearsed, weighable } from './rehearsal.js';

/** Clear or complete, and nothing else is asked. */
function judged(clear: boolean, complete: boolean): Judgement {
  const criterion = (key: string, dimension: string, met: boolean) => ({
    ...{ key, dimension, source: 'rubric' as const, question: 'Is it?', met: met ? ('yes' as const) : ('no' as const) },
    ...{ evidence: '', confidence: 1, weight: 1 },
  });
  const dimension = (key: string, weight: number) => ({ key, name: key, weight, low: 0, high: 0 });
  return rescored({
    ...{ judge: 'rules', judge_version: '1', rubric: { task_type: 'summary', version: 1 }, total: { low: 0, high: 0 } },
    dimensions: [dimension('style', 0.7), dimension('content', 0.3)],
    criteria: [criterion('clear', 'style', clear), criterion('complete', 'content', complete)],
    gates: [],
  });
}

const bid = (judgement: Judgement, picked: boolean): PastBid => ({
  ...{ bidId: randomUUID(), agent: { id: randomUUID(), name: 'Agent' }, price: 10, receivedAt: new Date(0) },
  ...{ picked, judgement },
});

describe('a rehearsal', () => {
  const clear = bid(judged(true, false), false);
  const complete = bid(judged(false, true), true);
  const rounds = [{ taskId: randomUUID(), round: 1, bids: [clear, complete] }];

  test('shows which bids change places, and whether the first is the one that was picked', () => {
    const { reordered, otherFirst, pickedFirst, rounds: again } = rehearsed(rounds, { dimensions: { style: 0.1 } });
    expect({ reordered, otherFirst }).toEqual({ reordered: 1, otherFirst: 1 });
    expect(pickedFirst.before).toMatchObject({ hits: 0, of: 1 });
    expect(pickedFirst.after).toMatchObject({ hits: 1, of: 1 });
    expect(again[0]?.bids.map(({ bidId, rankBefore, rankAfter }) => [bidId, rankBefore, rankAfter])).toEqual([
      [complete.bidId, 2, 1],
      [clear.bidId, 1, 2],
    ]);
    expect(again[0]?.bids[0]).toMatchObject({ before: { low: 30, high: 30 }, after: { low: 75, high: 75 } });
  });

  test('with the same weights, or none, changes nothing', () => {
    expect(rehearsed(rounds, {})).toMatchObject({ reordered: 0, otherFirst: 0 });
    expect(rehearsed(rounds, { dimensions: { style: 0.7 } })).toMatchObject({ reordered: 0 });
  });

  test('takes a criterion out by the weight 0, and a dimension of which nothing is left with it', () => {
    const { rounds: again } = rehearsed(rounds, { criteria: { clear: 0 } });
    expect(again[0]?.bids.map(({ after }) => after.low)).toEqual([100, 0]);
  });

  test('knows what can be weighed', () => {
    expect(weighable(rounds)).toEqual({
      dimensions: new Set(['style', 'content']),
      criteria: new Set(['clear', 'complete']),
    });
  });
});

test('a judgement that is counted anew under its own weights is the very same, for every task type', async () => {
  const judge = new RuleJudge();
  for (const type of categories().flatMap(({ slug }) => taskTypesOf(slug))) {
    const judgement = await judge.judge(anInput(type, [anArtifact(GOOD[type.slug] ?? 'A few words.')]));
    expect(rescored(judgement)).toEqual(judgement);
  }
  await judge.close();
});
