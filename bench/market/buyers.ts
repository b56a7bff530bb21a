// What a buyer makes of a page, and what an attacker's own account does.

import type { Bid } from './bids.ts';
import { bounded, normal, stream } from './chance.ts';
import type { MarketTask } from './world.ts';

/** How much the shown score pulls a buyer's own judgement. */
const ANCHOR = 0.2;
/** What being first on the page adds to the quality that is seen, and what each place further down has less of it. */
const FIRST = 0.03;

/** A bid on the page, with its place from 1. */
export interface Shown {
  readonly bid: Bid;
  readonly position: number;
}

/**
 * The bid that promises most for its price, as far as the buyer can tell; null: none is worth its price. A buyer's eye errs by the
 * same for an agent whatever else is on the page.
 */
export function pick(seed: string, task: MarketTask, page: readonly Shown[]): Bid | null {
  if (task.star !== null) return page.find(({ bid }) => bid.agent.id === task.star)?.bid ?? null;
  const promises = page.map(({ bid, position }) => {
    const eye = bid.quality + normal(stream(seed, 'eye', task.id, bid.agent.id)) * task.blur;
    const shown = (bid.verdict.low + bid.verdict.high) / 200;
    const seen = bounded((1 - ANCHOR) * eye + ANCHOR * shown + FIRST / position);
    return { bid, promise: seen * task.worth - bid.price };
  });
  const best = promises.toSorted((a, b) => b.promise - a.promise)[0];
  return best && best.promise > 0 ? best.bid : null;
}
