import { describe, expect, test } from 'vitest';
import type { Outcome } from './outcome.js';
import { nextAttemptAt, retryAfterS } from './retry.js';

const now = new Date('2026-01-01T00:00:00Z');
const deadlineAt = new Date('2026-01-01T00:07:00Z');
const failed = (more: object): Outcome => ({
  kind: 'failed',
  reason: 'unreachable',
  problem: '',
  retryable: true,
  ...more,
});
const wait = (outcome: Outcome, attempts = 1) => {
  const at = nextAttemptAt({ outcome, attempts, maxAttempts: 4, now, deadlineAt });
  return at && at.getTime() - now.getTime();
};

describe('the next attempt', () => {
  test('comes after 0.5 s, then twice as long each time', () => {
    expect([1, 2, 3].map((attempts) => wait(failed({}), attempts))).toEqual([500, 1_000, 2_000]);
  });

  test('comes when the agent asks for it', () => {
    expect(wait(failed({ retryAfterS: 30 }))).toBe(30_000);
  });

  test('never comes after the last allowed one', () => {
    expect(wait(failed({}), 4)).toBeNull();
  });

  test('never comes outside the window', () => {
    expect(wait(failed({ retryAfterS: 420 }))).toBeNull();
    expect(wait(failed({ retryAfterS: 419 }))).toBe(419_000);
  });

  test('never comes for an answer, a no, or a failure that the contract calls final', () => {
    expect(wait({ kind: 'answered', answer: { artifacts: [] } })).toBeNull();
    expect(wait({ kind: 'declined', reason: 'busy' })).toBeNull();
    expect(wait(failed({ retryable: false }))).toBeNull();
  });
});

test('Retry-After is read as seconds or as a date, and anything else is ignored', () => {
  expect(retryAfterS('7', now)).toBe(7);
  expect(retryAfterS('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9);
  expect(retryAfterS('Thu, 01 Jan 2020 00:00:00 GMT', now)).toBe(0);
  expect(retryAfterS('soon', now)).toBeUndefined();
  expect(retryAfterS(undefined, now)).toBeUndefined();
});
