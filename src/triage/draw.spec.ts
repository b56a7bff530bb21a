import { describe, expect, test } from 'vitest';
import {
  aCandidate,
  type CandidateChanges,
  type DecideOptions,
  decide,
  scoring,
} from '../../test/support/candidates.js';
import type { Candidate, Decision } from './decision.js';
import { POLICY } from './policy.js';

/** `a` is the best, `z` the last. */
const market = (names: string, changes: (name: string, index: number) => CandidateChanges = () => ({})): Candidate[] =>
  [...names].map((name, index) => aCandidate(name, { record: scoring(90 - 3 * index), ...changes(name, index) }));
const namesOf = ({ chosen }: Decision) => chosen.map(({ name }) => name).join('');
const byPlace = (decision: Decision, place: 'merit' | 'exploration') =>
  decision.chosen
    .filter((one) => one.place === place)
    .map(({ name }) => name)
    .join('');
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index.toString(16).padStart(8, '0'));

/** How often each was called in so many redraws, and how often the record says it would be. */
function redraws(candidates: readonly Candidate[], options: DecideOptions, count = 10_000) {
  const called = new Map<string, number>();
  const said = new Map<string, number>();
  for (const seed of seeds(count)) {
    const decision = decide(candidates, { ...options, seed });
    for (const { name } of decision.chosen) called.set(name, (called.get(name) ?? 0) + 1 / count);
    for (const { name, propensity } of decision.candidates) said.set(name, (said.get(name) ?? 0) + propensity / count);
  }
  return candidates.map(({ name }) => ({ name, called: called.get(name) ?? 0, said: said.get(name) ?? 0 }));
}

/** Four standard errors of a share. */
const tolerance = (share: number, count = 10_000) => 4 * Math.sqrt(Math.max(share * (1 - share), 1e-4) / count) + 1e-9;

describe('the places', () => {
  test('go by merit alone when everybody is well tried and the dial is at 0', () => {
    const decision = decide(market('abcdefgh'), { experimentation: 0 });
    expect(namesOf(decision)).toBe('abcde');
    expect(decision.chosen.map(({ propensity }) => propensity)).toEqual([1, 1, 1, 1, 1]);
  });

  test('keep one for the least tried while anybody that merit leaves out has fewer than four tries', () => {
    const tries = (count: number) => market('abcdefgh', (name) => (name === 'h' ? { tries: count } : {}));
    expect(namesOf(decide(tries(3), { experimentation: 0 }))).toBe('abcdh');
    expect(decide(tries(3), { experimentation: 0 }).chosen.at(-1)).toMatchObject({
      place: 'exploration',
      leastTried: true,
      propensity: 1,
    });
    expect(namesOf(decide(tries(4), { experimentation: 0 }))).toBe('abcde');
  });

  test('give the kept one to the least tried, not just to any newcomer', () => {
    const candidates = market('abcdefgh', (name) => (name === 'g' ? { tries: 1 } : name === 'h' ? { tries: 0 } : {}));
    for (const seed of seeds(50))
      expect(byPlace(decide(candidates, { experimentation: 0, seed }), 'exploration')).toBe('h');
  });

  test('go to a newcomer by merit too, and the kept one to somebody else', () => {
    const candidates = market('abcdefgh', () => ({ tries: 0 }));
    const decision = decide(candidates, { experimentation: 0 });
    expect(byPlace(decision, 'merit')).toBe('abcd');
    expect('efgh').toContain(byPlace(decision, 'exploration'));
  });

  test('are all filled while there is anybody to call, and nobody is called twice', () => {
    for (const count of [0, 1, 2, 4, 5, 6]) {
      for (const seed of seeds(20)) {
        const decision = decide(
          market('abcdefgh'.slice(0, count), () => ({ tries: 0 })),
          { seed, experimentation: 0.5 },
        );
        expect(new Set(decision.chosen.map(({ agentId }) => agentId)).size).toBe(Math.min(count, 5));
      }
    }
  });

  test('a single one goes by merit, but for the dial', () => {
    const candidates = market('abc', () => ({ tries: 0 }));
    expect(namesOf(decide(candidates, { places: 1, experimentation: 0 }))).toBe('a');
    const shares = redraws(candidates, { places: 1, experimentation: 0.3 }, 2_000);
    expect(shares[0]?.called).toBeCloseTo(0.7 + 0.3 / 3, 1);
  });
});

