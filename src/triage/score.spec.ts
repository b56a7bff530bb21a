import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aCandidate, type CandidateChanges, DECIDED_AT, scoring } from '../../test/support/candidates.js';
import type { Candidate } from './decision.js';
import { POLICY } from './policy.js';
import { NOT_RELEVANT } from './relevance/relevance.js';
import { marketOf, ranking, score, trend, trust } from './score.js';

const MARKET = { record: 0.6, wins: 0.25, speed: 0.8, spread: 0.1, prior: 3 };
const scoreOf = (changes: CandidateChanges = {}, policy = POLICY) =>
  score(aCandidate('a', changes), MARKET, policy, DECIDED_AT);
/** Records count as they are, without regard to how far apart those of the market lie. */
const PLAIN = { ...POLICY, spreads: 0 };
const hoursBefore = (hours: number) => new Date(Date.parse(DECIDED_AT) - hours * 3_600_000).toISOString();
const rank = (candidates: Candidate[]) => ranking(candidates, POLICY, DECIDED_AT).ranked.map(({ name }) => name);

describe('a score', () => {
  test('is the sum of the points of its parts, and each part its value times weight and factors, for any record', () => {
    const bids = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 600_000 })), {
      maxLength: 20,
    });
    const candidates = fc
      .record({
        bids,
        presented: fc.nat(50),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        setbacks: fc.nat(10),
        exactType: fc.boolean(),
        beta: fc.boolean(),
      })
      .map(({ bids, presented, share, setbacks, exactType, beta }) =>
        aCandidate('a', {
          exactType,
          specialist: exactType,
          beta,
          record: {
            recent: bids.map(([points]) => points),
            recentMs: bids.map(([, ms]) => ms),
            presented,
            picked: Math.floor(presented * share),
            setbacks,
            setbackAt: setbacks > 0 ? hoursBefore(1) : null,
            all: { judged: bids.length, mean: 50 },
          },
        }),
      );
    fc.assert(
      fc.property(candidates, (candidate) => {
        const { score: total, parts, factors } = score(candidate, MARKET, POLICY, DECIDED_AT);
        const factor = Object.values(factors).reduce((product, value) => product * value, 1);
        const points = Object.values(parts).map((part) => part.points);
        expect(points.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 9);
        for (const part of Object.values(parts)) {
          expect(part.value).toBeGreaterThanOrEqual(0);
          expect(part.value).toBeLessThanOrEqual(1);
          expect(part.points).toBeCloseTo(part.value * part.weight * factor, 5);
        }
      }),
    );
  });

  test('has weights that sum to 1', () => {
    expect(Object.values(POLICY.weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  test('is higher for the very task type than for the category, and higher still for a specialist', () => {
    const [category, exact, specialist] = [{ exactType: false }, {}, { specialist: true }].map(
      (changes) => scoreOf(changes).score,
    );
    expect(category).toBeCloseTo(0.7 * (exact ?? 0), 5);
    expect(specialist).toBeCloseTo(1.15 * (exact ?? 0), 5);
  });

  test("of an agent without a record is the market's", () => {
    expect(scoreOf().parts).toMatchObject({
      record: { value: 0.6 },
      wins: { value: 0.25 },
      trend: { value: 0.5 },
      speed: { value: 0.8 },
    });
  });

  test("draws a short record toward the agent's own mean, and that toward the market's", () => {
    const elsewhere = scoreOf({ record: { all: { judged: 3, mean: 90 } } }, PLAIN);
    expect(elsewhere.parts.record.value).toBeCloseTo((0.9 * 3 + 0.6 * 3) / 6, 6); // 0.75, from other categories alone
    const here = scoreOf({ record: { recent: [100], recentMs: [0], all: { judged: 1, mean: 100 } } }, PLAIN);
    expect(here.parts.record.value).toBeCloseTo((1 + 3 * ((1 + 0.6 * 3) / 4)) / 4, 6); // 0.775
  });

  test('gains little by one lucky bid and much by twenty good ones', () => {
    const [lucky, steady] = [scoring(100, 1), scoring(95, 20)].map(
      (record) => scoreOf({ record }, PLAIN).parts.record.value,
    );
    expect(lucky).toBeLessThan(0.8);
    expect(steady).toBeGreaterThan(0.9);
  });

  test('halves while health probes fail, and is halved in beta', () => {
    expect(scoreOf({ health: 'failing' }).score).toBeCloseTo(scoreOf().score / 2, 5);
    expect(scoreOf({ beta: true }).score).toBeCloseTo(scoreOf().score / 2, 5);
  });

  test('keeps 2 % after five setbacks, most after one, and comes back with time', () => {
    const after = (setbacks: number, hours = 0) =>
      scoreOf({ record: { setbacks, setbackAt: hoursBefore(hours) } }).factors.reliability;
    expect(after(5)).toBeCloseTo(0.02, 6);
    expect(after(1)).toBeGreaterThan(0.8);
    expect(after(10)).toBeGreaterThan(0);
    expect(after(5, 72)).toBeGreaterThan(0.9);
  });
});

describe('the record', () => {
  test('tells good from middling whether the judge uses 100 points or five', () => {
    const values = (points: number) => {
      const agents = [40, 50, 60].map((middle, index) =>
        aCandidate(`${index}`, { record: scoring(50 + ((middle - 50) * points) / 100) }),
      );
      return ranking(agents, POLICY, DECIDED_AT).ranked.map(({ parts }) => parts.record.value);
    };
    const [wide, narrow] = [values(100), values(25)];
    for (const [index, value] of wide.entries()) expect(narrow[index]).toBeCloseTo(value, 2);
  });

  test('is never so good that a better one has no more', () => {
    const values = [60, 90, 95, 100].map((mean) => scoreOf({ record: scoring(mean, 20) }).parts.record.value);
    expect(new Set(values).size).toBe(4);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });

  test('goes by more bids of its own where luck decides, and by fewer where skills lie far apart', () => {
    const priorWhere = (luck: number, skill: number) => {
      const agents = Array.from({ length: 20 }, (_, index) => {
        const mean = 50 + skill * ((index % 5) - 2);
        const recent = Array.from({ length: 20 }, (_, bid) => mean + luck * ((bid % 5) - 2));
        return aCandidate(`${index}`, { record: { ...scoring(mean, 20), recent } });
      });
      return marketOf(agents, POLICY).prior;
    };
    expect(priorWhere(10, 2)).toBeGreaterThan(7);
    expect(priorWhere(2, 10)).toBeLessThan(1.7);
    expect(marketOf([aCandidate('a')], POLICY).prior).toBe(POLICY.prior);
  });

  test('counts what the whole record says, and not the latest bids alone', () => {
    const here = { judged: 40, mean: 80 };
    const value = scoreOf({ record: { ...scoring(50, 20), here, all: here } }, PLAIN).parts.record.value;
    expect(value).toBeCloseTo((40 * 0.8 + 3 * ((40 * 0.8 + 3 * 0.6) / 43)) / 43, 6);
  });
});

describe('relevance', () => {
  const relevance = (value: number) => ({ ...NOT_RELEVANT, value });

  test('of texts moves the score by a bounded share, and a bad record outweighs it', () => {
    const points = scoreOf({ relevance: relevance(1) }).score - scoreOf({ relevance: relevance(0) }).score;
    expect(points).toBeCloseTo(POLICY.weights.relevance, 5);
    const agents = [
      aCandidate('persuasive', { relevance: relevance(1), record: scoring(30, 20) }),
      aCandidate('good', { relevance: relevance(0.3), record: scoring(70, 20) }),
    ];
    expect(rank(agents)).toEqual(['good', 'persuasive']);
  });
});

describe('the trend', () => {
  const bids = (latest: number, before: number) => [...Array(5).fill(latest), ...Array(15).fill(before)] as number[];

  test('counts a rise whole and a fall by half, both up to a cap', () => {
    expect(trend(bids(70, 60), POLICY)).toBeCloseTo(0.1, 9);
    expect(trend(bids(60, 70), POLICY)).toBeCloseTo(-0.05, 9);
    expect(trend(bids(100, 0), POLICY)).toBe(0.2);
    expect(trend(bids(0, 100), POLICY)).toBe(-0.1);
  });

  test('is none until there are bids enough to compare', () => {
    expect(trend([100, 100, 100, 100, 100, 0, 0, 0, 0], POLICY)).toBe(0);
  });
});

describe('the market', () => {
  test('is what is expected of everybody, until there are bids', () => {
    expect(marketOf([aCandidate('a')], POLICY)).toEqual({
      ...POLICY.expected,
      prior: POLICY.prior,
      spread: POLICY.leastSpread,
    });
  });

  test('weighs bids and not agents', () => {
    const record = marketOf(
      [aCandidate('a', { record: scoring(100, 20) }), aCandidate('b', { record: scoring(0, 1) })],
      POLICY,
    ).record;
    expect(record).toBeCloseTo((20 + 0.5 * 3) / 24, 6);
  });
});

describe('the ranking', () => {
  test('puts the better record first, and equal agents in one order, whatever order they come in', () => {
    const candidates = [
      aCandidate('a'),
      aCandidate('b', { record: scoring(90) }),
      aCandidate('c'),
      aCandidate('d', { record: scoring(30) }),
    ];
    expect(rank(candidates)).toEqual(['b', 'a', 'c', 'd']);
    expect(rank(candidates.toReversed())).toEqual(['b', 'a', 'c', 'd']);
  });
});

describe('deliveries', () => {
  const good = scoring(80);

  test('that keep what prototypes promised change nothing', () => {
    expect(scoreOf({ record: { ...good, kept: [1, 1, 1] } })).toEqual(scoreOf({ record: good }));
  });

  test('that fall behind make the record count for less, the more of them the less', () => {
    const scores = [[], [0.2], [0.2, 0.2], [0.2, 0.2, 0.2, 0.2]].map(
      (kept) => scoreOf({ record: { ...good, kept } }).score,
    );
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(scores.length);
  });

  test('put an agent of better prototypes behind one that delivers', () => {
    const bait = aCandidate('bait', { record: { ...scoring(90), kept: [0.3, 0.3, 0.3] } });
    const plain = aCandidate('plain', { record: { ...scoring(70), kept: [1, 1, 1] } });
    expect(rank([bait, plain])).toEqual(['plain', 'bait']);
  });

  test('of a record from before they were judged count as kept', () => {
    expect(trust({}, POLICY)).toBe(1);
    expect(trust({ kept: [0.4] }, POLICY)).toBeCloseTo(0.7);
  });
});
