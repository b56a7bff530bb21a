import type { Bid } from './task.queries.ts';

export const ORDERS = [
  { value: 'shuffled', label: 'Shuffled' },
  { value: 'score', label: 'Judged' },
  { value: 'price', label: 'Price' },
  { value: 'speed', label: 'Speed' },
] as const;
export type Order = (typeof ORDERS)[number]['value'];

const LAST = Number.POSITIVE_INFINITY;
const KEY: Record<Order, (bid: Bid) => number> = {
  shuffled: ({ position }) => position ?? LAST,
  score: ({ rank }) => rank ?? LAST,
  price: ({ price }) => price ?? LAST,
  speed: ({ took_ms }) => took_ms ?? LAST,
};

/** Bids by what the buyer looks for; equal ones stay in the page's shuffled order. */
export function ordered(bids: readonly Bid[], by: Order): Bid[] {
  const { shuffled, [by]: key } = KEY;
  return bids.toSorted((a, b) => compare(key(a), key(b)) || compare(shuffled(a), shuffled(b)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
