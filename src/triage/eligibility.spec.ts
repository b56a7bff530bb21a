import { describe, expect, test } from 'vitest';
import { aCandidate, DECIDED_AT, decide } from '../../test/support/candidates.js';
import type { Decision } from './decision.js';
import { type AgentFacts, obstacles, wasConsidered } from './eligibility.js';

const AT = Date.parse(DECIDED_AT);
const before = new Date(AT - 1_000);
const later = new Date(AT + 1_000);

/** An agent that nothing stands in the way of, but for the changes. */
const facts = (changes: Partial<AgentFacts> = {}): AgentFacts => ({
  agentId: 'agent-it',
  operatorId: 'operator-it',
  name: 'it',
  version: 1,
  visibility: 'live',
  active: true,
  pausedAt: null,
  health: 'healthy',
  minPrice: 1,
  createdAt: before,
  capabilities: [{ taskType: 'csv-cleaning', passedAt: before.toISOString() }],
  usualMs: null,
  calledBefore: false,
  ...changes,
});
const round = (changes: Partial<Decision> = {}): Decision => ({ ...decide([aCandidate('other')]), ...changes });
const withWindow = (windowMs: number): Decision => ({ ...round(), request: { ...round().request, windowMs } });
const rules = (of: AgentFacts, decision = round()) => obstacles(decision, of).map(({ rule, known }) => [rule, known]);

describe('an agent that was no candidate', () => {
  const CASES: [Partial<AgentFacts>, string, 'then' | 'now'][] = [
    [{ capabilities: [{ taskType: 'dedupe', passedAt: null }] }, 'other_task_type', 'now'],
    [{ capabilities: [{ taskType: null, passedAt: null }] }, 'unproven', 'now'],
    [{ capabilities: [{ taskType: null, passedAt: later.toISOString() }] }, 'unproven', 'then'],
    [{ visibility: 'hidden' }, 'not_visible', 'now'],
    [{ active: false }, 'not_active', 'now'],
    [{ pausedAt: before }, 'paused', 'then'],
    [{ pausedAt: later }, 'paused', 'now'],
    [{ health: 'out' }, 'unhealthy', 'now'],
    [{ operatorId: 'buyer' }, 'own_agent', 'then'],
    [{ minPrice: 101 }, 'too_expensive', 'now'],
    [{ calledBefore: true }, 'earlier_round', 'then'],
  ];
  test.each(CASES)('with %j is told of %s, as what is known %s', (changes, rule, known) => {
    expect(rules(facts(changes))).toEqual([[rule, known]]);
  });

  test('is told what would lift each rule, with numbers', () => {
    const [dear] = obstacles(round(), facts({ minPrice: 250 }));
    expect(dear?.change).toBe('a price of at most 100 (now 250)');
    const [slow] = obstacles(withWindow(60_000), facts({ usualMs: 90_000 }));
    expect(slow).toMatchObject({ rule: 'too_slow', change: expect.stringContaining('within 60 s') });
    expect(rules(facts({ usualMs: 90_000 }), withWindow(90_000))).toEqual([['changed_since', 'now']]);
  });

  test('is told of several at once', () => {
    expect(rules(facts({ active: false, minPrice: 500, health: 'unknown' })).map(([rule]) => rule)).toEqual([
      'not_active',
      'unhealthy',
      'too_expensive',
    ]);
  });

  test('that could be called now was beyond the cut, or something has changed since', () => {
    const crowded = round({ leftOut: { counts: { beyond_the_cut: 12 }, complete: true } });
    expect(rules(facts(), crowded)).toEqual([['beyond_the_cut', 'then']]);
    expect(rules(facts())).toEqual([['changed_since', 'now']]);
  });
});

test('a round considered its candidates, and whoever declared something in the category when it was decided', () => {
  expect(wasConsidered(round(), facts())).toBe(true);
  expect(wasConsidered(round(), facts({ createdAt: later }))).toBe(false);
  expect(wasConsidered(round(), facts({ capabilities: [] }))).toBe(false);
  expect(wasConsidered(round(), facts({ agentId: 'agent-other', capabilities: [], createdAt: later }))).toBe(true);
});
