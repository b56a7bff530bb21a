import { describe, expect, test } from 'vitest';
import type { Settled } from '../dispatch/outcome.js';
import { bidOutcome } from './bid-outcome.js';

const limits = { budget: 100, minPrice: 10 };
const kept = { ok: true, artifacts: [] } as const;
const answered = (price?: unknown): Settled => ({
  kind: 'answered',
  answer: { artifacts: [], ...(price === undefined ? {} : { price }) },
});

describe('a bid', () => {
  test('without a price costs the budget', () => {
    expect(bidOutcome(answered(), kept, limits)).toEqual({ status: 'received', reason: null, price: 100 });
  });

  test.each([[10], [100]])('at %d credits is taken', (price) => {
    expect(bidOutcome(answered(price), kept, limits)).toEqual({ status: 'received', reason: null, price });
  });

  test.each([[0], [-5], [101], [9], [10.5], ['50'], [true], [{}], [1e300], [Number.NaN]])(
    'at %j credits is invalid, with the reason',
    (price) => {
      const { status, reason } = bidOutcome(answered(price), kept, limits);
      expect(status).toBe('invalid');
      expect(reason).toMatch(/^price: /);
    },
  );

  test('whose file could not be fetched is invalid', () => {
    expect(bidOutcome(answered(50), { ok: false, problem: 'gone' }, limits)).toEqual({
      status: 'invalid',
      reason: 'gone',
      price: null,
    });
  });

  test('that came too late is late and no failure', () => {
    expect(
      bidOutcome({ kind: 'failed', reason: 'timed_out', problem: 'x', retryable: false }, null, limits).status,
    ).toBe('late');
    expect(
      bidOutcome({ kind: 'failed', reason: 'bad_body', problem: 'x', retryable: false }, null, limits).status,
    ).toBe('failed');
  });

  test('that was never asked for is nobody else’s fault', () => {
    expect(bidOutcome({ kind: 'not_called', problem: 'our side was 9 s late' }, null, limits).status).toBe(
      'not_called',
    );
  });
});
