import { rows, type Tx, together } from '../platform/database/db.js';
import type { CallState } from './calls.queries.js';

/** Locks the agents' slots until the transaction ends, in one order for all. */
export async function lockSlots(tx: Tx, agentIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO agent_slots (agent_id) SELECT DISTINCT id FROM unnest($1::uuid[]) id ORDER BY id
     ON CONFLICT (agent_id) DO UPDATE SET agent_id = excluded.agent_id`,
    [agentIds],
  );
}

/** The same for the agents of those of the calls that are still open. */
export async function lockSlotsOf(tx: Tx, callIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO agent_slots (agent_id) SELECT DISTINCT agent_id FROM calls WHERE id = ANY($1::uuid[]) AND outcome IS NULL ORDER BY agent_id
     ON CONFLICT (agent_id) DO UPDATE SET agent_id = excluded.agent_id`,
    [callIds],
  );
}

/** What decides whether an agent may be called now. */
export type AgentState = Pick<
  CallState,
  'agent_id' | 'endpoint_url' | 'max_concurrency' | 'running' | 'execution_mode'
>;

/**
 * Locks the slots of those of the agents that nobody has locked, until the transaction ends, and says how these agents are now. It waits
 * for nobody: an agent whose slots are being looked at, or that was never called, is left out.
 */
export async function freeSlots(tx: Tx, agentIds: readonly string[], now: Date): Promise<AgentState[]> {
  const [locked, states] = await together(
    rows<{ agent_id: string }>(
      tx,
      'SELECT agent_id FROM agent_slots WHERE agent_id = ANY($1::uuid[]) ORDER BY agent_id FOR UPDATE SKIP LOCKED',
      [agentIds],
    ),
    // A statement of its own, since it has to see what was committed before the lock was there.
    rows<AgentState>(
      tx,
      `SELECT a.id AS agent_id, a.endpoint_url, a.max_concurrency, a.execution_mode,
              (SELECT count(*)::int FROM call_attempts t
                WHERE t.agent_id = a.id AND t.outcome IS NULL AND t.lease_until > $2) AS running
       FROM agents a WHERE a.id = ANY($1::uuid[])`,
      [agentIds, now],
    ),
  );
  const free = new Set(locked.map(({ agent_id }) => agent_id));
  return states.filter(({ agent_id }) => free.has(agent_id));
}
