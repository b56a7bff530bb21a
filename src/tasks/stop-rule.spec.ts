import { expect, test } from 'vitest';
import { isEnough } from './stop-rule.js';

test('so many bids that are sure of the score are enough; others, and those nobody looked at, do not count', () => {
  const rules = { stopAfter: 2, stopScore: 60 };
  expect(isEnough([60, 75], rules)).toBe(true);
  expect(isEnough([60, 59.9, null], rules)).toBe(false);
  expect(isEnough([], rules)).toBe(false);
});

test('without the rule nothing is ever enough', () => {
  expect(isEnough([100, 100, 100], { stopAfter: null, stopScore: 0 })).toBe(false);
});
