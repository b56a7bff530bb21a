import { describe, expect, test } from 'vitest';
import { firstDay, series } from './series.js';

const NOTHING = { tasks: [], bids: [], galleries: [], money: [] };

describe('the days of an overview', () => {
  test('end with today in UTC, however late it is there', () => {
    expect(firstDay(new Date('2026-03-01T23:59:59.999Z'), 1).toISOString()).toBe('2026-03-01T00:00:00.000Z');
    expect(firstDay(new Date('2026-03-01T00:00:00.000Z'), 14).toISOString()).toBe('2026-02-16T00:00:00.000Z');
  });

  test('are all there, with zeros where nothing happened', () => {
    const days = series(new Date('2026-02-27T00:00:00Z'), 3, NOTHING);
    expect(days.map(({ date }) => date)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(days[1]).toEqual({
      date: '2026-02-28',
      tasks: { posted: 0, completed: 0, expired: 0, cancelled: 0, refunded: 0 },
      bids: { called: 0, received: 0, declined: 0, failed: 0, late: 0, invalid: 0, not_called: 0 },
      call_ms: null,
      gallery_ms: null,
      credits: { settled: 0, fees: 0, refunded: 0 },
    });
  });

  test('hold what was found of them, and no other day', () => {
    const bids = { called: 4, received: 2, declined: 1, failed: 0, late: 1, invalid: 0, not_called: 0 };
    const [first, second] = series(new Date('2026-02-27T00:00:00Z'), 2, {
      tasks: [
        { day: '2026-02-28', what: 'posted', tasks: 3 },
        { day: '2026-02-28', what: 'expired', tasks: 1 },
        { day: '2026-02-26', what: 'posted', tasks: 9 },
      ],
      bids: [{ day: '2026-02-28', ...bids, p50: 10, p95: 40 }],
      galleries: [{ day: '2026-02-27', p50: 1_000, p95: 2_000 }],
      money: [{ day: '2026-02-28', settled: 100, fees: 15, refunded: 20 }],
    });
    expect(first).toMatchObject({ tasks: { posted: 0 }, gallery_ms: { p50: 1_000, p95: 2_000 }, call_ms: null });
    expect(second).toMatchObject({
      tasks: { posted: 3, expired: 1, completed: 0 },
      bids,
      call_ms: { p50: 10, p95: 40 },
      credits: { settled: 100, fees: 15, refunded: 20 },
    });
  });

  test('a day on which bids were called and none came has no latency', () => {
    const none = { called: 1, received: 0, declined: 0, failed: 1, late: 0, invalid: 0, not_called: 0 };
    const [day] = series(new Date('2026-02-27T00:00:00Z'), 1, {
      ...NOTHING,
      bids: [{ day: '2026-02-27', ...none, p50: null, p95: null }],
    });
    expect(day).toMatchObject({ bids: none, call_ms: null });
  });
});
