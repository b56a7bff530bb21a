import { z } from 'zod';
import { AgentNotFound } from './agents.errors.js';

const AgentId = z.uuid();

export function isAgentId(text: string): boolean {
  return AgentId.safeParse(text).success;
}

/** What is no UUID is no agent's id. @throws AgentNotFound */
export function agentIdOf(text: string): string {
  if (!isAgentId(text)) throw new AgentNotFound();
  return text;
}
