import type { Candidate, CandidateRecord, Factors, Market, Part, PartName, Scored } from './decision.js';
import type { Policy } from './policy.js';

const HOUR_MS = 3_600_000;
/** The trend compares the latest so many bids with those before them. */
const LATEST = 5;

/** A candidate with its score; how likely it is called is the draw's to say. */
export type Ranked = Omit<Scored, 'propensity'>;

/** All candidates by their score, best first, whatever order they come in. `at` is the time of the decision (RFC 3339). */
export function ranking(
  candidates: readonly Candidate[],
  policy: Policy,
  at: string,
): { market: Market; ranked: Ranked[] } {
  // In one order, since even a sum of decimals depends on it.
  const inOrder = candidates.toSorted((a, b) => (a.agentId < b.agentId ? -1 : 1));
  const market = marketOf(inOrder, policy);
  const scored = inOrder.map((candidate) => ({ ...candidate, ...score(candidate, market, policy, at) }));
  const ranked = scored.toSorted((a, b) => b.score - a.score).map((one, index) => ({ ...one, rank: index + 1 }));
  return { market, ranked };
}

/** What is expected of a candidate without a record. */
export function marketOf(candidates: readonly Candidate[], policy: Policy): Market {
  const records = candidates.map(({ record }) => record);
  const judged = sum(records.map(({ recent }) => recent.length));
  const picked = sum(records.map((record) => record.picked));
  const presented = sum(records.map((record) => record.presented));
  const { expected, prior } = policy;
  return {
    record: rounded(shrunk(sum(records.flatMap(({ recent }) => recent)) / 100, judged, expected.record, prior)),
    wins: rounded(shrunk(picked, presented, expected.wins, prior)),
    speed: rounded(shrunk(sum(records.map((record) => speeds(record, policy))), judged, expected.speed, prior)),
  };
}

/** The parts' points add up to the score. All numbers are rounded to a millionth. */
export function score(
  candidate: Candidate,
  market: Market,
  policy: Policy,
  at: string,
): Pick<Ranked, 'score' | 'parts' | 'factors'> {
  const factors = factorsOf(candidate, policy, at);
  const factor = factors.fit * factors.affinity * throttle(factors);
  const part = (name: PartName, value: number): Part => {
    const weight = policy.weights[name];
    return { value: rounded(value), weight, points: rounded(value * weight * factor) };
  };
  const { record } = candidate;
  const parts = {
    record: part('record', quality(record, market, policy)),
    wins: part('wins', shrunk(record.picked, record.presented, market.wins, policy.prior)),
    trend: part('trend', 0.5 + trend(record.recent, policy) / (2 * policy.trendCap)),
    speed: part('speed', shrunk(speeds(record, policy), record.recent.length, market.speed, policy.prior)),
  };
  return { score: rounded(sum(Object.values(parts).map(({ points }) => points))), parts, factors };
}

/** What holds an agent back on merit as in a draw: how it is, not how well it fits. */
export function throttle({ health, reliability, beta }: Factors): number {
  return health * reliability * beta;
}

/**
 * How far the latest bids lie above those before them, from -trendCap to trendCap; falling counts only by `declineShare`.
 * 0 until there are enough of both.
 *
 * @param recent scores 0-100, newest first
 */
export function trend(
  recent: readonly number[],
  { trendCap, declineShare }: Pick<Policy, 'trendCap' | 'declineShare'>,
): number {
  const before = recent.slice(LATEST);
  if (before.length < LATEST) return 0;
  const change = (mean(recent.slice(0, LATEST)) - mean(before)) / 100;
  return change < 0 ? Math.max(change, -trendCap) * declineShare : Math.min(change, trendCap);
}

function factorsOf(candidate: Candidate, policy: Policy, at: string): Factors {
  return {
    fit: candidate.exactType ? policy.fit.exactType : policy.fit.category,
    affinity: candidate.specialist ? policy.affinityBoost : 1,
    health: policy.health[candidate.health],
    reliability: rounded(reliability(candidate.record, policy, at)),
    beta: candidate.beta ? policy.betaFactor : 1,
  };
}

/** 1 without setbacks; one costs little, five nearly everything, and time heals. Never 0, so that there is a way back. */
function reliability({ setbacks, setbackAt }: CandidateRecord, policy: Policy, at: string): number {
  if (setbackAt === null) return 1;
  const hours = Math.max(0, Date.parse(at) - Date.parse(setbackAt)) / HOUR_MS;
  const left = setbacks * 0.5 ** (hours / policy.setbackHalfLifeH);
  return Math.max(policy.afterFiveSetbacks ** ((left / 5) ** 2), 1e-6);
}

/** The mean score in this category, 0-1, shrunk toward the agent's own mean, and that toward the market's. */
function quality({ recent, all }: CandidateRecord, market: Market, { prior }: Policy): number {
  const own = shrunk((all.mean * all.judged) / 100, all.judged, market.record, prior);
  return shrunk(sum(recent) / 100, recent.length, own, prior);
}

function speeds({ recentMs }: CandidateRecord, { speedHalfLifeMs }: Policy): number {
  return sum(recentMs.map((ms) => 0.5 ** (ms / speedHalfLifeMs)));
}

/** A mean of `count` values that also holds `prior` values of what is expected. */
function shrunk(total: number, count: number, expected: number, prior: number): number {
  return (total + expected * prior) / (count + prior);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