describe('an operator', () => {
  const ofOne = (names: string) => (name: string) => (names.includes(name) ? { operatorId: 'one' } : {});

  test('has its best agent called, and no other', () => {
    for (const seed of seeds(50)) {
      const decision = decide(market('abcdefgh', ofOne('abh')), { seed });
      expect(decision.chosen.filter(({ operatorId }) => operatorId === 'one').map(({ name }) => name)).toEqual(['a']);
    }
  });

  test('has a newcomer tried in the place of its best, and the next one moves up', () => {
    const candidates = market('abcdefgh', (name) => ({ ...ofOne('ah')(name), ...(name === 'h' ? { tries: 0 } : {}) }));
    expect(namesOf(decide(candidates, { experimentation: 0 }))).toBe('bcdeh');
  });

  test('gets no more of the draw by having many agents', () => {
    const many = [...'defghijk'].map((name) => aCandidate(name, { operatorId: 'many', tries: 0, record: scoring(10) }));
    const candidates = [...market('abc'), ...many, aCandidate('z', { tries: 0, record: scoring(10) })];
    const shares = redraws(candidates, { places: 3, experimentation: 0 }, 2_000);
    expect(shares.find(({ name }) => name === 'z')?.called).toBeCloseTo(0.5, 1);
  });
});

describe('the dial', () => {
  test('is the expected number of exploring places besides the kept one', () => {
    for (const [kept, tries] of [
      [1, 0],
      [0, 9],
    ] as const) {
      const candidates = market('abcdefghijkl', (_, index) => (index > 5 ? { tries } : {}));
      const explored = seeds(4_000).map(
        (seed) => byPlace(decide(candidates, { seed, experimentation: 0.3 }), 'exploration').length,
      );
      expect(explored.reduce((sum, count) => sum + count, 0) / 4_000 - kept).toBeCloseTo(0.3, 1);
      expect(new Set(explored)).toEqual(new Set([kept, kept + 1]));
    }
  });

  test('always draws one more at 1', () => {
    for (const seed of seeds(50))
      expect(byPlace(decide(market('abcdefgh'), { seed, experimentation: 1 }), 'merit')).toBe('abcd');
  });

  test('favours the less tried: half the tries, about twice the chance', () => {
    const candidates = market('abcdefgh', (name) => ({ tries: name === 'g' ? 9 : 19 }));
    const shares = redraws(candidates, { experimentation: 1 }, 4_000);
    const of = (wanted: string) => shares.find(({ name }) => name === wanted)?.called ?? 0;
    expect(of('g') / of('h')).toBeGreaterThan(1.7);
    expect(of('g') / of('h')).toBeLessThan(2.4);
  });

  test('draws those that failed of late at a fiftieth of the weight', () => {
    const failed = { recent: [], recentMs: [], setbacks: 5, setbackAt: '2026-03-01T12:00:00.000Z' };
    const candidates = market('abcdefgh', (name) => (name === 'h' ? { record: failed } : {}));
    const { candidates: scored } = decide(candidates, { experimentation: 1, policy: { ...POLICY, jitter: 0 } });
    const of = (wanted: string) => scored.find(({ name }) => name === wanted)?.propensity ?? 0;
    expect(of('h') / of('g')).toBeCloseTo(0.02, 6);
  });
});

