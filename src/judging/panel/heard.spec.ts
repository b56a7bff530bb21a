import { describe, expect, test } from 'vitest';
import type { Vote } from '../vote.js';
import { learnedFromPicks, type PairVote } from './from-picks.js';
import { pairsWon } from './heard.js';

const [A, B] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;

const vote = (judge: string, order: 'ab' | 'ba', side: Vote['vote'], more: Partial<Vote> = {}): Vote => ({
  ...{ subject: A, against: B, judge, judge_version: '1', criterion: 'pair', kind: 'pair', order, template: 0 },
  ...{ vote: side, confidence: 0.8, evidence: '', flags: [] },
  ...more,
});
const both = (judge: string, side: Vote['vote'], more: Partial<Vote> = {}) => [
  vote(judge, 'ab', side, more),
  vote(judge, 'ba', side, more),
];

/** Thirty picks that `sees` foretold and `blind` did not. */
function jury() {
  const picks = Array.from({ length: 30 }, (_, at) => ({ picked: `p${at}`, other: `o${at}` }));
  const pairs = picks.flatMap(({ picked, other }): PairVote[] => {
    const said = { subject: picked, against: other, order: null };
    return [
      { ...said, judge: 'sees', side: 1 },
      { ...said, judge: 'blind', side: -1 },
    ];
  });
  return learnedFromPicks(picks, [], pairs).jury;
}

describe('a pair that several models compared', () => {
  test('is won when all agree in both orders, whichever of the two each called a', () => {
    const turned = both('y', 'b', { subject: B, against: A });
    expect(pairsWon([...both('x', 'a'), ...turned], null)).toEqual(
      new Map([
        [A, 1],
        [B, -1],
      ]),
    );
  });

  test('is a tie when they differ, or the orders of one do', () => {
    const tie = new Map([
      [A, 0],
      [B, 0],
    ]);
    expect(pairsWon([...both('x', 'a'), ...both('y', 'b')], null)).toEqual(tie);
    const split = [
      vote('y', 'ab', 'a', { flags: ['orders_disagree'] }),
      vote('y', 'ba', 'b', { flags: ['orders_disagree'] }),
    ];
    expect(pairsWon([...both('x', 'a'), ...split], null)).toEqual(tie);
  });

  test('goes by those that picks speak for, once enough are known', () => {
    expect(pairsWon([...both('sees', 'b'), ...both('blind', 'a')], jury()).get(B)).toBe(1);
  });

  test('counts no vote that is void', () => {
    expect(pairsWon(both('x', 'a', { flags: ['injected'] }), null)).toEqual(new Map());
  });
});
