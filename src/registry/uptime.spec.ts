import { expect, test } from 'vitest';
import { uptime } from './uptime.js';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
const turn = (hour: number, ok: boolean | null) => ({ at: at(hour), ok });

test('time counts, however often it was asked', () => {
  expect(uptime([turn(0, true), turn(6, false), turn(9, true)], at(0), at(12))).toBe(0.75);
});

test('the turn before the window says how it began', () => {
  expect(uptime([turn(0, false), turn(10, true)], at(8), at(12))).toBe(0.5);
});

test('a pause counts neither way, and nothing known is no number', () => {
  expect(uptime([turn(0, true), turn(4, null), turn(10, false)], at(0), at(12))).toBeCloseTo(4 / 6);
  expect(uptime([], at(0), at(12))).toBeNull();
  expect(uptime([turn(0, null)], at(0), at(12))).toBeNull();
});
