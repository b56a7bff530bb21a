import { expect, test } from 'vitest';
import { wordsOfDial } from './words-of-dial.ts';

test('the dial says what it does to a round, and a single place is never kept', () => {
  expect(wordsOfDial(0, 6)).toContain('all others go to the best records');
  expect(wordsOfDial(0.3, 6)).toContain('in 30% of rounds one more is drawn');
  expect(wordsOfDial(1, 6)).toContain('one more is always drawn');
  expect(wordsOfDial(0.3, 1)).not.toContain('kept');
});
