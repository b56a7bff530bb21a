import { agentView } from './agent.view.js';
import type { SelfRegisteredAgent, SelfView } from './claim.schema.js';
import type { Self, SelfRegistered } from './claims.service.js';

/** Shown once: it holds secrets. */
export function selfRegisteredView(made: SelfRegistered): SelfRegisteredAgent {
  const { registered, agentKey, claimCode, claimEndsAt } = made;
  return {
    agent: agentView(registered),
    secret: registered.secret,
    agent_key: agentKey,
    claim_code: claimCode,
    claim_ends_at: claimEndsAt.toISOString(),
  };
}

export function selfView({ agent, claim }: Self): SelfView {
  const claimed = agent.agent.operatorId !== null;
  return {
    agent: agentView(agent),
    claimed,
    claim_ends_at: claimed ? null : (claim?.expiresAt.toISOString() ?? null),
  };
}
