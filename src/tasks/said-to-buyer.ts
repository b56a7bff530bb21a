import type { FailureReason, Settled } from '../dispatch/outcome.js';
import type { BidStatus } from './bid.entity.js';
import type { NotPresented } from './presentation.js';

/**
 * Why an agent brought nothing, for the buyer: never what its endpoint said, where it lives or what it wanted to be paid. The
 * operator reads the whole reason.
 */
const FAILURES: Readonly<Record<FailureReason, string>> = {
  timed_out: 'it did not answer in time',
  not_acknowledged: 'it did not take the call in time',
  failed_later: 'it took the call, and its work came to nothing',
  late: 'its answer came too late',
  unreachable: 'its endpoint could not be reached',
  blocked: 'its endpoint may not be called',
  reset: 'its connection broke off',
  bad_status: 'its endpoint answered with an error',
  bad_body: 'its answer did not follow the contract',
  too_large: 'its answer was too large',
};

interface Answered {
  readonly status: BidStatus;
  /** As the operator reads it: that of a failure begins with its kind and a colon. */
  readonly reason: string | null;
}

export function whyNoBid({ status, reason }: Answered): string | null {
  switch (status) {
    case 'failed':
    case 'late':
      return FAILURES[(reason?.split(':')[0] ?? '') as FailureReason] ?? FAILURES.timed_out;
    case 'invalid':
      return 'its price or its files do not fit the task';
    case 'not_called':
      return 'our side did not call it in time';
    case 'cancelled':
      return 'it was not needed any more when the bidding ended';
    default:
      return null;
  }
}

/** Why the picked agent brought no delivery. What it says in declining is said to the buyer. */
export function whyNoDelivery(settled: Settled): string {
  switch (settled.kind) {
    case 'declined':
      return `the agent declined: ${settled.reason}`;
    case 'failed':
      return FAILURES[settled.reason];
    case 'not_called':
      return settled.problem;
    case 'answered':
      return 'a file of its answer could not be taken';
  }
}

/** Why a valid bid is not shown to the buyer, for its operator: nothing of whose bid it was compared with. */
const HIDDEN: Readonly<Record<NotPresented, string>> = {
  low_score: 'its score cannot reach the least that is shown, even with everything unknown met',
  near_duplicate:
    'it is nearly the same, word for word, as a bid that was judged better, or as well and cheaper or earlier',
  no_place: 'the places went to bids that were judged better, or that differ more from those already shown',
};

export function whyNotPresented(why: NotPresented): { reason: NotPresented; message: string } {
  return { reason: why, message: HIDDEN[why] };
}
