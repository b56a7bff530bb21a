import { describe, expect, test } from 'vitest';
import { aCandidate, decide, scoring } from '../../test/support/candidates.js';
import type { Decision, LeftOut } from '../triage/decision.js';
import { expected, hints } from './preview.js';

const agents = (count: number, changes: Parameters<typeof aCandidate>[1] = {}) =>
  Array.from({ length: count }, (_, n) => aCandidate(`${n}`, { record: scoring(90 - n), ...changes }));
const leaving = (decision: Decision, counts: LeftOut['counts']): Decision => ({
  ...decision,
  leftOut: { counts, complete: true },
});
const said = (decision: Decision, rich: Decision | null = null) =>
  hints(decision, rich).map(({ code, budget, agents: count }) => [code, budget, count]);

describe('a preview', () => {
  test('says so when nobody would be asked, or fewer than there are places', () => {
    expect(said(decide([]))).toEqual([['nobody', null, 0]]);
    expect(said(decide(agents(3, { minPrice: 100 })))).toEqual([['few', null, 3]]);
    expect(said(decide(agents(5, { minPrice: 100 })))).toEqual([]);
  });

  test('names the least budget that reaches one more, and the one that fills the places', () => {
    const dear = [130, 110, 150, 190].map((minPrice, n) => aCandidate(`dear-${n}`, { minPrice }));
    const [few, all] = [agents(3, { minPrice: 100 }), [...agents(3, { minPrice: 100 }), ...dear]];
    const found = hints(decide(few), decide(all)).filter(({ code }) => code === 'raise_budget');
    expect(found.map(({ budget, agents: count }) => [budget, count])).toEqual([
      [110, 1],
      [130, 2],
    ]);
    expect(found[0]?.message).toBe('With a budget of 110 or more, 1 more agent could be asked.');
  });

  test('names what would be enough for the same agents', () => {
    expect(said(decide(agents(6, { minPrice: 40 })))).toEqual([['lower_budget', 40, 6]]);
  });

  test('counts who may be called later, and who does other work', () => {
    const decision = leaving(decide(agents(5, { minPrice: 100 })), { paused: 1, unhealthy: 2, other_task_type: 4 });
    expect(said(decision)).toEqual([
      ['wait', null, 3],
      ['other_task_type', null, 4],
    ]);
  });

  test('lists everybody with a chance, the likeliest first, and no more chance than there are places', () => {
    const decision = decide([...agents(8), aCandidate('new', { tries: 0 })], { experimentation: 0.5 });
    const list = expected(decision);
    expect(list.map(({ propensity }) => propensity)).toEqual(
      list.map(({ propensity }) => propensity).toSorted((a, b) => b - a),
    );
    expect(list.reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(5, 9);
  });
});
