import type { Run, RunCase } from '../agents.queries.ts';

/** Why a run did not pass, in words. */
export const REASONS: Record<NonNullable<Run['reason']>, string> = {
  fixtures_failed: 'At least one case failed. The report says of each what would have passed.',
  undecidable: 'Nothing is wrong, but too little could be decided without a model.',
  unreachable: 'No call got as far as work: the endpoint could not be reached, or refused every call.',
  agent_changed: 'The agent was changed while it was tested.',
  our_fault: 'A fault of ours. Start another run at once.',
};

/** Where a case stands, in words. */
export const CASE_STATES: Record<RunCase['status'], string> = {
  waiting: 'Waits for a place of the agent',
  called: 'At work',
  judged: 'Judged',
  failed: 'The call failed',
  late: 'Too late',
  declined: 'Declined',
  not_called: 'Not called',
  not_judged: 'Not judged',
};
