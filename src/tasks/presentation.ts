import { foldedWords, jaccard, runsOfFive, shingles } from '../judging/text.js';
import { random } from '../platform/random.js';
import type { Ranked } from './ranking.js';

/** Runs of this many words are what two bids are compared by. */
const RUN_WORDS = 5;
/** Above this share of common runs two bids are one and the same work. */
const NEAR_DUPLICATE = 0.8;
/** Two honest bidders can hit on a dozen words by themselves: fewer runs prove no copy. */
const LEAST_RUNS = 8;
/** A place beyond the fewest goes to nobody who repeats this much of what is shown already. */
const TOO_ALIKE = 0.5;
/** How much a bid's score counts against how much of it is new. */
const RELEVANCE = 0.7;
/** What is read of one bid to compare it. */
const MOST_WORDS = 20_000;

/** What one bid is compared with others by: its runs of words, and each file that is no text as a whole. */
export type Fingerprint = ReadonlySet<string>;

export const NOT_PRESENTED = {
  low_score: 'could not reach the least score that is shown',
  near_duplicate: 'are nearly the same as a better bid',
  no_place: 'were judged lower than those shown, or add less to them',
} as const;
export type NotPresented = keyof typeof NOT_PRESENTED;

export interface Placed extends Ranked {
  /** Where it stands on the page, from 1; null: it is not shown. */
  readonly position: number | null;
  readonly why: NotPresented | null;
}

export interface PageRules {
  readonly fewest: number;
  readonly most: number;
  /** 0-100. */
  readonly minScore: number;
  /** Hex: what shuffles the page. */
  readonly seed: string;
}

/** @param files hashes of what cannot be read as text */
export function fingerprint(text: string, files: readonly string[] = []): Fingerprint {
  const runs = runsOf(foldedWords(text));
  if (files.length === 0) return runs;
  const parts = Array.from({ length: LEAST_RUNS }, (_, part) => part);
  return new Set([...runs, ...files.flatMap((file) => parts.map((part) => `file ${file} ${part}`))]);
}

/** Of a text that was judged just now they are made already. */
function runsOf(words: readonly string[]): ReadonlySet<string> {
  if (words.length >= RUN_WORDS && words.length <= MOST_WORDS) return runsOfFive(words);
  return shingles(words.slice(0, MOST_WORDS), Math.max(1, Math.min(RUN_WORDS, words.length)));
}

/**
 * Which bids the buyer sees. Of near-duplicates the best ranked stays. Then places are given one by one to whoever has most to
 * add: score against likeness to what is chosen already. The fewest are always filled; the others go only to bids that may be
 * as good as the best, for all the judge can say, and that show something new.
 *
 * @param ranked best first
 * @returns the same bids in the same order
 */
export function presentation(
  ranked: readonly Ranked[],
  prints: ReadonlyMap<string, Fingerprint>,
  { fewest, most, minScore, seed }: PageRules,
): Placed[] {
  const why = new Map<string, NotPresented>();
  const distinct: Ranked[] = [];
  for (const bid of ranked) {
    if (bid.high < minScore) why.set(bid.bidId, 'low_score');
    else if (distinct.some((better) => isNearDuplicate(printOf(bid, prints), printOf(better, prints))))
      why.set(bid.bidId, 'near_duplicate');
    else distinct.push(bid);
  }
  const chosen = byMarginalRelevance(distinct, prints, Math.min(fewest, most), most);
  const positions = new Map(shuffled(chosen, seed).map(({ bidId }, index) => [bidId, index + 1]));
  return ranked.map((bid) => {
    const position = positions.get(bid.bidId) ?? null;
    return { ...bid, position, why: position === null ? (why.get(bid.bidId) ?? 'no_place') : null };
  });
}

export function isNearDuplicate(a: Fingerprint, b: Fingerprint): boolean {
  return Math.min(a.size, b.size) >= LEAST_RUNS && jaccard(a, b) > NEAR_DUPLICATE;
}

function byMarginalRelevance(
  bids: readonly Ranked[],
  prints: ReadonlyMap<string, Fingerprint>,
  fewest: number,
  most: number,
): Ranked[] {
  const best = bids[0];
  const chosen: Ranked[] = [];
  const left = bids.map((bid) => ({ bid, alike: 0 }));
  while (best && chosen.length < most) {
    const open = left.filter(
      ({ bid, alike }) => chosen.length < fewest || (bid.high >= best.low && alike <= TOO_ALIKE),
    );
    const [first] = open;
    if (!first) break;
    const next = open.reduce((top, one) => (worth(one) > worth(top) ? one : top), first);
    chosen.push(next.bid);
    left.splice(left.indexOf(next), 1);
    for (const one of left)
      one.alike = Math.max(one.alike, jaccard(printOf(one.bid, prints), printOf(next.bid, prints)));
  }
  return chosen;
}

function worth({ bid, alike }: { bid: Ranked; alike: number }): number {
  return (RELEVANCE * (bid.low + bid.high)) / 200 - (1 - RELEVANCE) * alike;
}

/** Each bid's place hangs on the seed and its own id alone, so that one more bid changes nothing between two others. */
function shuffled(bids: readonly Ranked[], seed: string): Ranked[] {
  const key = new Map(bids.map(({ bidId }) => [bidId, random(seed, 'page', bidId)()]));
  return bids.toSorted((a, b) => (key.get(a.bidId) ?? 0) - (key.get(b.bidId) ?? 0));
}

const NOTHING: Fingerprint = new Set();

function printOf({ bidId }: Ranked, prints: ReadonlyMap<string, Fingerprint>): Fingerprint {
  return prints.get(bidId) ?? NOTHING;
}
