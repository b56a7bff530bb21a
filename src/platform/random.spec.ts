import { describe, expect, test } from 'vitest';
import { random, xoshiro128 } from './random.js';

const take = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

describe('xoshiro128**', () => {
  test("gives the reference implementation's numbers from the state 1, 2, 3, 4", () => {
    expect(take(10, xoshiro128([1, 2, 3, 4]))).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492, 1_287_239_034, 3_734_860_849, 3_729_100_597,
      4_258_142_804,
    ]);
  });

  test('takes words above 2^31 as they are', () => {
    expect(xoshiro128([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0])()).toBe(0xf1391922);
  });
});

describe('a stream', () => {
  test('stays the same for ever, since decisions that were kept replay from it', () => {
    expect(take(3, random('00'))).toEqual([0.9770956518984925, 0.3755165837801786, 0.4193625520891716]);
  });

  test('begins anew with each seed and label', () => {
    const first = [random('00'), random('01'), random('00', 'a'), random('00', 'b'), random('00', 'a', 'b')].map(
      (next) => next(),
    );
    expect(new Set(first).size).toBe(5);
    expect(random('00', 'a')()).toBe(random('00', 'a')());
  });

  test('is even: of 100,000 numbers each tenth of the range gets a tenth', () => {
    const tenths = Map.groupBy(take(100_000, random('5eed')), (number) => Math.floor(number * 10));
    const deviation = [...tenths.values()].reduce((sum, { length }) => sum + (length - 10_000) ** 2 / 10_000, 0);
    expect(tenths.size).toBe(10);
    expect(deviation).toBeLessThan(27.9); // chi-square with 9 degrees of freedom, p = 0.001
  });

  test('stays in [0, 1)', () => {
    expect(take(10_000, random('5eed')).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
