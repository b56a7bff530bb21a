import { describe, expect, test } from 'vitest';
import { type Judged, ranking } from './ranking.js';

const bid = (bidId: string, low: number, high: number, more: Partial<Judged> = {}): Judged => ({
  bidId,
  low,
  high,
  price: 10,
  receivedAt: new Date(0),
  ...more,
});
const order = (bids: Judged[]) => ranking(bids).map((b) => b.bidId);

describe('the ranking', () => {
  test('goes by the middle of the interval', () => {
    expect(order([bid('a', 40, 60), bid('b', 10, 98), bid('c', 70, 70)])).toEqual(['c', 'b', 'a']);
  });

  test('prefers what is certain, then the cheaper, then the earlier', () => {
    expect(order([bid('wide', 40, 60), bid('sure', 50, 50)])).toEqual(['sure', 'wide']);
    expect(order([bid('dear', 50, 50, { price: 9 }), bid('cheap', 50, 50, { price: 5 })])).toEqual(['cheap', 'dear']);
    expect(
      order([bid('second', 50, 50, { receivedAt: new Date(2) }), bid('first', 50, 50, { receivedAt: new Date(1) })]),
    ).toEqual(['first', 'second']);
  });

  test('does not depend on the order in which bids came out of the database', () => {
    const bids = [bid('a', 50, 50), bid('b', 50, 50), bid('c', 80, 90)];
    expect(order(bids)).toEqual(order([...bids].reverse()));
  });
});
