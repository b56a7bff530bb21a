import type { PartName } from './parts.js';
import type { Policy } from './policy.js';
import type { Brief, Relevance } from './relevance/relevance.js';

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
  /** How long bidders have, in ms: whoever takes longer by its own history is not asked. Absent: nobody is too slow. */
  readonly windowMs?: number;
  /** The task in words, for the relevance of texts. Absent: texts don't count. */
  readonly brief?: Brief;
  /** What may end the bidding early, or ask one more. Absent: nothing does. */
  readonly rules?: RoundRules;
}

/** Set when the round is decided: what is switched later changes no round that is under way. */
export interface RoundRules {
  /** So many bids of which each is sure of `stopScore` end the bidding; null: never. */
  readonly stopAfter: number | null;
  /** 0-100. */
  readonly stopScore: number;
  /** Whether the next candidate is invited when a bidder seems to be late. */
  readonly hedge: boolean;
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
  /** The same in all categories. Absent: not known. */
  readonly triesAnywhere?: number;
  /** How well its profile fits the brief. Absent: no brief was compared. */
  readonly relevance?: Relevance;
  readonly record: CandidateRecord;
}

/** Of one category, but for `all`. */
export interface CandidateRecord {
  /** Relative scores of its latest judged bids, 0-100, newest first; at most 20. (Before algorithm 2: plain scores.) */
  readonly recent: readonly number[];
  /** How long those took, in ms, in the same order. */
  readonly recentMs: readonly number[];
  readonly presented: number;
  readonly picked: number;
  /** What its latest deliveries scored, in any category, as shares of their prototypes (0-1), newest first. Absent: none was judged. */
  readonly kept?: readonly number[];
  /** Late and failed calls: one more each, half as many with each judged bid. */
  readonly setbacks: number;
  /** RFC 3339; null: there was none. */
  readonly setbackAt: string | null;
  /** All its bids in the category, the later ones counting more. Absent: `recent` is all there is. */
  readonly here?: Remembered;
  /** Every category. */
  readonly all: Remembered;
}

/** Of an agent that was never called. */
export const NO_RECORD: CandidateRecord = {
  recent: [],
  recentMs: [],
  presented: 0,
  picked: 0,
  setbacks: 0,
  setbackAt: null,
  all: { judged: 0, mean: 0 },
};

/** So many judged bids (older ones count as less than one) and their mean, 0-100, where 50 is the market's middle. */
export interface Remembered {
  readonly judged: number;
  readonly mean: number;
}

/** What a candidate with no record is taken for: the mean of those that have one, each 0-1. */
export interface Market {
  readonly record: number;
  readonly wins: number;
  readonly speed: number;
  /** How far the records of good and middling candidates lie apart: what counts as much better than the market. */
  readonly spread: number;
  /** How many bids of its own count as much as what is expected of an agent. */
  readonly prior: number;
}

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
  earlier_round: 'were called in an earlier round of this task',
  too_slow: 'mostly need longer than this round lasts',
  operator_quota: 'belong to operators whose agents have been called as often as one operator may be in an hour',
  payout_not_ready: 'belong to operators who can not be paid yet',
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
