import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aCandidate, decide, scoring } from '../../test/support/candidates.js';
import { decided } from './decide.js';
import type { Candidate, Decision, Scored } from './decision.js';
import { isThrottled } from './places.js';
import { POLICY } from './policy.js';
import { replay } from './replay.js';

const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      operator: fc.nat(12),
      tries: fc.nat(8),
      score: fc.integer({ min: 0, max: 100 }),
      bids: fc.nat(20),
      exactType: fc.boolean(),
      beta: fc.boolean(),
      setbacks: fc.nat(4),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all.map(({ operator, score, bids, setbacks, ...facts }, index) =>
      aCandidate(String(index), {
        ...facts,
        operatorId: `operator-${operator}`,
        record: { ...scoring(score, bids), setbacks, setbackAt: setbacks > 0 ? '2026-03-01T10:00:00.000Z' : null },
      }),
    ),
  );
const rounds = fc.record({
  candidates,
  places: fc.integer({ min: 1, max: 8 }),
  experimentation: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.stringMatching(/^[0-9a-f]{32}$/),
});
const stored = (decision: Decision) => JSON.parse(JSON.stringify(decision)) as Decision;

describe('a decision', () => {
  test('replays from its stored record to the same pool', () => {
    fc.assert(
      fc.property(rounds, ({ candidates, ...asked }) => {
        const decision = decide(candidates, asked);
        expect(replay(stored(decision))).toEqual(decision.chosen);
        expect(decided(stored(decision))).toEqual(decision);
      }),
    );
  });

  test('is the same in whatever order the candidates come', () => {
    const shuffled = rounds.chain((round) =>
      fc
        .shuffledSubarray(round.candidates, { minLength: round.candidates.length })
        .map((other) => ({ ...round, other })),
    );
    fc.assert(
      fc.property(shuffled, ({ candidates, other, ...asked }) => {
        expect(decide(other, asked)).toEqual(decide(candidates, asked));
      }),
    );
  });

  test('calls at most so many, each once, one an operator, and all it says was likely', () => {
    fc.assert(
      fc.property(rounds, ({ candidates, ...asked }) => {
        const { chosen, candidates: scored } = decide(candidates, asked);
        const operators = new Set(candidates.map(({ operatorId }) => operatorId)).size;
        // Those that failed too much of late are called by chance alone, while there are others.
        const able = (some: readonly Scored[]) =>
          new Set(some.filter((one) => !isThrottled(one, POLICY)).map(({ operatorId }) => operatorId)).size;
        const certain = able(scored) || operators;
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(asked.places, certain));
        expect(chosen.length).toBeLessThanOrEqual(Math.min(asked.places, operators));
        expect(new Set(chosen.map(({ operatorId }) => operatorId)).size).toBe(chosen.length);
        expect(chosen.every(({ propensity }) => propensity > 0 && propensity <= 1)).toBe(true);
      }),
    );
  });

  test('can be tried again under other weights', () => {
    const agents = [
      aCandidate('fast', { record: scoring(60) }),
      aCandidate('good', { record: { ...scoring(100), recentMs: Array(10).fill(120_000) } }),
    ];
    const decision = decide(agents, { places: 1, experimentation: 0 });
    const speedAlone = { ...POLICY, weights: { record: 0, wins: 0, trend: 0, speed: 1, relevance: 0 } };
    expect(decision.chosen[0]?.name).toBe('good');
    expect(replay(decision, speedAlone)[0]?.name).toBe('fast');
  });
});
