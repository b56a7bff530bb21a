import { describe, expect, test } from 'vitest';
import { whyNoBid, whyNoDelivery } from './said-to-buyer.js';

describe('why there is no bid', () => {
  test('is told without what the agent said or asked for', () => {
    const reason = 'bad_status: answered 500: oops: at 10.0.0.7:8080';
    expect(whyNoBid({ status: 'failed', reason })).toBe('its endpoint answered with an error');
    expect(whyNoBid({ status: 'late', reason: 'no answer before the deadline' })).toBe('it did not answer in time');
    expect(whyNoBid({ status: 'late', reason: 'late: the answer was complete only after the deadline' })).toBe(
      'its answer came too late',
    );
    expect(whyNoBid({ status: 'invalid', reason: 'price: must be 1 to the budget of 100, and is 101' })).not.toMatch(
      /\d/,
    );
    expect(whyNoBid({ status: 'declined', reason: 'too busy' })).toBeNull();
    expect(whyNoBid({ status: 'received', reason: null })).toBeNull();
  });
});

describe('why there is no delivery', () => {
  test('is told without where the agent lives, and in its own words where it declined', () => {
    const failed = {
      kind: 'failed',
      reason: 'blocked',
      problem: 'agent.internal is private',
      retryable: false,
    } as const;
    expect(whyNoDelivery(failed)).toBe('its endpoint may not be called');
    expect(whyNoDelivery({ kind: 'declined', reason: 'it is perfect' })).toBe('the agent declined: it is perfect');
  });
});
