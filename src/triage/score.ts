import type { Candidate, CandidateRecord, Factors, Market, Part, Remembered, Scored } from './decision.js';
import type { PartName } from './parts.js';
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
  const records = candidates.map(({ record }) => trusted(record, policy));
  const bids = sum(records.map(({ recent }) => recent.length));
  const picked = sum(records.map((record) => record.picked));
  const presented = sum(records.map((record) => record.presented));
  const { expected, prior } = policy;
  const known = records.map(here);
  const judged = sum(known.map((one) => one.judged));
  const record = rounded(shrunk(sum(known.map((one) => one.judged * one.mean)) / 100, judged, expected.record, prior));
  const weighed = { ...policy, prior: rounded(priorOf(records, policy)) };
  return {
    record,
    prior: weighed.prior,
    wins: rounded(shrunk(picked, presented, expected.wins, prior)),
    speed: rounded(shrunk(sum(records.map((one) => speeds(one, policy))), bids, expected.speed, prior)),
    spread: rounded(spreadOf(records, record, weighed)),
  };
}

/**
 * How many bids of its own tell as much of an agent as what is expected of it: many where luck decides, few where skills lie far apart.
 * Both are estimated from the bids that are remembered one by one; the policy's own prior holds while these are few.
 */
function priorOf(records: readonly CandidateRecord[], { prior, priorRange, priorBids }: Policy): number {
  const several = records.map(({ recent }) => recent).filter((recent) => recent.length > 1);
  const degrees = sum(several.map((recent) => recent.length - 1));
  if (several.length < 2 || priorBids === 0) return prior;
  const luck = sum(several.map((recent) => variance(recent) * recent.length)) / degrees;
  const skill = variance(several.map(mean)) - luck * mean(several.map((recent) => 1 / recent.length));
  const { least, most } = priorRange;
  const found = Math.min(most, Math.max(least, luck / Math.max(skill, 1e-9)));
  const trust = degrees / (degrees + priorBids);
  return prior ** (1 - trust) * found ** trust;
}

/** The standard deviation of what is expected of those with a record, but no less than the policy's least. */
function spreadOf(records: readonly CandidateRecord[], market: number, policy: Policy): number {
  const known = records.filter((record) => here(record).judged > 0).map((record) => quality(record, market, policy));
  if (known.length < 2) return policy.leastSpread;
  return Math.max(Math.sqrt(variance(known)), policy.leastSpread);
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
  const record = trusted(candidate.record, policy);
  const parts = {
    record: part('record', apart(quality(record, market.record, market), market, policy)),
    wins: part('wins', shrunk(record.picked, record.presented, market.wins, policy.prior)),
    trend: part('trend', 0.5 + trend(record.recent, policy) / (2 * policy.trendCap)),
    speed: part('speed', shrunk(speeds(record, policy), record.recent.length, market.speed, policy.prior)),
    relevance: part('relevance', candidate.relevance?.value ?? 0),
  };
  return { score: rounded(sum(Object.values(parts).map(({ points }) => points))), parts, factors };
}

/**
 * How much an agent stands out, whether the judge spreads its scores over 100 points or over five: who is expected at the market's mean
 * has that, and nobody is so good that a better one would have no more.
 */
function apart(expected: number, { record, spread }: Market, { spreads }: Policy): number {
  if (spreads === 0) return expected;
  const away = (4 * (expected - record)) / (spreads * spread);
  return 1 / (1 + ((1 - record) / record) * Math.exp(-away));
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
  const left = setbacks * 0.5 ** (Math.max(0, hours - policy.setbackRestH) / policy.setbackHalfLifeH);
  return Math.max(policy.afterFiveSetbacks ** ((left / 5) ** 2), 1e-6);
}

/** The mean score in this category, 0-1, shrunk toward the agent's own mean, and that toward the market's. */
export function quality(
  record: Pick<CandidateRecord, 'recent' | 'here' | 'all'>,
  market: number,
  { prior }: Pick<Policy, 'prior'>,
): number {
  const { all } = record;
  const own = shrunk((all.mean * all.judged) / 100, all.judged, market, prior);
  const { judged, mean: level } = here(record);
  return shrunk((judged * level) / 100, judged, own, prior);
}

/**
 * How far an agent's prototypes can be believed: the mean share of their scores that its deliveries kept. Otherwise the better prototypes
 * are found, the more it pays to send good ones and to deliver something else.
 */
export function trust({ kept = [] }: Pick<CandidateRecord, 'kept'>, { keptPrior }: Pick<Policy, 'keptPrior'>): number {
  return kept.length === 0 ? 1 : (keptPrior + sum(kept)) / (keptPrior + kept.length);
}

/** The record as it counts with that trust. */
function trusted(record: CandidateRecord, policy: Policy): CandidateRecord {
  const share = trust(record, policy);
  if (share === 1) return record;
  const less = ({ judged, mean: level }: Remembered): Remembered => ({ judged, mean: level * share });
  return { ...record, all: less(record.all), here: less(here(record)) };
}

function here({ here: known, recent }: Pick<CandidateRecord, 'recent' | 'here'>): Remembered {
  return known ?? { judged: recent.length, mean: recent.length > 0 ? mean(recent) : 0 };
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

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
