import { describe, expect, test } from 'vitest';
import type { JudgedCriterion, Judgement, Met } from '../judging/judgement.schema.js';
import { wouldHavePassed } from './insight.js';

const MARK = { score: 60, share: 0.5, answer: 60 };

function criterion(
  key: string,
  met: Met,
  weight: number,
  source: JudgedCriterion['source'] = 'rubric',
): JudgedCriterion {
  const dimension = source === 'rubric' ? 'form' : null;
  return { key, dimension, source, question: `${key}?`, met, evidence: `no ${key}`, confidence: 1, weight };
}

function judgement(criteria: JudgedCriterion[], gates: Judgement['gates'] = []): Judgement {
  return {
    ...{ judge: 'rules', judge_version: '1', rubric: { task_type: 't', version: 1 }, total: { low: 0, high: 100 } },
    dimensions: [{ key: 'form', name: 'Form', weight: 1, low: 0, high: 100 }],
    criteria,
    gates,
  };
}

describe('what would have passed', () => {
  test('is the fewest changes, the most helpful first', () => {
    const missed = judgement([
      criterion('title', 'no', 1),
      criterion('sum', 'no', 5),
      criterion('list', 'yes', 3),
      criterion('order', 'no', 1),
      criterion('taste', 'unknown', 5),
    ]);
    expect(wouldHavePassed(missed, MARK)).toEqual([{ ask: 'sum?', seen: 'no sum', gains: 50 }]);
  });

  test('counts a rule of the buyer by the points that missing it took', () => {
    const missed = judgement([
      criterion('sum', 'yes', 13),
      criterion('list', 'no', 7),
      criterion('words', 'no', 10, 'rule'),
    ]);
    expect(wouldHavePassed(missed, MARK).map(({ ask, gains }) => [ask, gains])).toEqual([['list?', 35]]);
  });

  test('begins with what counts before any points: gates, and the answer itself', () => {
    const gates = [{ key: 'near_copy', evidence: 'as the brief', cap: 10 }];
    const wrong = judgement([criterion('sum', 'yes', 1), criterion('fact', 'no', 0, 'answer')], gates);
    expect(wouldHavePassed(wrong, MARK)).toEqual([
      { ask: 'No near copy.', seen: 'as the brief', gains: null },
      {
        ask: 'At least 1 of the 1 facts that a right answer to this brief holds.',
        seen: '0 of them were found',
        gains: null,
      },
    ]);
  });

  test('is nothing for a pass, and nothing where only the unknown is left', () => {
    expect(wouldHavePassed(judgement([criterion('sum', 'yes', 1)]), MARK)).toEqual([]);
    expect(wouldHavePassed(judgement([criterion('sum', 'unknown', 1)]), MARK)).toEqual([]);
  });
});
