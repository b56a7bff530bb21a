import { describe, expect, test } from 'vitest';
import { KINDS, type KindName, labelled, world } from '../../../bench/quality/juries.js';
import { decide, leanOf, learned, majority, type Question, recordOf } from './jury.js';
import { readRecording } from './recorded.js';

const PAIRS = 300;
const SEEDS = 20;

/** How often each is right on the pairs without a label, over several worlds of a kind. */
function measured(kind: KindName, labels: number) {
  const sums = { panel: 0, best: 0, majority: 0 };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const made = world(kind, PAIRS, seed);
    const known = labelled(made, labels, seed + 1_000);
    const lines = made.votes.map((vote) =>
      known.has(vote.item) ? { ...vote, label: made.truth.get(vote.item) ?? null } : vote,
    );
    const { judges, questions } = readRecording(lines);
    const jury = learned(judges, questions);
    const rest = questions
      .filter(({ item }) => !known.has(item))
      .map((question): Question => ({ ...question, label: made.truth.get(question.item) === 'a' ? 1 : -1 }));
    const right = rest.filter((question) => (decide(jury, question).verdict === 'a') === (question.label === 1)).length;
    sums.panel += right / rest.length / SEEDS;
    sums.best += bestOf(judges, rest) / SEEDS;
    sums.majority += (majority(rest).share ?? 0) / SEEDS;
  }
  return sums;
}

/** The best judge in hindsight, which nobody with 20 labels can name for sure. */
function bestOf(judges: readonly string[], rest: readonly Question[]): number {
  const shares = judges.map((_, at) => recordOf(rest, at)).map(({ right, split }) => (right + split / 2) / rest.length);
  return Math.max(...shares);
}

describe('twenty labels', () => {
  const kinds = Object.keys(KINDS) as KindName[];

  test.each(kinds)('of "%s" make a panel as good as the best judge in hindsight, or nearly', (kind) => {
    const { panel, best } = measured(kind, 20);
    expect(panel).toBeGreaterThan(best - 0.02);
  });

  test.each([
    'one good judge, nine that dress sways',
    'worse work dressed up',
    'three families that err together',
    'a liar, a coin and one that takes the first',
  ] as const)('of "%s" are worth more than the majority, by far', (kind) => {
    const { panel, majority: plain } = measured(kind, 20);
    expect(panel).toBeGreaterThan(0.85);
    expect(panel - plain).toBeGreaterThan(0.05);
  });

  test('are not held against a jury whose majority is right', () => {
    const { panel, majority: plain } = measured('ten that err each for itself', 20);
    expect(panel).toBeGreaterThan(plain - 0.02);
  });
});

describe('without a label', () => {
  const questions = readRecording(world('none good', 50, 3).votes);

  test('every judge is believed a little, the firmer ones more, and no verdict is sure that few of them share', () => {
    const jury = learned(questions.judges, questions.questions);
    expect(Math.min(...jury.overall.mean)).toBeGreaterThan(0);
    expect(Math.max(...jury.overall.mean)).toBeLessThan(0.2);
    const one = { kind: '', leans: questions.judges.map((_, at) => (at === 0 ? 1 : 0)) };
    expect(decide(jury, one)).toMatchObject({ verdict: 'a', sure: false });
  });
});

describe('a judge', () => {
  test('whose orders contradict each other leans to neither side', () => {
    const vote = (order: 'ab' | 'ba', side: 1 | -1 | 0 | null) => ({ order, vote: side });
    expect(leanOf([vote('ab', 1), vote('ba', -1)])).toBe(0);
    expect(leanOf([vote('ab', 1), vote('ba', 1)])).toBe(1);
    expect(leanOf([vote('ab', 1), vote('ab', 1), vote('ba', 0)])).toBe(0.5);
    expect(leanOf([vote('ab', -1), vote('ba', null)])).toBe(-1);
    expect(leanOf([])).toBe(0);
  });

  test('that is always wrong is believed the other way round, and one that says nothing moves nothing', () => {
    const questions = Array.from({ length: 20 }, (_, at): Question => {
      const label = at % 2 === 0 ? 1 : -1;
      return { item: `${at}`, kind: '', leans: [-label, 0], label };
    });
    const jury = learned(['liar', 'mute'], questions);
    expect(jury.overall.mean[0]).toBeLessThan(-1);
    expect(Math.abs(jury.overall.mean[1] ?? 1)).toBeLessThan(0.3);
    expect(recordOf(questions, 0)).toMatchObject({ right: 0, wrong: 20, alone: Math.log(1 / 21) });
    expect(decide(jury, { kind: '', leans: [1, 0] })).toMatchObject({ verdict: 'b', sure: true });
    expect(decide(jury, { kind: '', leans: [0, 0] })).toMatchObject({ verdict: 'tie', probability: 0.5, sure: false });
  });

  test('can be good at one kind of question and bad at another', () => {
    const questions = Array.from({ length: 60 }, (_, at): Question => {
      const label = at % 4 < 2 ? 1 : -1;
      const kind = at % 2 === 0 ? 'prose' : 'code';
      return { item: `${at}`, kind, leans: [kind === 'prose' ? label : -label], label };
    });
    const jury = learned(['one'], questions);
    expect(decide(jury, { kind: 'prose', leans: [1] }).verdict).toBe('a');
    expect(decide(jury, { kind: 'code', leans: [1] }).verdict).toBe('b');
  });
});

test('more labels never narrow a verdict for nothing: the interval shrinks as they come', () => {
  const width = (labels: number) => {
    const made = world('worse work dressed up', PAIRS, 5);
    const known = labelled(made, labels, 6);
    const lines = made.votes.map((vote) => ({
      ...vote,
      label: known.has(vote.item) ? (made.truth.get(vote.item) ?? null) : null,
    }));
    const { judges, questions } = readRecording(lines);
    const jury = learned(judges, questions);
    const widths = questions.map((question) => decide(jury, question)).map(({ low, high }) => high - low);
    return widths.reduce((sum, one) => sum + one, 0) / widths.length;
  };
  expect(width(100)).toBeLessThan(width(20));
});
