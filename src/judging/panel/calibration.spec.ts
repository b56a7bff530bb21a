import { describe, expect, test } from 'vitest';
import { calibration, type DecidedRound, type SeenBid } from './calibration.js';

const DAY = 86_400_000;

const bid = (id: string, score: number, more: Partial<SeenBid> = {}): SeenBid => ({
  id,
  picked: false,
  low: score,
  high: score,
  dimensions: [],
  criteria: [],
  ...more,
});

let galleries = 0;

const round = (day: number, bids: SeenBid[], more: Partial<DecidedRound> = {}): DecidedRound => ({
  gallery: `${++galleries}`,
  taskType: 'summary',
  judge: 'rules',
  version: '1',
  rubricVersion: 1,
  at: new Date(day * DAY),
  bids,
  ...more,
});

const hit = (day: number, more: Partial<DecidedRound> = {}) =>
  round(day, [bid('a', 80, { picked: true }), bid('b', 40)], more);
const miss = (day: number, more: Partial<DecidedRound> = {}) =>
  round(day, [bid('a', 80), bid('b', 40, { picked: true })], more);
const only = (rounds: DecidedRound[]) => {
  const [first] = calibration(rounds, 30 * DAY);
  if (!first) throw new Error('There is no task type.');
  return first;
};

describe('calibration', () => {
  test('says how often the top-judged bid is the one picked, with an interval, beside drawing lots', () => {
    const { topPicked, byChance, rounds } = only([hit(0), hit(1), hit(2), miss(3)]);
    expect(rounds).toBe(4);
    expect(topPicked).toMatchObject({ hits: 3, of: 4, share: 0.75 });
    expect(topPicked.low).toBeGreaterThan(0.25);
    expect(topPicked.high).toBeLessThan(1);
    expect(byChance).toBe(0.5);
  });

  test('lets bids that share the first place share the hit', () => {
    expect(only([round(0, [bid('a', 70, { picked: true }), bid('b', 70)])]).topPicked.hits).toBe(0.5);
  });

  test('leaves out galleries of one bid, and those without a pick', () => {
    expect(
      calibration([round(0, [bid('a', 70, { picked: true })]), round(0, [bid('a', 1), bid('b', 2)])], DAY),
    ).toEqual([]);
  });

  test('keeps task types, judges and their versions apart', () => {
    const found = calibration([hit(0), miss(1, { version: '2' }), hit(0, { taskType: 'logo' })], 30 * DAY);
    expect(found.map(({ taskType, rounds }) => [taskType, rounds])).toEqual([
      ['logo', 1],
      ['summary', 2],
    ]);
    expect(found[1]?.byJudge.map(({ version, topPicked: { share } }) => [version, share])).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
  });

  test('counts a gallery that two judges saw once, by the first, and shows both', () => {
    const { rounds, topPicked, byJudge } = only([
      miss(0, { gallery: 'x', judge: 'panel' }),
      hit(0, { gallery: 'x', judge: 'rules' }),
    ]);
    expect({ rounds, share: topPicked.share }).toEqual({ rounds: 1, share: 0 });
    expect(byJudge.map(({ judge, topPicked: { share } }) => [judge, share])).toEqual([
      ['panel', 0],
      ['rules', 1],
    ]);
  });

  test('shows a drift by window, and calls it one only when it can be no chance', () => {
    const good = Array.from({ length: 30 }, (_, day) => hit(day));
    const bad = Array.from({ length: 30 }, (_, day) => miss(30 + day));
    const drifted = only([...good, ...bad]);
    expect(drifted.byWindow.map(({ topPicked: { share } }) => share)).toEqual([1, 0]);
    expect(drifted.drift.apparent).toBe(true);
    expect(only([hit(0), hit(1), miss(31), miss(32)]).drift.apparent).toBe(false);
  });

  test('says which criteria and dimensions foretell picks, over pairs that differ on them', () => {
    const seen = (picked: boolean, met: 'yes' | 'no' | 'unknown', clarity: number) =>
      bid(`${picked}`, 50, {
        picked,
        criteria: [{ key: 'cites', met }],
        dimensions: [{ key: 'clarity', low: clarity, high: clarity }],
      });
    const { criteria, dimensions } = only([
      round(0, [seen(true, 'yes', 10), seen(false, 'no', 90)]),
      round(1, [seen(true, 'yes', 10), seen(false, 'unknown', 90)]),
      round(2, [seen(true, 'yes', 90), seen(false, 'yes', 90)]),
    ]);
    expect(criteria).toMatchObject([{ key: 'cites', hits: 1, of: 1 }]);
    expect(dimensions).toMatchObject([{ key: 'clarity', hits: 0, of: 2 }]);
  });
});
