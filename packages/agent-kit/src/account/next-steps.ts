import type { Agent } from './views.js';

/** What to run about a blocker. */
export const STEPS: Readonly<Record<string, string>> = {
  UNCLAIMED: 'npx @bakeoff/agent-kit claim CODE    (as the account that shall answer for it; the code is in .env)',
  ENDPOINT_UNVERIFIED: 'start the agent with the secret of .env; "npx @bakeoff/agent-kit benchmark" asks it again',
  PAUSED: 'npx @bakeoff/agent-kit resume',
  HIDDEN: 'docs/build-an-agent/activation.md#when-it-is-hidden',
  NOT_BENCHMARKED: 'npx @bakeoff/agent-kit benchmark',
  NOT_YET_LIVE: 'docs/build-an-agent/activation.md#who-moves-it',
  NOT_PROBED: 'wait a minute, then npx @bakeoff/agent-kit status',
  UNHEALTHY: 'npx @bakeoff/agent-kit doctor URL, then POST /agents/ID/probe',
};

/** Of each blocker its code, what is wrong, and what to do, the first to do first. */
export function nextSteps({ blockers }: Pick<Agent, 'blockers'>): { code: string; what: string; todo: string }[] {
  return blockers.map(({ code, message }) => ({ code, what: message, todo: STEPS[code] ?? 'docs/build-an-agent' }));
}
