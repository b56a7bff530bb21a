import { describe, expect, test } from 'vitest';
import { aCandidate, type CandidateChanges, decide } from '../../test/support/candidates.js';
import type { Decision } from '../triage/decision.js';
import { firstLook, hedgeStep } from './hedge-rule.js';

const START = new Date('2026-03-01T12:00:00.000Z');
const WINDOW_MS = 400_000;
const after = (ms: number) => new Date(START.getTime() + ms);
const times = { startedAt: START, deadlineAt: after(WINDOW_MS) };
const took = (...recentMs: number[]) => ({ recent: recentMs.map(() => 80), recentMs });

/** Two are called, by their scores; the others wait. */
function round(agents: Record<string, CandidateChanges>): Decision {
  const candidates = Object.entries(agents).map(([name, changes], index) =>
    aCandidate(name, { ...changes, record: { all: { judged: 10, mean: 90 - 10 * index }, ...changes.record } }),
  );
  return decide(candidates, { places: 2, experimentation: 0 });
}

const step = (decision: Decision, atMs: number, out = ['agent-a', 'agent-b']) =>
  hedgeStep(decision, { ...times, now: after(atMs), out });

describe('a bidder', () => {
  const quick = { record: took(10_000, 20_000, 30_000, 150_000) };
  const decision = round({ a: quick, b: {}, c: {}, d: { record: took(20_000, 20_000, 20_000) } });

  test('seems late once it takes longer than nine in ten of its own answers did', () => {
    expect(step(decision, 0)).toEqual({ kind: 'wait', at: after(150_000) });
    expect(firstLook(decision, times)).toEqual(after(150_000));
    expect(step(decision, 150_000)).toMatchObject({ kind: 'invite', late: 'agent-a' });
  });

  test('without a history seems late at half time, and a very fast one not before a quarter of it', () => {
    expect(step(decision, 150_000, ['agent-b'])).toEqual({ kind: 'wait', at: after(200_000) });
    const fast = round({ a: { record: took(10, 10, 10) }, b: {}, c: {} });
    expect(step(fast, 1_000, ['agent-a'])).toEqual({ kind: 'wait', at: after(100_000) });
  });

  test('that has answered is not waited for', () => {
    expect(step(decision, 300_000, [])).toEqual({ kind: 'over' });
  });
});

describe('the extra bidder', () => {
  const late = { record: took(1_000, 1_000, 1_000) };
  const asked = (decision: Decision, atMs: number) => {
    const found = step(decision, atMs);
    return found.kind === 'invite' ? found.next.map(({ name }) => name) : found.kind;
  };

  test('is the next by score, of an operator that has nobody in the round', () => {
    const decision = round({ a: late, b: late, c: { operatorId: 'operator-a' }, d: {}, e: {} });
    expect(asked(decision, 120_000)).toEqual(['d', 'e']);
  });

  test('is somebody who mostly answers in the time that is left', () => {
    const decision = round({
      a: late,
      b: late,
      c: { record: took(300_000, 300_000, 300_000) },
      d: { record: took(20_000, 20_000, 20_000) },
    });
    expect(asked(decision, 120_000)).toEqual(['d']);
    expect(asked(decision, 390_000)).toBe('over');
  });

  test('is nobody where nobody is left, or where it fails of late', () => {
    expect(asked(round({ a: late, b: late }), 120_000)).toBe('over');
    const failing = { record: { setbacks: 9, setbackAt: '2026-03-01T11:59:00.000Z' } };
    expect(asked(round({ a: late, b: late, c: failing }), 120_000)).toBe('over');
  });

  test('is nobody after the deadline', () => {
    expect(asked(round({ a: late, b: late, c: {} }), WINDOW_MS)).toBe('over');
  });
});
