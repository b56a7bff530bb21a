import { describe, expect, test } from 'vitest';
import { waterfall } from './waterfall.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 10, 22) + ms);
const timed = (attempt: number, startedMs: number, times: [number | null, number | null, number | null]) => ({
  attempt,
  started_at: at(startedMs).toISOString(),
  connect_ms: times[0],
  first_byte_ms: times[1],
  total_ms: times[2],
});

describe('the waterfall of a call', () => {
  test('lays its attempts on one axis, and what each was at', () => {
    const { spanMs, bars } = waterfall([timed(1, 0, [20, 60, 100]), timed(2, 300, [null, 50, 100])], at(400));
    expect(spanMs).toBe(400);
    expect(bars).toEqual([
      {
        attempt: 1,
        from: 0,
        parts: [
          { phase: 'connect', ms: 20, share: 5 },
          { phase: 'wait', ms: 40, share: 10 },
          { phase: 'receive', ms: 40, share: 10 },
        ],
      },
      {
        attempt: 2,
        from: 75,
        parts: [
          { phase: 'wait', ms: 50, share: 12.5 },
          { phase: 'receive', ms: 50, share: 12.5 },
        ],
      },
    ]);
  });

  test('shows an attempt that is under way as waiting until now', () => {
    expect(waterfall([timed(1, 0, [null, null, null])], at(250)).bars[0]?.parts).toEqual([
      { phase: 'wait', ms: 250, share: 100 },
    ]);
  });

  test('tells the work of an agent that answers later from the exchange that it acknowledged in', () => {
    const later = { ...timed(1, 0, [10, 20, 1_000]), acknowledged_at: at(40).toISOString() };
    expect(waterfall([later], at(1_000)).bars[0]?.parts.map(({ phase, ms }) => [phase, ms])).toEqual([
      ['connect', 10],
      ['wait', 10],
      ['receive', 20],
      ['work', 960],
    ]);
  });
});
