import { expect, test } from 'vitest';
import { meaningOf } from './call-meaning.js';

const REASONS = [
  'timed_out',
  'late',
  'unreachable',
  'blocked',
  'reset',
  'bad_status',
  'bad_body',
  'too_large',
  'not_acknowledged',
  'failed_later',
];

test.each(REASONS)('a call that failed as %s has a meaning of its own and a fix', (reason) => {
  const { what, fix } = meaningOf({ outcome: 'failed', reason, bid: null });
  expect(what).not.toBe('It failed.');
  expect(fix).not.toBeNull();
});

test('an answer that could not be taken says why', () => {
  const bid = { status: 'invalid', reason: 'the price is over the budget' };
  const { what, fix } = meaningOf({ outcome: 'answered', reason: null, bid });
  expect(what).toContain('the price is over the budget');
  expect(fix).toContain('price');
});

test.each(['declined', 'not_called', 'dropped', null] as const)('%s is nothing to repair', (outcome) => {
  expect(meaningOf({ outcome, reason: null, bid: null }).fix).toBeNull();
});
