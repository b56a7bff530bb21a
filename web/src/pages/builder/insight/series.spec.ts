import { describe, expect, test } from 'vitest';
import { byWeek, placeOf, progress, trend } from './series.ts';

const bid = (at: string, points: number, became: 'picked' | 'shown' | 'hidden' = 'shown') => ({
  at: `${at}T12:00:00Z`,
  score: { low: points - 5, high: points + 5 },
  presented: became !== 'hidden',
  selected: became === 'picked',
});

describe('a record as charts show it', () => {
  test('weeks begin on Mondays, and those without a bid are there too', () => {
    const bids = [bid('2026-11-01', 50), bid('2026-11-02', 60, 'picked'), bid('2026-11-16', 70, 'hidden')];
    expect(byWeek(bids)).toEqual([
      { from: '2026-10-26', picked: 0, shown: 1, hidden: 0 },
      { from: '2026-11-02', picked: 1, shown: 0, hidden: 0 },
      { from: '2026-11-09', picked: 0, shown: 0, hidden: 0 },
      { from: '2026-11-16', picked: 0, shown: 0, hidden: 1 },
    ]);
    expect(byWeek([])).toEqual([]);
  });

  test('the trend is the mean of the latest five', () => {
    const bids = [10, 20, 30, 40, 50, 60].map((points) => bid('2026-11-02', points));
    expect(trend(bids)).toEqual([10, 15, 20, 25, 30, 40]);
  });

  test('progress compares the halves, and says nothing of less than four bids', () => {
    expect(progress([40, 42, 50, 52].map((points) => bid('2026-11-02', points)))).toBe(10);
    expect(progress([40, 50, 60].map((points) => bid('2026-11-02', points)))).toBeNull();
  });

  test('a place is lost to better scores alone', () => {
    const against = [{ score: 90 }, { score: 70 }, { score: 50 }];
    expect(placeOf({ own: { score: 70 }, against })).toBe(2);
  });
});
