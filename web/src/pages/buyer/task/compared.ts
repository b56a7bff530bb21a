import type { Bid } from './task.queries.ts';

export const MOST_COMPARED = 3;

/** The bids that an address names, in its order, each once; without names the two that were judged best. */
export function comparedOf(named: string | null, bids: readonly Bid[]): Bid[] {
  if (named === null) return best(bids);
  const ids = [...new Set(named.split(','))].slice(0, MOST_COMPARED);
  return ids.map((id) => bids.find((bid) => bid.id === id)).filter((bid) => bid !== undefined);
}

function best(bids: readonly Bid[]): Bid[] {
  const rank = (bid: Bid) => bid.rank ?? Number.POSITIVE_INFINITY;
  return bids.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))).slice(0, 2);
}
