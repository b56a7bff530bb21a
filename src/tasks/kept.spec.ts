import { describe, expect, test } from 'vitest';
import { keptShare } from './kept.js';

const total = (low: number, high: number) => ({ low, high });

describe('what a delivery keeps of its prototype', () => {
  test('is a share of the middle of its score', () => {
    expect(keptShare(total(70, 90), total(30, 50))).toBeCloseTo(0.5);
  });

  test('is never more than all of it', () => {
    expect(keptShare(total(60, 60), total(90, 100))).toBe(1);
  });

  test('is not known where hardly anything was promised', () => {
    expect(keptShare(total(0, 8), total(80, 90))).toBeNull();
  });
});
