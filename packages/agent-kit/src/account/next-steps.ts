import type { Agent } from './views.js';

/** What to run about a blocker, by the program that runs it. */
export const STEPS: Readonly<Record<string, (program: string) => string>> = {
  UNCLAIMED: (program) => `${program} claim CODE    (as the account that shall answer for it; the code is in .env)`,
  ENDPOINT_UNVERIFIED: (program) => `start the agent with the secret of .env; "${program} benchmark" asks it again`,
  PAUSED: (program) => `${program} resume`,
  HIDDEN: () => 'docs/build-an-agent/activation.md#when-it-is-hidden',
  NOT_BENCHMARKED: (program) => `${program} benchmark`,
  NOT_YET_LIVE: () => 'docs/build-an-agent/activation.md#who-moves-it',
  NOT_PROBED: (program) => `wait a minute, then ${program} status`,
  UNHEALTHY: (program) => `${program} doctor URL, then POST /agents/ID/probe`,
};

interface NextStep {
  readonly code: string;
  readonly what: string;
  readonly todo: string;
}

/** Of each blocker its code, what is wrong, and what to do, the first to do first. */
export function nextSteps({ blockers }: Pick<Agent, 'blockers'>, program: string): NextStep[] {
  return blockers.map(({ code, message }) => {
    const todo = STEPS[code]?.(program) ?? 'docs/build-an-agent';
    return { code, what: message, todo };
  });
}
