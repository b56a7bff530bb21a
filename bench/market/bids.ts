// What a round is made of: bids, what is noted of them, and what came of it all.
import type { StandingChange } from '../../src/triage/standing.ts';
import type { Agent } from './agents.ts';
import { stream } from './chance.ts';
import type { Verdict } from './judge.ts';
import { fingerprint } from './product.ts';
import type { MarketTask } from './world.ts';

/** How long bidders have. */
export const WINDOW_MS = 420_000;

export interface Bid {
  readonly agent: Agent;
  readonly wrong: number;
  /** True quality, 0-1. */
  readonly quality: number;
  readonly verdict: Verdict;
  readonly tookMs: number;
  /** Whole credits. */
  readonly price: number;
}

export interface Pick {
  readonly agent: Agent;
  /** What the prototype was worth, and what was delivered: 0-1. */
  readonly promised: number;
  readonly delivered: number;
  /** Whole credits: paid by the buyer, and received after the fee. */
  readonly price: number;
  readonly earned: number;
}

/** What came of one task. */
export interface Round {
  readonly task: MarketTask;
  /** Who could have been called. */
  readonly able: readonly Agent[];
  readonly called: readonly Agent[];
  readonly lost: number;
  readonly presented: readonly Agent[];
  /** The best true quality among the bids; 0: none came. */
  readonly bestBid: number;
  readonly pick: Pick | null;
  /** Worth of the delivery less its price, in credits. */
  readonly surplus: number;
  /** The same by the best agent that could have been called, in credits. */
  readonly bestSurplus: number;
}

export function changeOf<H extends 'called' | 'presented' | 'picked' | 'delivered'>(
  { id }: Agent,
  { job }: MarketTask,
  happened: H,
) {
  return { agentId: id, category: job.category, taskType: job.taskType, happened };
}

export function judged({ agent, verdict: { low, high }, tookMs }: Bid, { job }: MarketTask): StandingChange {
  const about = { agentId: agent.id, category: job.category, taskType: job.taskType };
  return { ...about, happened: 'judged', score: (low + high) / 2, tookMs, agentVersion: 1, rubricVersion: 1 };
}

export function priceOf({ price, minPrice }: Agent, { budget }: MarketTask): number {
  return Math.min(budget, Math.max(1, minPrice, Math.round(price * budget)));
}

const PRINTS = new Map<string, ReturnType<typeof fingerprint>>();

export function printOf(
  { agent: { style, voice }, wrong }: Bid,
  { job, variant }: MarketTask,
): ReturnType<typeof fingerprint> {
  const key = [job.taskType, variant, wrong, style, ...voice].join(' ');
  const known = PRINTS.get(key) ?? fingerprint(job.answer(variant, wrong, style, voice));
  PRINTS.set(key, known);
  return known;
}

export function atRandom(able: readonly Agent[], places: number, seed: string): Agent[] {
  const next = stream(seed, 'random');
  const operators = new Set<string>();
  return able
    .map((agent) => ({ agent, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ agent }) => agent)
    .filter(({ operatorId }) => !operators.has(operatorId) && operators.add(operatorId))
    .slice(0, places);
}
