import fc from 'fast-check';
import { rate } from 'openskill';
import { describe, expect, test } from 'vitest';
import { random } from '../platform/random.js';
import { KNOWN_AFTER, NEW_RATING, type Rating, ranksOf, rated, shownRating } from './rating.js';

describe('a rating', () => {
  test('rises for who stood above and falls for who stood below, and a surprise moves more than the expected', () => {
    const [winner, loser] = rated([NEW_RATING, NEW_RATING], [1, 2]);
    expect(winner?.mu).toBeGreaterThan(NEW_RATING.mu);
    expect(loser?.mu).toBeLessThan(NEW_RATING.mu);
    const strong: Rating = { mu: 35, sigma: 3, compared: 50 };
    const weak: Rating = { mu: 20, sigma: 3, compared: 50 };
    const [, surprised] = rated([strong, weak], [2, 1]);
    const [expected] = rated([strong, weak], [1, 2]);
    expect((surprised?.mu ?? 0) - weak.mu).toBeGreaterThan((expected?.mu ?? 0) - strong.mu);
  });

  test('of one that bid alone stays as it was, and a tie of equals moves nobody apart', () => {
    expect(rated([NEW_RATING], [1])).toEqual([NEW_RATING]);
    const [a, b] = rated([NEW_RATING, NEW_RATING], [1, 1]);
    expect(a).toEqual(b);
  });

  test('is what the reference implementation says, ties included', () => {
    const one = fc.record({
      mu: fc.double({ min: 0, max: 50, noNaN: true }),
      sigma: fc.double({ min: 0.5, max: 9, noNaN: true }),
      rank: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 8 }), (round) => {
        const rank = round.map((each) => each.rank);
        const reference = rate(
          round.map(({ mu, sigma }) => [{ mu, sigma }]),
          { rank },
        );
        const ours = rated(
          round.map(({ mu, sigma }) => ({ mu, sigma, compared: 0 })),
          rank,
        );
        for (const [index, { mu, sigma }] of ours.entries()) {
          expect(mu).toBeCloseTo(reference[index]?.[0]?.mu ?? 0, 8);
          expect(sigma).toBeCloseTo(reference[index]?.[0]?.sigma ?? 0, 8);
        }
      }),
    );
  });

  test('narrows with each comparison, and is called known after a hundred', () => {
    let ratings: Rating[] = [NEW_RATING, NEW_RATING, NEW_RATING];
    const widths: number[] = [];
    for (let round = 0; round < 60; round++) {
      const { low, high, known, comparisons } = shownRating(ratings[0] ?? NEW_RATING);
      widths.push(high - low);
      expect(known).toBe(comparisons >= KNOWN_AFTER);
      ratings = rated(ratings, [1 + (round % 3), 1 + ((round + 1) % 3), 1 + ((round + 2) % 3)]);
    }
    expect(widths[50]).toBeLessThan((widths[0] ?? 0) / 2);
    expect(shownRating(ratings[0] ?? NEW_RATING)).toMatchObject({ comparisons: 120, known: true });
  });

  test('puts agents in the order of their strength, though luck decides many rounds', () => {
    const next = random('5eed', 'ratings');
    const strengths = [0.2, 0.4, 0.6, 0.8];
    let ratings: Rating[] = strengths.map(() => NEW_RATING);
    for (let round = 0; round < 200; round++) ratings = rated(ratings, ranksOf(strengths.map((one) => one + next())));
    expect(ratings.map(({ mu }) => mu)).toEqual(ratings.map(({ mu }) => mu).toSorted((a, b) => a - b));
  });
});

test('equal scores share a rank', () => {
  expect(ranksOf([50, 80, 50, 20])).toEqual([2, 1, 2, 4]);
});
