import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Judgement } from '../judgement.schema.js';
import type { Vote } from '../vote.js';
import { combined } from './combined.js';
import { type CriterionVote, learnedFromPicks, type PairVote } from './from-picks.js';

const vote = (subject: string, judge: string, met: 'yes' | 'no' | 'unknown', kind = 'rubric'): CriterionVote => ({
  ...{ subject, judge, kind, criterion: 'clear', met },
});

/** So many picks on which `sees` foretold the buyer, and `blind` the opposite. */
function learnedFrom(count: number) {
  const picks = Array.from({ length: count }, (_, at) => ({ picked: `p${at}`, other: `o${at}` }));
  const votes = picks.flatMap(({ picked, other }) => [
    ...[vote(picked, 'sees', 'yes'), vote(other, 'sees', 'no')],
    ...[vote(picked, 'blind', 'no'), vote(other, 'blind', 'yes')],
  ]);
  return learnedFromPicks(picks, votes, []);
}

const said = (judge: string, value: Vote['vote'], more: Partial<Vote> = {}): Vote => ({
  ...{ subject: randomUUID(), against: null, judge, judge_version: '1', criterion: 'clear', kind: 'rubric' },
  ...{ order: null, template: 0, vote: value, confidence: 0.5, evidence: '', flags: [] },
  ...more,
});

const ruled: Judgement = {
  judge: 'rules',
  judge_version: '1',
  rubric: { task_type: 'summary', version: 1 },
  total: { low: 50, high: 100 },
  dimensions: [{ key: 'style', name: 'Style', weight: 1, low: 50, high: 100 }],
  criteria: (['yes', 'unknown'] as const).map((met) => ({
    ...{
      key: met === 'yes' ? 'short' : 'clear',
      dimension: 'style',
      source: 'rubric' as const,
      question: 'Is it?',
      met,
    },
    ...{ evidence: '', confidence: 1, weight: 1 },
  })),
  gates: [],
};

describe("buyers' picks", () => {
  test('teach whom to believe, a judge that foretells the opposite included', () => {
    const { jury, picks } = learnedFrom(30);
    expect(picks).toBe(30);
    expect(jury.judges).toEqual(['blind', 'sees']);
    const [blind = 0, sees = 0] = jury.overall.mean;
    expect(sees).toBeGreaterThan(0.5);
    expect(blind).toBeLessThan(0);
  });

  test('count once each, however many bids stood beside the pick', () => {
    const one = learnedFromPicks([{ picked: 'p', other: 'o' }], [vote('p', 'j', 'yes'), vote('o', 'j', 'no')], []);
    const several = learnedFromPicks(
      ['o', 'q', 'r'].map((other) => ({ picked: 'p', other })),
      [vote('p', 'j', 'yes'), ...['o', 'q', 'r'].map((other) => vote(other, 'j', 'no'))],
      [],
    );
    expect(several.picks).toBe(1);
    expect(several.jury.overall.mean[0]).toBeCloseTo(one.jury.overall.mean[0] ?? 0, 6);
  });

  test('are compared with pair votes from either side, and those whose orders differ lean nowhere', () => {
    const pair = (subject: string, against: string, order: 'ab' | 'ba', side: 1 | -1): PairVote => ({
      ...{ subject, against, judge: 'j', order, side },
    });
    const leans = (...votes: PairVote[]) =>
      learnedFromPicks([{ picked: 'p', other: 'o' }], [], votes).questions.map((question) => question.leans);
    expect(leans(pair('p', 'o', 'ab', 1), pair('p', 'o', 'ba', 1))).toEqual([[1]]);
    expect(leans(pair('o', 'p', 'ab', -1), pair('o', 'p', 'ba', -1))).toEqual([[1]]);
    expect(leans(pair('o', 'p', 'ab', -1), pair('o', 'p', 'ba', 1))).toEqual([[0]]);
  });
});

describe('a panel', () => {
  test('narrows what the rules left open, by the judges that picks speak for', () => {
    const { jury } = learnedFrom(30);
    const judged = combined(ruled, [said('sees', 'no'), said('blind', 'yes')], jury);
    expect(judged).toMatchObject({ judge: 'panel', total: { low: 50, high: 50 } });
    expect(judged.criteria[1]).toMatchObject({ met: 'no', evidence: expect.stringContaining('sees: no, blind: yes') });
  });

  test('without enough picks takes only what all agree on, and says so', () => {
    expect(combined(ruled, [said('x', 'yes'), said('y', 'yes')], null).total).toEqual({ low: 100, high: 100 });
    const split = combined(ruled, [said('x', 'yes'), said('y', 'no')], null);
    expect(split.total).toEqual(ruled.total);
    expect(split.criteria[1]?.evidence).toContain('too few picks are known');
  });

  test('counts no vote that is flagged, none that contradicts itself, and never overrules the rules', () => {
    expect(combined(ruled, [said('x', 'yes', { flags: ['injected'] })], null)).toBe(ruled);
    const twice = [said('x', 'yes'), said('x', 'no', { template: 1 })];
    expect(combined(ruled, twice, null).total).toEqual(ruled.total);
    expect(combined(ruled, [said('x', 'no', { criterion: 'short' })], null).total).toEqual(ruled.total);
  });
});
