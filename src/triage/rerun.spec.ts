import { describe, expect, test } from 'vitest';
import { aCandidate, decide, scoring } from '../../test/support/candidates.js';
import { POLICY } from './policy.js';
import { changedPolicy, PolicyChanges } from './policy.schema.js';
import { difference, totals } from './rerun.js';

const slow = { recentMs: Array.from({ length: 10 }, () => 300_000) };
const decision = decide(
  [
    aCandidate('good', { record: { ...scoring(90), ...slow } }),
    aCandidate('fair', { record: { ...scoring(70), ...slow } }),
    aCandidate('fast', { record: scoring(30) }),
  ],
  { places: 2, experimentation: 0 },
);
const onlySpeed = { weights: { record: 0, wins: 0, trend: 0, speed: 1, relevance: 0 } };

describe('a round decided again', () => {
  test('is the same under its own numbers', () => {
    expect(difference(decision, {})).toMatchObject({ replays: true, entered: [], left: [], shifts: [] });
    expect(difference(decision, { policy: {} })).toMatchObject({ replays: true, entered: [], left: [], shifts: [] });
  });

  test('shows who would have come and gone, and whose chance would have moved, the most first', () => {
    const found = difference(decision, { policy: onlySpeed });
    expect(found.entered.map(({ name }) => name)).toEqual(['fast']);
    expect(found.left).toHaveLength(1);
    expect(found.shifts).toHaveLength(2);
    expect(found.shifts.find(({ name }) => name === 'fast')).toMatchObject({ before: 0, after: 1 });
  });

  test('may have other places, and another dial', () => {
    expect(difference(decision, { places: 3 }).entered).toHaveLength(1);
    expect(difference(decision, { places: 1 }).left).toHaveLength(1);
    expect(difference(decision, { experimentation: 1 }).shifts.length).toBeGreaterThan(0);
  });

  test('leaves the stored decision as it was', () => {
    const before = structuredClone(decision);
    difference(decision, { policy: onlySpeed, places: 1 });
    expect(decision).toEqual(before);
  });

  test('adds up over rounds', () => {
    const found = totals([difference(decision, { policy: onlySpeed }), difference(decision, {})]);
    expect(found).toMatchObject({ rounds: 2, differing: 1, entered: 1, left: 1, movedShare: 0.25 });
    expect(found.agents.map(({ change }) => Math.abs(change))).toEqual([1, 1]);
    expect(totals([])).toMatchObject({ rounds: 0, movedShare: 0, agents: [] });
  });
});

describe('changes of a policy', () => {
  test('are numbers that it has, within bounds that keep it a policy', () => {
    expect(PolicyChanges.safeParse({ weights: { record: 0.2 }, jitter: 0, betaFactor: 1 }).success).toBe(true);
    for (const wrong of [
      { luck: 1 },
      { weights: { luck: 1 } },
      { jitter: 1 },
      { prior: 0 },
      { speedHalfLifeMs: 0 },
      { weights: 1 },
    ])
      expect(PolicyChanges.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });

  test('take every number of the policy as it is', () => {
    expect(PolicyChanges.parse(POLICY)).toEqual(POLICY);
  });

  test('leave the weights as shares, and all else as it was', () => {
    const { weights, ...rest } = changedPolicy(POLICY, { weights: { record: 1 } });
    expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights.record).toBeGreaterThan(POLICY.weights.record);
    expect({ ...rest, weights: POLICY.weights }).toEqual(POLICY);
    expect(changedPolicy(POLICY, { fit: { category: 0.1 } }).fit).toEqual({ exactType: 1, category: 0.1 });
  });
});
