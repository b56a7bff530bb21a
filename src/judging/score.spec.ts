import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JudgedCriterion, Met } from './judgement.schema.js';
import { dimensionScore, totalScore } from './score.js';

function aCriterion(met: Met, weight = 1): JudgedCriterion {
  return { key: 'k', dimension: 'd', source: 'rubric', question: 'Is it?', met, evidence: '', confidence: 1, weight };
}

const aDimension = (weight: number, criteria: JudgedCriterion[]) =>
  dimensionScore({ key: 'd', name: 'D', weight, criteria });

describe('a dimension', () => {
  test('reaches from all unknown missed to all unknown met, by weight', () => {
    expect(aDimension(1, [aCriterion('yes', 2), aCriterion('no'), aCriterion('unknown')])).toMatchObject({
      low: 50,
      high: 75,
    });
  });
});

describe('the total', () => {
  const half = aDimension(0.25, [aCriterion('yes'), aCriterion('no')]);
  const open = aDimension(0.5, [aCriterion('unknown')]);

  test('is the mean of the dimensions that apply, by weight', () => {
    expect(totalScore([half, open], [], [])).toEqual({ low: 16.7, high: 83.3 });
  });

  test('loses a missed rule at both ends, an unknown one at the low end, and 50 points at most', () => {
    expect(totalScore([half], [aCriterion('no', 10), aCriterion('unknown', 5)], [])).toEqual({ low: 35, high: 40 });
    expect(
      totalScore(
        [aDimension(1, [aCriterion('yes')])],
        Array.from({ length: 9 }, () => aCriterion('no', 10)),
        [],
      ),
    ).toEqual({ low: 50, high: 50 });
  });

  test('stays below the lowest cap of the gates that closed; a gate without a cap only reports', () => {
    const gates = [15, 10, null].map((cap) => ({ key: 'g', evidence: '', cap }));
    expect(totalScore([half], [], gates)).toEqual({ low: 10, high: 10 });
    expect(totalScore([half], [], gates.slice(2))).toEqual({ low: 50, high: 50 });
  });

  test('is anything at all when no dimension applies', () => {
    expect(totalScore([], [], [])).toEqual({ low: 0, high: 100 });
  });

  test('never has its low end above its high end', () => {
    const met = fc.constantFrom<Met>('yes', 'no', 'unknown');
    const criteria = fc.array(fc.tuple(met, fc.double({ min: 0.1, max: 10, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.array(criteria, { maxLength: 5 }),
        criteria,
        fc.option(fc.integer({ min: 0, max: 100 })),
        (dimensions, rules, cap) => {
          const make = (list: [Met, number][]) => list.map(([each, weight]) => aCriterion(each, weight));
          const { low, high } = totalScore(
            dimensions.map((list) => aDimension(0.2, make(list))),
            make(rules),
            [{ key: 'g', evidence: '', cap }],
          );
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(high);
          expect(high).toBeLessThanOrEqual(cap ?? 100);
        },
      ),
    );
  });
});
