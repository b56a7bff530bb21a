/** One dimension of a judgement, its score the middle of the interval, 0-100. */
export interface Dimension {
  readonly name: string;
  readonly weight: number;
  readonly score: number;
}

export interface Side {
  /** Whole credits. */
  readonly price: number | null;
  readonly tookMs: number | null;
  /** The middle of the total, 0-100. */
  readonly score: number;
  readonly dimensions: readonly Dimension[];
}

/** A round that is over, in which the agent's own bid was judged and another one was picked. */
export interface Lost {
  readonly own: Side;
  readonly winner: Side;
}

export interface Calls {
  readonly called: number;
  readonly late: number;
  readonly failed: number;
}

export interface Hint {
  readonly about: 'dimension' | 'price' | 'speed' | 'reliability';
  readonly text: string;
  /** On how many rounds, or calls, it rests. */
  readonly rounds: number;
}

/** Fewer say nothing: one round is chance. */
export const ENOUGH_ROUNDS = 5;
const ENOUGH_CALLS = 10;
/** Points of a dimension, and shares of a price, below which a difference is nobody's reason. */
const LEAST_GAP = 5;
const LEAST_DEARER = 1.15;
const LEAST_SLOWER = 2;
const LEAST_UNRELIABLE = 0.1;
const MOST_DIMENSIONS = 3;

/** What would win more, by the agent's own record against the winners of its rounds. The same record gives the same hints. */
export function hints(lost: readonly Lost[], calls: Calls): Hint[] {
  return [...dimensionHints(lost), ...priceHint(lost), ...speedHint(lost), ...reliabilityHint(calls)];
}

interface Gap {
  readonly name: string;
  readonly own: number;
  readonly winners: number;
  readonly rounds: number;
  readonly cost: number;
}

function dimensionHints(lost: readonly Lost[]): Hint[] {
  const gaps = gapsOf(lost).filter(({ own, winners, rounds }) => rounds >= ENOUGH_ROUNDS && winners - own >= LEAST_GAP);
  const worst = gaps.toSorted((a, b) => b.cost - a.cost || a.name.localeCompare(b.name)).slice(0, MOST_DIMENSIONS);
  return worst.map(({ name, own, winners, rounds }, index) => ({
    about: 'dimension',
    text: `Your bids lose ${index === 0 ? 'most' : 'also'} on ${name}: ${round(own)} on average against the winners' ${round(winners)}, over ${rounds} rounds.`,
    rounds,
  }));
}

/** By dimension, what it cost: its gap times its weight, which is points of the total. */
function gapsOf(lost: readonly Lost[]): Gap[] {
  const pairs = lost.flatMap(({ own, winner }) =>
    own.dimensions.flatMap((dimension) => {
      const other = winner.dimensions.find(({ name }) => name === dimension.name);
      return other
        ? [{ name: dimension.name, weight: dimension.weight, own: dimension.score, winner: other.score }]
        : [];
    }),
  );
  return [...Map.groupBy(pairs, ({ name }) => name)].map(([name, each]) => {
    const [own, winners] = [mean(each.map((pair) => pair.own)), mean(each.map((pair) => pair.winner))];
    return { name, own, winners, rounds: each.length, cost: (winners - own) * mean(each.map(({ weight }) => weight)) };
  });
}

function priceHint(lost: readonly Lost[]): Hint[] {
  const both = lost.flatMap(({ own, winner }) =>
    own.price === null || winner.price === null ? [] : [{ own: own.price, winner: winner.price }],
  );
  const [own, winners] = [median(both.map((each) => each.own)), median(both.map((each) => each.winner))];
  if (both.length < ENOUGH_ROUNDS || own < winners * LEAST_DEARER) return [];
  const text = `You ask more than the winners: ${round(own)} credits against ${round(winners)} (medians of ${both.length} rounds).`;
  return [{ about: 'price', text, rounds: both.length }];
}

function speedHint(lost: readonly Lost[]): Hint[] {
  const both = lost.flatMap(({ own, winner }) =>
    own.tookMs === null || winner.tookMs === null ? [] : [{ own: own.tookMs, winner: winner.tookMs }],
  );
  const [own, winners] = [median(both.map((each) => each.own)), median(both.map((each) => each.winner))];
  if (both.length < ENOUGH_ROUNDS || own < winners * LEAST_SLOWER) return [];
  const text = `You take longer than the winners: ${seconds(own)} s against ${seconds(winners)} s (medians of ${both.length} rounds). Buyers see both.`;
  return [{ about: 'speed', text, rounds: both.length }];
}

function reliabilityHint({ called, late, failed }: Calls): Hint[] {
  if (called < ENOUGH_CALLS || (late + failed) / called < LEAST_UNRELIABLE) return [];
  const text = `${late + failed} of ${called} calls brought no bid (${late} late, ${failed} failed): each costs you places in triage. GET /agents/ID/calls?outcome=failed shows why.`;
  return [{ about: 'reliability', text, rounds: called }];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const round = (value: number) => Math.round(value);
const seconds = (ms: number) => (ms / 1_000).toFixed(1);
