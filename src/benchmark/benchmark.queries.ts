import { rows, type Tx } from '../platform/database/db.js';
import { Agent, AgentCapability } from '../registry/agent.entity.js';

/** The operator's own agent, or null. */
export async function ownAgent(tx: Tx, operatorId: string, agentId: string): Promise<Agent | null> {
  return tx.findOneBy(Agent, { id: agentId, operatorId });
}

/** Holds the agent as it is until the transaction ends. */
export async function lockedAgent(tx: Tx, agentId: string): Promise<Agent | null> {
  return tx.findOne(Agent, { where: { id: agentId }, lock: { mode: 'pessimistic_write' } });
}

export async function declaredCapabilities(tx: Tx, agentId: string): Promise<AgentCapability[]> {
  return tx.findBy(AgentCapability, { agentId });
}

/** What the attempt was like that ended the call: how long the agent took, in ms, and its HTTP status; null where there was none. */
export async function lastAttempt(tx: Tx, callId: string): Promise<{ tookMs: number | null; status: number | null }> {
  const [last] = await rows<{ total_ms: number | null; status: number | null }>(
    tx,
    'SELECT total_ms, status FROM call_attempts WHERE call_id = $1 ORDER BY attempt DESC LIMIT 1',
    [callId],
  );
  return { tookMs: last?.total_ms == null ? null : Math.round(last.total_ms), status: last?.status ?? null };
}
