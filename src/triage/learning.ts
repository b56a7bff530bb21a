import type { Remembered } from './decision.js';
import { POLICY } from './policy.js';
import { quality } from './score.js';

/** What a standing keeps of an agent's judged bids, in one category or in all: sums over them, the later ones counting more. */
export interface Memory {
  /** How many bids, older ones as less than one. */
  readonly weight: number;
  /** Of their relative scores, each 0-1, where 0.5 is the market's middle. */
  readonly relative: number;
  /** Of what the plain scores (0-1) lay above the relative ones: how kind the judge was. */
  readonly level: number;
  /** The agent's version that the latest of them came from. */
  readonly version: number;
}

export const NOTHING: Memory = { weight: 0, relative: 0, level: 0, version: 0 };

export interface Learning {
  /** What a bid counts for after one more. */
  readonly fade: number;
  /** What the record of an older version of the agent counts for. */
  readonly olderVersion: number;
  /** How many bids of others the usual kindness of the judge weighs as much as. */
  readonly levelPrior: number;
}

export const LEARNING: Learning = { fade: 0.985, olderVersion: 0.3, levelPrior: 1 };

/** A judged bid of a round, with what was known of its agent before. */
export interface RoundBid {
  /** 0-100. */
  readonly score: number;
  readonly version: number;
  /** In the category. */
  readonly here: Memory;
  readonly all: Memory;
  /** In the task type; absent: nobody asks. */
  readonly type?: Memory;
}

export interface Learned {
  /** 0-1. */
  readonly relative: number;
  readonly here: Memory;
  readonly all: Memory;
  readonly type: Memory;
}

/**
 * What a judged round teaches of each bidder. Judges drift from task to task, so a score says little by itself: it is set against those
 * of the other bids, and these against what was expected of their agents. Beating strong bidders counts for more than beating weak ones.
 */
export function learned(bids: readonly RoundBid[], learning: Learning = LEARNING): Learned[] {
  const before = bids.map(({ score, version, ...memories }) => {
    const here = asVersion(memories.here, version, learning);
    const all = asVersion(memories.all, version, learning);
    const type = asVersion(memories.type ?? NOTHING, version, learning);
    return { score: score / 100, here, all, type, expected: expected(here, all) };
  });
  const usual = usualLevel(before.map(({ all }) => all));
  const surplus = before.reduce((sum, { score, expected }) => sum + score - expected, 0);
  return before.map(({ score, expected, ...known }) => {
    const ofOthers = surplus - (score - expected);
    const level = (ofOthers + usual * learning.levelPrior) / (before.length - 1 + learning.levelPrior);
    const relative = Math.min(1, Math.max(0, score - level));
    const bid = { relative, level: score - relative };
    const after = (memory: Memory) => remembered(memory, bid, learning);
    return { relative, here: after(known.here), all: after(known.all), type: after(known.type) };
  });
}

/** The memory as it counts for this version of the agent: what an older one did is kept, with less weight. */
export function asVersion(memory: Memory, version: number, { olderVersion }: Learning = LEARNING): Memory {
  if (memory.version >= version) return memory;
  const { weight, relative, level } = memory;
  return { weight: weight * olderVersion, relative: relative * olderVersion, level: level * olderVersion, version };
}

/** As a decision's facts hold it. */
export function summary({ weight, relative }: Memory): Remembered {
  return { judged: weight, mean: weight > 0 ? (relative / weight) * 100 : 0 };
}

function expected(here: Memory, all: Memory): number {
  return quality({ recent: [], here: summary(here), all: summary(all) }, POLICY.expected.record, POLICY);
}

/** How kind the judge has been to these agents on average; 0 while nothing is known. */
function usualLevel(memories: readonly Memory[]): number {
  const weight = memories.reduce((sum, memory) => sum + memory.weight, 0);
  return weight > 0 ? memories.reduce((sum, memory) => sum + memory.level, 0) / weight : 0;
}

function remembered(memory: Memory, bid: Pick<Memory, 'relative' | 'level'>, { fade }: Learning): Memory {
  return {
    weight: memory.weight * fade + 1,
    relative: memory.relative * fade + bid.relative,
    level: memory.level * fade + bid.level,
    version: memory.version,
  };
}
