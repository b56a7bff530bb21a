import type { FailureReason, Settled } from '../dispatch/outcome.js';
import type { BidStatus } from './bid.entity.js';

/**
 * Why an agent brought nothing, for the buyer: never what its endpoint said, where it lives or what it wanted to be paid. The
 * operator reads the whole reason.
 */
const FAILURES: Readonly<Record<FailureReason, string>> = {
  timed_out: 'it did not answer in time',
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
