import { describe, expect, test } from 'vitest';
import { ago, bytes, clock, credits, duration, interval, words } from './format.ts';

describe('what readers see of numbers and times', () => {
  test('credits are grouped and counted', () => {
    expect(credits(1)).toBe('1 credit');
    expect(credits(12_345)).toBe('12,345 credits');
    expect(credits(-3)).toBe('-3 credits');
  });

  test('a clock never runs below nothing, and names days', () => {
    expect(clock(-5)).toBe('0:00');
    expect(clock(364_000)).toBe('6:04');
    expect(clock(3 * 86_400_000 - 1)).toBe('3 d 0:00:00');
    expect(clock(3_600_000)).toBe('1:00:00');
  });

  test('a moment is told from now, in the largest unit that fits', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(ago('2026-11-22T11:57:00Z', now)).toBe('3 minutes ago');
    expect(ago('2026-11-24T12:00:00Z', now)).toBe('in 2 days');
    expect(ago('2026-11-22T12:00:00Z', now)).toBe('now');
  });

  test('durations and sizes keep a unit that is read at a glance', () => {
    expect([duration(840), duration(12_400), duration(185_000)]).toEqual(['840 ms', '12.4 s', '3 min 5 s']);
    expect([duration(300_000), duration(7_200_000), duration(3_900_000)]).toEqual(['5 min', '2 h', '1 h 5 min']);
    expect([bytes(12), bytes(3_400), bytes(10_500_000)]).toEqual(['12 byte', '3.4 kB', '10.5 MB']);
  });

  test('a score that is not known for sure is told by its bounds', () => {
    expect([interval({ low: 61.6, high: 71 }), interval({ low: 79.8, high: 80.2 })]).toEqual(['62 to 71', '80']);
  });

  test('codes become words', () => {
    expect(words('in_progress')).toBe('In progress');
    expect(words('bid.received')).toBe('Bid received');
  });
});
