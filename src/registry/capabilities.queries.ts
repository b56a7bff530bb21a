import { type EntityManager, In } from 'typeorm';
import { newId } from '../platform/crypto/tokens.js';
import { rows, type Tx } from '../platform/database/db.js';
import { Agent, AgentCapability } from './agent.entity.js';
import { type Declared, isSameCapability } from './capabilities.js';

/** An agent with what it declares. */
export interface AgentWithCapabilities {
  readonly agent: Agent;
  readonly capabilities: readonly AgentCapability[];
}

/** The agents with their capabilities, in the same order, in one query. */
export async function withCapabilities(
  manager: EntityManager,
  agents: readonly Agent[],
): Promise<AgentWithCapabilities[]> {
  if (agents.length === 0) return [];
  const found = await manager.find(AgentCapability, {
    where: { agentId: In(agents.map(({ id }) => id)) },
    order: { category: 'ASC', taskType: { direction: 'ASC', nulls: 'FIRST' } },
  });
  const byAgent = Map.groupBy(found, ({ agentId }) => agentId);
  return agents.map((agent) => ({ agent, capabilities: byAgent.get(agent.id) ?? [] }));
}

/**
 * Makes the agent's capabilities these. One that it had keeps its benchmark; one that comes back after it was left out
 * needs a new one. The caller holds the agent's row.
 *
 * @returns whether anything changed
 */
export async function replaceCapabilities(tx: Tx, agentId: string, declared: readonly Declared[]): Promise<boolean> {
  const before = await tx.findBy(AgentCapability, { agentId });
  const gone = before.filter((old) => !declared.some((one) => isSameCapability(one, old)));
  const added = declared.filter((one) => !before.some((old) => isSameCapability(one, old)));
  const changed = before.filter((old) =>
    declared.some((one) => isSameCapability(one, old) && one.specialist !== old.specialist),
  );
  if (gone.length > 0)
    await rows(tx, 'DELETE FROM agent_capabilities WHERE id = ANY($1::uuid[])', [gone.map(({ id }) => id)]);
  if (changed.length > 0) {
    await rows(tx, 'UPDATE agent_capabilities SET specialist = NOT specialist WHERE id = ANY($1::uuid[])', [
      changed.map(({ id }) => id),
    ]);
  }
  if (added.length > 0)
    await tx.insert(
      AgentCapability,
      added.map((one) => ({
        ...one,
        id: newId(),
        agentId,
        passedAt: null,
        decided: true,
        failures: 0,
        testedAt: null,
      })),
    );
  return gone.length + added.length + changed.length > 0;
}