describe('an agent that failed five times', () => {
  const FIVE = { setbacks: 5, setbackAt: '2026-03-01T11:00:00.000Z' };
  /** How likely the agent is to be called as it is, and how likely without its failures, by the record's exact word. */
  const chances = (candidates: readonly Candidate[], name: string, options: DecideOptions) => {
    const failed = candidates.map((one) => (one.name === name ? { ...one, record: { ...one.record, ...FIVE } } : one));
    const of = (all: readonly Candidate[]) =>
      decide(all, options).candidates.find((one) => one.name === name)?.propensity ?? 0;
    return { failed: of(failed), usual: of(candidates) };
  };

  test('is called at most 2 % as often, the best as the newcomer, in a crowd as among few, whatever the dial', () => {
    for (const names of ['abcdefghijkl', 'abcdef', 'abc', 'ab']) {
      const markets = [
        market(names),
        market(names, () => ({ tries: 0 })),
        market(names, (_, index) => ({ tries: index })),
      ];
      for (const candidates of markets)
        for (const name of [names[0] ?? '', names.at(-1) ?? ''])
          for (const experimentation of [0, 0.3, 1])
            for (const seed of seeds(5)) {
              const { failed, usual } = chances(candidates, name, { experimentation, seed });
              expect(failed, `${name} of ${names} at ${experimentation}`).toBeLessThanOrEqual(0.02 * usual + 1e-9);
            }
    }
  });

  test('is drawn as often as the record says', () => {
    const candidates = market('abcdefgh', (name, index) => ({
      tries: index,
      ...(name === 'h' || name === 'b' ? { record: { ...scoring(80), ...FIVE, setbacks: 3 } } : {}),
    }));
    for (const { name, called, said } of redraws(candidates, { experimentation: 0.7 }))
      expect(Math.abs(called - said), name).toBeLessThan(tolerance(said));
  });

  test('is called by merit all the same when nobody else can be', () => {
    const alone = market('ab', () => ({ record: { ...scoring(50), ...FIVE } }));
    expect(namesOf(decide(alone, { experimentation: 0 }))).toBe('ab');
  });

  test('is back at its full rate within ten good answers, however often it failed, and on the way at more and more', () => {
    const candidates = market('abcdefgh');
    const usual = chances(candidates, 'a', {}).usual;
    const rates = Array.from({ length: 11 }, (_, answers) => {
      const setbacks = Math.floor(10 / 2 ** answers); // as the standing counts
      const record = { ...scoring(90), setbacks, setbackAt: FIVE.setbackAt };
      const all = candidates.map((one) => (one.name === 'a' ? aCandidate('a', { record }) : one));
      return decide(all, {}).candidates.find(({ name }) => name === 'a')?.propensity ?? 0;
    });
    expect(rates[0]).toBeLessThanOrEqual(0.02 * usual);
    expect(rates).toEqual(rates.toSorted((a, b) => a - b));
    expect(rates[10]).toBe(usual);
  });

  test('is back with time too: nobody that fits is never called again', () => {
    const setbackAt = '2026-02-23T12:00:00.000Z'; // six days ago
    const candidates = market('abcdefgh', (name) => (name === 'a' ? { record: { setbacks: 10, setbackAt } } : {}));
    expect(namesOf(decide(candidates, { experimentation: 0 }))).toContain('a');
  });
});

describe('propensities', () => {
  const crowd = market('abcdefghijkl', (name, index) => ({
    tries: index % 5,
    ...('bk'.includes(name) ? { operatorId: 'one' } : {}),
    ...('cl'.includes(name) ? { operatorId: 'two' } : {}),
  }));

  test('are what 10,000 redraws show, with the weights held still', () => {
    for (const candidates of [crowd, market('abcdefgh')]) {
      for (const { name, called, said } of redraws(candidates, { policy: { ...POLICY, jitter: 0 } })) {
        expect(Math.abs(called - said), name).toBeLessThan(tolerance(said));
      }
    }
  });

  test('are what 10,000 redraws show on average, with each draw jittering its own weights', () => {
    for (const { name, called, said } of redraws(crowd, {}))
      expect(Math.abs(called - said), name).toBeLessThan(tolerance(said));
  });

  test('sum to the places, and are above 0 for whoever was called', () => {
    for (const seed of seeds(100)) {
      const { candidates, chosen } = decide(crowd, { seed });
      expect(candidates.reduce((sum, { propensity }) => sum + propensity, 0)).toBeCloseTo(5, 9);
      expect(chosen.every(({ propensity }) => propensity > 0 && propensity <= 1)).toBe(true);
    }
  });
});

describe('over many rounds', () => {
  test('nobody that fits is never called, siblings of the best and the worst included', () => {
    let candidates = [...'abcdefghijklmnopqrstuvwxyz'].map((name, index) =>
      aCandidate(name, {
        tries: 0,
        exactType: index % 3 > 0,
        record: scoring(95 - 3 * index),
        operatorId: `operator-${index % 20}`,
      }),
    );
    for (const seed of seeds(120)) {
      const called = new Set(decide(candidates, { seed, experimentation: 0 }).chosen.map(({ agentId }) => agentId));
      candidates = candidates.map((one) => (called.has(one.agentId) ? { ...one, tries: one.tries + 1 } : one));
    }
    expect(Math.min(...candidates.map(({ tries }) => tries))).toBeGreaterThanOrEqual(4);
  });
});
