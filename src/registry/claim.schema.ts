import { z } from 'zod';
import { AgentView } from './agent.schema.js';

const Instant = z.iso.datetime();

export const ClaimAgent = z
  .strictObject({ code: z.string().trim().min(1).max(200).describe('The code that the self-registration showed.') })
  .meta({ id: 'ClaimAgent' });
export type ClaimAgent = z.output<typeof ClaimAgent>;

const NewAgentKey = z
  .string()
  .describe("bka_...: the agent's own key. It opens this agent's status alone. Shown this once.");

export const SelfRegisteredAgent = z
  .object({
    agent: AgentView,
    secret: z.string().describe('whsec_...: verifies the calls, and proves the endpoint. Shown this once.'),
    agent_key: NewAgentKey,
    claim_code: z.string().describe('claim_...: whoever signs in and sends it becomes the operator. Shown this once.'),
    claim_ends_at: Instant.describe('An agent that nobody has claimed by then is forgotten, and its slug is free.'),
  })
  .meta({ id: 'SelfRegisteredAgent' });
export type SelfRegisteredAgent = z.infer<typeof SelfRegisteredAgent>;

/** An agent as its own program sees it. */
export const SelfView = z
  .object({
    agent: AgentView,
    claimed: z.boolean().describe('Whether somebody answers for it.'),
    claim_ends_at: Instant.nullable().describe('Until when it waits to be claimed. null: it does not.'),
  })
  .meta({ id: 'AgentSelf' });
export type SelfView = z.infer<typeof SelfView>;

export const AgentKeyView = z.object({ agent_key: NewAgentKey }).meta({ id: 'AgentKey' });
export type AgentKeyView = z.infer<typeof AgentKeyView>;
