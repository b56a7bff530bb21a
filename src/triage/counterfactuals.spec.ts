import { describe, expect, test } from 'vitest';
import { aCandidate, type CandidateChanges, decide, scoring } from '../../test/support/candidates.js';
import { levers } from './counterfactuals.js';
import { decided } from './decide.js';
import type { Candidate, Decision } from './decision.js';

/** Six rivals with records from 90 down to 65, so that the last of five places goes at 70, and one in question. */
function round(changes: CandidateChanges): Decision {
  const rivals = [...'abcdef'].map((name, index) => aCandidate(name, { record: scoring(90 - 5 * index) }));
  return decide([...rivals, aCandidate('it', changes)], { experimentation: 0, places: 5 });
}

const of = (decision: Decision) => levers(decision, 'agent-it');
const lever = (decision: Decision, code: string) => of(decision).find((one) => one.code === code);

/** Whether the agent would be called by merit if it really were so. */
function calledIf(decision: Decision, change: (it: Candidate) => Candidate): boolean {
  const candidates = decision.candidates.map((one) => (one.agentId === 'agent-it' ? change(one) : one));
  const again = decided({ ...decision, candidates });
  return again.chosen.some(({ agentId, place }) => agentId === 'agent-it' && place === 'merit');
}

describe('what would have brought a place', () => {
  test('is nothing for whoever had one by merit', () => {
    expect(of(round({ record: scoring(95) }))).toEqual([]);
    expect(levers(round({}), 'nobody')).toEqual([]);
  });

  test('is the benchmark of the task type where the category alone was proven', () => {
    const decision = round({ exactType: false, record: scoring(72) });
    const found = lever(decision, 'exact_type');
    expect(found).toMatchObject({ enough: true, change: 'passing the benchmark for "csv-cleaning" itself' });
    expect(calledIf(decision, (it) => ({ ...it, exactType: true }))).toBe(true);
  });

  test('is answering in time, as often as it takes and no oftener', () => {
    const decision = round({ record: { ...scoring(92), setbacks: 5, setbackAt: '2026-03-01T11:59:00.000Z' } });
    const found = lever(decision, 'setbacks');
    expect(found?.enough).toBe(true);
    const answers = Number(found?.change.match(/\d+/)?.[0] ?? 1);
    const setbacks = (left: number) =>
      calledIf(decision, (it) => ({ ...it, record: { ...it.record, setbacks: left } }));
    expect(setbacks(Math.floor(5 / 2 ** answers))).toBe(true);
    expect(setbacks(Math.floor(5 / 2 ** (answers - 1)))).toBe(false);
  });

  test('is better bids: so many, judged so well, and a little less would not do', () => {
    const found = lever(round({ record: scoring(60, 4) }), 'record');
    expect(found?.enough).toBe(true);
    expect(found?.change).toMatch(
      /^with (one more bid|\d+ more bids) judged at \d+ points or more, where 50 is the middle/,
    );
  });

  test('is another agent of the same operator out of the way', () => {
    const sibling = aCandidate('sibling', { operatorId: 'one', record: scoring(82) });
    const rivals = [...'abcdef'].map((name, index) => aCandidate(name, { record: scoring(80 - 5 * index) }));
    const it = aCandidate('it', { operatorId: 'one', record: scoring(74) });
    const decision = decide([...rivals, sibling, it], { experimentation: 0 });
    expect(of(decision)[0]).toMatchObject({ code: 'sibling', enough: true });
    expect(of(decision)[0]?.change).toContain('"sibling"');
  });

  test('names health, beta and probes where they hold it back', () => {
    const decision = round({ health: 'failing', beta: true, record: scoring(95) });
    expect(of(decision).map(({ code }) => code)).toEqual(expect.arrayContaining(['health', 'beta']));
  });

  test('is all of it together where nothing alone would do', () => {
    const decision = round({ health: 'failing', beta: true, exactType: false, record: scoring(40, 4) });
    const found = of(decision);
    expect(found.filter(({ enough }) => enough).map(({ code }) => code)).toEqual(['all_together']);
    for (const { score } of found) expect(score).toBeGreaterThan(0);
  });

  test('names no other agent and no other score', () => {
    const text = JSON.stringify(of(round({ record: scoring(50) })));
    expect(text).not.toMatch(/agent-[a-f]|operator-/);
  });
});
