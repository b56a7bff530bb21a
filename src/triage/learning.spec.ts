import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../platform/random.js';
import { asVersion, LEARNING, type Learned, learned, type Memory, NOTHING, type RoundBid } from './learning.js';

const bid = (score: number, changes: Partial<RoundBid> = {}): RoundBid => ({
  score,
  version: 1,
  here: NOTHING,
  all: NOTHING,
  ...changes,
});
const known = (mean: number, weight = 30, level = 0): Memory => ({
  weight,
  relative: mean * weight,
  level: level * weight,
  version: 1,
});
const relative = (bids: readonly RoundBid[]) => learned(bids).map((one) => one.relative);

describe('a round', () => {
  test('says as much when its judge is harsh as when it is kind', () => {
    const here = { here: known(0.5), all: known(0.5) };
    const round = (level: number) => relative([70, 60, 50, 40].map((score) => bid(score + level, here)));
    const [harsh, kind] = [round(-30), round(20)];
    // What is left of the difference is the doubt whether these four really bid worse this time: one part in four.
    for (const [index, value] of harsh.entries()) expect(Math.abs(value - (kind[index] ?? 0))).toBeLessThan(0.13);
    expect(harsh).toEqual(harsh.toSorted((a, b) => b - a));
  });

  test('counts a score that beats strong bidders for more than one that beats weak ones', () => {
    const among = (mean: number) =>
      relative([bid(70), ...[60, 60, 60].map((score) => bid(score, { here: known(mean), all: known(mean) }))])[0] ?? 0;
    expect(among(0.7)).toBeGreaterThan(among(0.4) + 0.1);
  });

  test('of one bid alone is measured by how kind judges have been to its agent', () => {
    expect(relative([bid(80)])).toEqual([0.8]);
    expect(relative([bid(80, { all: known(0.5, 30, 0.3) })])[0]).toBeCloseTo(0.5, 6);
  });

  test('keeps every relative score within 0 and 1, and the memory consistent', () => {
    const memory = fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 60 }))
      .map(([mean, weight]) => known(mean, weight));
    const bids = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 100 }), memory, memory).map(([score, here, all]) => bid(score, { here, all })),
      { minLength: 1, maxLength: 8 },
    );
    const holds = ({ relative: value, here, all }: Learned) =>
      value >= 0 && value <= 1 && [here, all].every((one) => one.relative >= 0 && one.relative <= one.weight + 1e-9);
    fc.assert(fc.property(bids, (round) => learned(round).every(holds)));
  });
});

describe('over many rounds', () => {
  test('agents are told apart though the judge drifts by more than they differ', () => {
    const next = random('5eed', 'drift');
    const skills = [45, 50, 55, 60, 65, 70];
    const memories = skills.map(() => NOTHING);
    for (let round = 0; round < 300; round++) {
      const drift = 40 * Math.sin(round / 20) + 20 * (next() - 0.5);
      const called = [0, 1, 2, 3, 4, 5].filter(() => next() < 0.6);
      const bids = called.map((agent) => {
        const score = Math.min(100, Math.max(0, (skills[agent] ?? 0) - 20 + drift + 10 * (next() - 0.5)));
        const memory = memories[agent] ?? NOTHING;
        return bid(score, { here: memory, all: memory });
      });
      for (const [index, { here }] of learned(bids).entries()) memories[called[index] ?? 0] = here;
    }
    const means = memories.map(({ relative: sum, weight }) => sum / weight);
    expect(means).toEqual(means.toSorted((a, b) => a - b));
  });
});

describe('a new version of an agent', () => {
  test('keeps the old record with less weight, once', () => {
    const old = known(0.8, 10);
    const now = asVersion(old, 2);
    expect(now).toMatchObject({ weight: 10 * LEARNING.olderVersion, version: 2 });
    expect(now.relative / now.weight).toBeCloseTo(0.8, 9);
    expect(asVersion(now, 2)).toEqual(now);
  });

  test('that is worse is known for it sooner than if the record were whole', () => {
    const after = (version: number) => {
      let memory = known(0.9, 20);
      for (let round = 0; round < 5; round++)
        memory = learned([bid(30, { version, here: memory, all: memory }), bid(50), bid(50)])[0]?.here ?? memory;
      return memory.relative / memory.weight;
    };
    expect(after(2)).toBeLessThan(after(1) - 0.1);
  });
});
