import type { PartName } from './parts.js';

/** Every number that triage weighs with. It is kept in each decision, so that old ones replay and others can be tried. */
export interface Policy {
  /** Shares of the score; they sum to 1. */
  readonly weights: Readonly<Record<PartName, number>>;
  readonly fit: { readonly exactType: number; readonly category: number };
  /** What a proven specialist's fit is multiplied by. */
  readonly affinityBoost: number;
  readonly health: { readonly healthy: number; readonly failing: number };
  readonly betaFactor: number;
  /** How many bids of its own weigh as much as what is expected of an agent anyway. */
  readonly prior: number;
  /** So many deliveries that keep what their prototypes promised are taken for granted. */
  readonly keptPrior: number;
  /** The prior of records follows the market, between these, once so many bids show how much is luck; 0: never. */
  readonly priorRange: { readonly least: number; readonly most: number };
  readonly priorBids: number;
  /** What is expected of everybody while the market has no record. */
  readonly expected: { readonly record: number; readonly wins: number; readonly speed: number };
  /** How far apart records must lie for the whole of the part, in spreads of the market; 0: they count as they are. */
  readonly spreads: number;
  /** The spread is taken for no smaller than this (0-1). */
  readonly leastSpread: number;
  /** A rise or fall of the mean score by this much (0-1) is as good or bad as it gets. */
  readonly trendCap: number;
  /** How much of a fall counts. */
  readonly declineShare: number;
  /** A bid that takes this long is half as good as one that takes no time. */
  readonly speedHalfLifeMs: number;
  /** What five setbacks leave of a score, and of the weight in a draw. */
  readonly afterFiveSetbacks: number;
  /** Whoever setbacks leave less than this of takes no place by merit while others can, and is drawn by that share only. */
  readonly throttledBelow: number;
  /** Setbacks count whole for so long, then fade by half in this time. */
  readonly setbackRestH: number;
  readonly setbackHalfLifeH: number;
  /** Whoever was called less often than this still needs trying. */
  readonly provenTries: number;
  /** Weights in a draw vary by this share up and down. */
  readonly jitter: number;
}

/**
 * Chosen on made-up worlds of many kinds (docs/measure.md, world): near these numbers the results are flat. What texts say is untrusted
 * and has a fifth of the score; the prior of 3 and the place for the least tried below 4 tries did best on recorded markets.
 */
export const POLICY: Policy = {
  weights: { record: 0.5, wins: 0.15, trend: 0.05, speed: 0.1, relevance: 0.2 },
  fit: { exactType: 1, category: 0.7 },
  affinityBoost: 1.15,
  health: { healthy: 1, failing: 0.5 },
  betaFactor: 0.5,
  prior: 3,
  keptPrior: 1,
  priorRange: { least: 1.5, most: 8 },
  priorBids: 20,
  expected: { record: 0.5, wins: 0.2, speed: 0.5 },
  spreads: 4,
  leastSpread: 0.02,
  trendCap: 0.2,
  declineShare: 0.5,
  speedHalfLifeMs: 120_000,
  afterFiveSetbacks: 0.02,
  throttledBelow: 0.5,
  setbackRestH: 6,
  setbackHalfLifeH: 24,
  provenTries: 4,
  jitter: 0.2,
};
