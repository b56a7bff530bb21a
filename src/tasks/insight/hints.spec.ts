import { describe, expect, test } from 'vitest';
import { ENOUGH_ROUNDS, hints, type Lost, median } from './hints.js';

const calls = { called: 20, late: 0, failed: 0 };
const side = (completeness: number, more: Partial<Lost['own']> = {}) => ({
  ...{ price: 100, tookMs: 1_000, score: completeness },
  dimensions: [
    { name: 'Completeness', weight: 0.5, score: completeness },
    { name: 'Style', weight: 0.1, score: completeness - 10 },
    { name: 'Accuracy', weight: 0.4, score: 80 },
  ],
  ...more,
});
const rounds = (count: number, lost: Lost) => Array.from({ length: count }, () => lost);

describe('hints', () => {
  test('name the dimensions that lose most first, with both means and the rounds they rest on', () => {
    const found = hints(rounds(12, { own: side(54), winner: side(71) }), calls);
    expect(found.map(({ text }) => text)).toEqual([
      "Your bids lose most on Completeness: 54 on average against the winners' 71, over 12 rounds.",
      "Your bids lose also on Style: 44 on average against the winners' 61, over 12 rounds.",
    ]);
  });

  test('say nothing from few rounds, of small differences, or where nothing was lost', () => {
    expect(hints(rounds(ENOUGH_ROUNDS - 1, { own: side(10), winner: side(90) }), calls)).toEqual([]);
    expect(hints(rounds(50, { own: side(70), winner: side(73) }), calls)).toEqual([]);
    expect(hints([], calls)).toEqual([]);
  });

  test('name price and speed where the winners ask and take clearly less', () => {
    const dear = { own: side(70, { price: 140, tookMs: 9_000 }), winner: side(70) };
    expect(hints(rounds(6, dear), calls).map(({ about }) => about)).toEqual(['price', 'speed']);
    const near = { own: side(70, { price: 110, tookMs: 1_500 }), winner: side(70) };
    expect(hints(rounds(6, near), calls)).toEqual([]);
  });

  test('name calls that brought nothing, once they are many', () => {
    expect(hints([], { called: 20, late: 1, failed: 2 })[0]?.text).toContain('3 of 20 calls brought no bid');
    expect(hints([], { called: 9, late: 9, failed: 0 })).toEqual([]);
  });
});

test.each([
  [[], 0],
  [[3], 3],
  [[9, 1], 5],
  [[5, 1, 3], 3],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});
