import { describe, expect, test } from 'vitest';
import { isGivenUp, nextTryAt, placesOf, verdictOf, waits } from './schedule.js';

const now = new Date('2026-03-01T12:00:00Z');
const waitsS = waits('5,60,3600');
const after = (tries: number, chance = 0.5, retryAfterS?: number) => {
  const at = nextTryAt({ tries, waitsS, now, chance, retryAfterS });
  return at && (at.getTime() - now.getTime()) / 1_000;
};

describe('the schedule', () => {
  test('waits longer each time, and ends', () => {
    expect([1, 2, 3, 4].map((tries) => after(tries))).toEqual([5, 60, 3_600, null]);
  });

  test('is off by a tenth at most, by chance', () => {
    expect(after(2, 0)).toBe(54);
    expect(after(2, 1)).toBe(66);
  });

  test('waits as long as a receiver asks, up to a day, and never shorter', () => {
    expect(after(1, 0.5, 120)).toBe(120);
    expect(after(3, 0.5, 1)).toBe(3_600);
    expect(after(1, 0.5, 10 ** 9)).toBe(86_400);
    expect(after(4, 0.5, 120)).toBeNull();
  });
});

describe('an answer', () => {
  test.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [301, 'failed'],
    [400, 'failed'],
    [429, 'failed'],
    [500, 'failed'],
  ])('of %i is %s', (status, kind) => {
    expect(verdictOf(status)).toMatchObject({ kind });
  });

  test('of 410 ends the webhook, and of no other', () => {
    const ends = [301, 404, 409, 410, 411, 500].filter((status) => {
      const verdict = verdictOf(status);
      return verdict.kind === 'failed' && verdict.gone;
    });
    expect(ends).toEqual([410]);
  });
});

test('a webhook is given up after whole days of failing', () => {
  const since = new Date(now.getTime() - 5 * 86_400_000);
  expect(isGivenUp(since, now, 5)).toBe(true);
  expect(isGivenUp(since, new Date(now.getTime() - 1), 5)).toBe(false);
});

test('a receiver that fails or is slow is asked one by one', () => {
  expect(placesOf({ failing: false, slow: false })).toBe(4);
  expect(placesOf({ failing: true, slow: false })).toBe(1);
  expect(placesOf({ failing: false, slow: true })).toBe(1);
});
