import { describe, expect, test } from 'vitest';
import type { RunReason, RunStatus } from './benchmark.schema.js';
import { waitAfter, whyWait } from './cooldown.js';

const SETTINGS = { stepsS: [60, 360, 1_440], shortS: 5 };
const end = (status: RunStatus, reason: RunReason | null, before = 0) => {
  const wait = waitAfter({ status, reason, finishedAt: new Date(0) }, before, SETTINGS);
  return [wait.failures, wait.until && wait.until.getTime() / 1_000];
};

describe('after a run the agent waits', () => {
  test('longer with each failure in a row, up to the last step', () => {
    expect([0, 1, 2, 3, 9].map((before) => end('failed', 'fixtures_failed', before))).toEqual([
      [1, 60],
      [2, 360],
      [3, 1_440],
      [4, 1_440],
      [10, 1_440],
    ]);
  });

  test('not at all after a pass, which ends the row, and after a fault of ours, which does not count', () => {
    expect(end('passed', null, 5)).toEqual([0, null]);
    expect(end('failed', 'our_fault', 2)).toEqual([2, null]);
  });

  test('a short while when nothing of its work was seen, which does not count either', () => {
    expect(end('failed', 'unreachable', 2)).toEqual([2, 5]);
    expect(end('failed', 'agent_changed', 1)).toEqual([1, 5]);
  });

  test('one step where nothing more can be decided', () => {
    expect(end('undecided', 'undecidable', 4)).toEqual([0, 60]);
  });
});

test('and is told why', () => {
  const until = new Date(0);
  expect(whyWait({ status: 'failed', reason: 'fixtures_failed' }, { failures: 1, until })).toBe('the last run failed');
  expect(whyWait({ status: 'failed', reason: 'fixtures_failed' }, { failures: 3, until })).toBe(
    '3 runs in a row failed',
  );
  expect(whyWait({ status: 'failed', reason: 'unreachable' }, { failures: 0, until })).toMatch(/no call .* reached/);
  expect(whyWait({ status: 'passed', reason: null }, { failures: 0, until: null })).toBeNull();
});
