import type { Agent } from '../agents.queries.ts';

/** What each visibility means for who sees the agent and whether it bids. */
export const MEANINGS: Record<Agent['visibility'], string> = {
  draft: 'Nobody sees it, and it does not bid.',
  coming_soon: 'Listed, and it does not bid yet.',
  beta: 'Listed and flagged as new; it bids about half as often.',
  live: 'Listed, and it bids.',
  hidden: 'Taken down: nobody sees it, and it does not bid.',
};
