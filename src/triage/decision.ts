import type { Policy } from './policy.js';

/** What triage is asked: whom to call in this round. */
export interface TriageRequest {
  readonly taskId: string;
  readonly round: number;
  readonly buyerId: string;
  readonly category: string;
  readonly taskType: string;
  /** Whole credits. */
  readonly budget: number;
  /** How many agents are called at most. */
  readonly places: number;
  /** 0-1: the expected number of places drawn among the less proven, besides the one kept for the least tried. */
  readonly experimentation: number;
  /** Hex. All the chance in the decision comes from it. */
  readonly seed: string;
}

/** What was known of an agent that may be called, when it was decided. */
export interface Candidate {
  readonly agentId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly version: number;
  /** Whole credits. */
  readonly minPrice: number;
  readonly beta: boolean;
  readonly health: 'healthy' | 'failing';
  /** It has proven the very task type, and not only the category. */
  readonly exactType: boolean;
  /** It has proven the task type and declares it as what it is best at. */
  readonly specialist: boolean;
  /** How often it was called in this category. */
  readonly tries: number;
  readonly record: CandidateRecord;
}

/** Of one category, but for `all`. */
export interface CandidateRecord {
  /** Scores of its latest judged bids, 0-100, newest first; at most 20. */
  readonly recent: readonly number[];
  /** How long those took, in ms, in the same order. */
  readonly recentMs: readonly number[];
  readonly presented: number;
  readonly picked: number;
  /** Late and failed calls: one more each, half as many with each judged bid. */
  readonly setbacks: number;
  /** RFC 3339; null: there was none. */
  readonly setbackAt: string | null;
  /** Every category: `mean` is 0-100. */
  readonly all: { readonly judged: number; readonly mean: number };
}

/** What a candidate with no record is taken for: the mean of those that have one, each 0-1. */
export interface Market {
  readonly record: number;
  readonly wins: number;
  readonly speed: number;
}

export const PARTS = ['record', 'wins', 'trend', 'speed'] as const;
export type PartName = (typeof PARTS)[number];

/** `value` is 0-1; `points` are value x weight x all factors. */
export interface Part {
  readonly value: number;
  readonly weight: number;
  readonly points: number;
}

/** What the sum of the parts is multiplied by. */
export interface Factors {
  readonly fit: number;
  readonly affinity: number;
  readonly health: number;
  readonly reliability: number;
  readonly beta: number;
}

export interface Scored extends Candidate {
  /** 1 is the best score. */
  readonly rank: number;
  /** The sum of the parts' points. */
  readonly score: number;
  readonly parts: Readonly<Record<PartName, Part>>;
  readonly factors: Factors;
  /** How likely it was to be called, over all that the draw could have given. */
  readonly propensity: number;
}

export interface Chosen {
  readonly agentId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly version: number;
  readonly minPrice: number;
  readonly beta: boolean;
  readonly place: 'merit' | 'exploration';
  /** The place kept for the least tried. */
  readonly leastTried: boolean;
  readonly rank: number;
  readonly score: number;
  readonly propensity: number;
}

/** Why agents that declare something in the category were no candidates; the first that holds is counted. */
export const LEFT_OUT = {
  other_task_type: 'declare other work in this category',
  not_visible: 'are not live',
  not_active: 'have not passed a benchmark',
  unproven: 'have not passed the benchmark for this work',
  paused: 'are paused by their operators',
  unhealthy: 'do not answer health probes, or have not been probed yet',
  own_agent: "are the buyer's own",
  too_expensive: 'ask for more than the budget',
  beyond_the_cut: 'could be called, but were not among those compared this time',
} as const;
export type LeftOutReason = keyof typeof LEFT_OUT;

export interface LeftOut {
  readonly counts: Readonly<Partial<Record<LeftOutReason, number>>>;
  /** False: the category is so large that only a part of it was counted. */
  readonly complete: boolean;
}

/** The whole of it: what was asked, what was known, what was weighed and who is called. Plain data that replays. */
export interface Decision {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  /** Which state of the code decided. */
  readonly algorithm: number;
  readonly request: TriageRequest;
  readonly policy: Policy;
  readonly market: Market;
  /** Best score first. */
  readonly candidates: readonly Scored[];
  /** Places by merit first, best first. */
  readonly chosen: readonly Chosen[];
  readonly leftOut: LeftOut;
}
