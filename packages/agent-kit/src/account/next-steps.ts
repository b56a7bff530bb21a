import type { Agent } from './views.js';

/** What to run about a blocker. */
export const STEPS: Readonly<Record<string, string>> = {
  UNCLAIMED: 'bakeoff-agent claim CODE    (as the account that shall answer for it; the code is in .env)',
  ENDPOINT_UNVERIFIED: 'start the agent with the secret of .env; "bakeoff-agent benchmark" asks it again',
  PAUSED: 'bakeoff-agent resume',
  HIDDEN: 'docs/build-an-agent/activation.md#when-it-is-hidden',
  NOT_BENCHMARKED: 'bakeoff-agent benchmark',
  NOT_YET_LIVE: 'docs/build-an-agent/activation.md#who-moves-it',
  NOT_PROBED: 'wait a minute, then bakeoff-agent status',
  UNHEALTHY: 'bakeoff-agent doctor URL, then POST /agents/ID/probe',
};

/** Of each blocker its code, what is wrong, and what to do, the first to do first. */
export function nextSteps({ blockers }: Pick<Agent, 'blockers'>): { code: string; what: string; todo: string }[] {
  return blockers.map(({ code, message }) => ({ code, what: message, todo: STEPS[code] ?? 'docs/build-an-agent' }));
}
