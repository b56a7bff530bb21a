/** What the charts of a record show, computed from what the server tells of each bid. Pure. */

interface Scored {
  readonly at: string;
  readonly score: { readonly low: number; readonly high: number };
  readonly presented: boolean;
  readonly selected: boolean;
}

export interface Week {
  /** The day it begins on, a Monday, as YYYY-MM-DD (UTC). */
  readonly from: string;
  readonly picked: number;
  readonly shown: number;
  readonly hidden: number;
}

const DAY_MS = 86_400_000;
/** The first of January 1970 was a Thursday. */
const MONDAY = 4;

/** Judged bids by what became of them, week by week; weeks without any are there too, so that the axis is time. */
export function byWeek(bids: readonly Scored[]): Week[] {
  const weekOf = (at: string) => Math.floor((Date.parse(at) / DAY_MS - MONDAY) / 7);
  const numbers = bids.map(({ at }) => weekOf(at));
  const first = Math.min(...numbers);
  const count = bids.length === 0 ? 0 : Math.max(...numbers) - first + 1;
  return Array.from({ length: count }, (_, place) => {
    const own = bids.filter((_, index) => numbers[index] === first + place);
    return {
      from: new Date(((first + place) * 7 + MONDAY) * DAY_MS).toISOString().slice(0, 10),
      picked: own.filter(({ selected }) => selected).length,
      shown: own.filter(({ presented, selected }) => presented && !selected).length,
      hidden: own.filter(({ presented }) => !presented).length,
    };
  });
}

export const middle = ({ low, high }: { low: number; high: number }): number => (low + high) / 2;

/** Bids that the mean of the trend line runs over. */
const WINDOW = 5;

/** The mean of the middles of each bid and those before it, five at most: smooth enough to show where it goes. */
export function trend(bids: readonly Pick<Scored, 'score'>[]): number[] {
  return bids.map((_, place) =>
    mean(bids.slice(Math.max(0, place - WINDOW + 1), place + 1).map(({ score }) => middle(score))),
  );
}

/** How many points the later half of the bids is better than the earlier one; null for less than four bids. */
export function progress(bids: readonly Pick<Scored, 'score'>[]): number | null {
  if (bids.length < 4) return null;
  const half = Math.floor(bids.length / 2);
  const middles = bids.map(({ score }) => middle(score));
  return mean(middles.slice(half)) - mean(middles.slice(0, half));
}

interface Round {
  readonly own: { readonly score: number };
  readonly against: readonly { readonly score: number }[];
}

/** The place of the agent's own bid by its score among those that were shown: 1 is the best. */
export function placeOf({ own, against }: Round): number {
  return 1 + against.filter(({ score }) => score > own.score).length;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0) / numbers.length;
}
