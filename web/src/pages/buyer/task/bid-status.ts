import type { Bid } from './task.queries.ts';

/** What a bid's status means to the buyer. */
export const BID_STATUS: Record<Bid['status'], { label: string; color?: string }> = {
  called: { label: 'At work' },
  received: { label: 'Prototype is in', color: 'teal' },
  invalid: { label: 'Could not be taken', color: 'dimmed' },
  declined: { label: 'Declined', color: 'dimmed' },
  failed: { label: 'Failed', color: 'dimmed' },
  late: { label: 'Too late', color: 'dimmed' },
  not_called: { label: 'Not called', color: 'dimmed' },
  cancelled: { label: 'Not needed', color: 'dimmed' },
};
