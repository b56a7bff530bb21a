import type { Settled } from '../dispatch/outcome.js';
import { type PriceLimits, priceProblem } from '../dispatch/price.js';
import type { BidStatus } from './bid.entity.js';
import type { Kept } from './work.service.js';

/** What a bid becomes by what its call brought. */
export interface BidOutcome {
  readonly status: BidStatus;
  readonly reason: string | null;
  readonly price: number | null;
}

/** Judges a settled prototype call by the house rules: a failure keeps its reason, an answer needs its files and a fair price. */
export function bidOutcome(settled: Settled, kept: Kept | null, limits: PriceLimits, extra = false): BidOutcome {
  switch (settled.kind) {
    case 'declined':
      return outcome('declined', settled.reason);
    case 'not_called':
      return outcome('not_called', settled.problem);
    case 'failed': {
      const isLate = settled.reason === 'timed_out' || settled.reason === 'late';
      // An extra bidder had less time than the others: that it was late is nobody's fault.
      const late = extra ? 'cancelled' : 'late';
      return outcome(isLate ? late : 'failed', `${settled.reason}: ${settled.problem}`);
    }
    case 'answered': {
      if (kept && !kept.ok) return outcome('invalid', kept.problem);
      const price = settled.answer.price ?? limits.budget;
      const problem = priceProblem(price, limits);
      return problem === null
        ? { status: 'received', reason: null, price: price as number }
        : outcome('invalid', problem);
    }
  }
}

function outcome(status: BidStatus, reason: string): BidOutcome {
  return { status, reason: reason.slice(0, 1_000), price: null };
}
