import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import type { Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Agent, AgentCapability } from './agent.entity.js';
import type { Visibility } from './agent.schema.js';
import { VisibilityMove, VisibilityRequest } from './visibility.entity.js';
import { VisibilityRefused } from './visibility.errors.js';
import { type Facts, type Mover, moveTo, openTo } from './visibility.js';

/** Who moves an agent, and why. */
export interface Cause {
  readonly by: Mover;
  /** A sentence for the operator. */
  readonly reason: string;
  readonly note?: string | undefined;
  readonly accountId?: string;
}

/** The one place that sets an agent's visibility, by the table of moves. */
@Injectable()
export class Visibilities {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly events: Events,
  ) {}

  /**
   * Moves an agent whose row the caller holds, keeps the move and tells its operator. A request that waited is over by it.
   *
   * @throws VisibilityRefused the table has no such way, or the agent lacks what it takes
   */
  async move(tx: Tx, agent: Agent, to: Visibility, { by, reason, note, accountId }: Cause): Promise<void> {
    const facts = await factsOf(tx, agent);
    const allowed = moveTo(facts, to, by);
    if (!allowed.ok) throw new VisibilityRefused(agent.visibility, to, allowed.problem, openTo(facts, by));
    const [from, now] = [agent.visibility, this.clock.now()];
    await tx.save(Agent, Object.assign(agent, { visibility: to, updatedAt: now }));
    await tx.insert(VisibilityMove, {
      ...{ id: newId(), agentId: agent.id, fromVisibility: from, toVisibility: to, movedBy: by, move: allowed.move },
      ...{ reason: reason.slice(0, 500), note: note ?? null, accountId: accountId ?? null, movedAt: now },
    });
    await this.replaceRequest(tx, agent.id);
    await this.tell(tx, agent, 'agent.visibility_changed', { from, to, by, reason, note: note ?? null });
    if (to === 'live') await this.tell(tx, agent, 'agent.live', {});
  }

  /** Asks an admin for a move; one that waits already is replaced. The caller holds the agent's row. */
  async request(
    tx: Tx,
    agent: Agent,
    wanted: Visibility,
    askedBy: 'operator' | 'benchmark',
    note?: string,
  ): Promise<void> {
    await this.replaceRequest(tx, agent.id);
    await tx.insert(VisibilityRequest, {
      ...{ id: newId(), agentId: agent.id, wanted, note: note ?? null, askedBy, status: 'pending' },
      ...{ answer: null, decidedBy: null, createdAt: this.clock.now(), decidedAt: null },
    });
    await this.tell(tx, agent, 'agent.visibility_requested', { to: wanted, asked_by: askedBy });
  }

  /** Hides an agent that has not answered for long, and shows it again once it answers. The caller holds its row. */
  async followHealth(tx: Tx, agent: Agent): Promise<void> {
    const { visibility, health, healthFailures: failures } = agent;
    if ((visibility === 'live' || visibility === 'beta') && failures >= this.config.HIDE_PROBE_FAILURES) {
      const reason = `${failures} health probes in a row failed: ${agent.healthReason ?? 'no reason is known'}`;
      await this.move(tx, agent, 'hidden', { by: 'health', reason });
    } else if (visibility === 'hidden' && health === 'healthy') {
      const facts = await factsOf(tx, agent);
      const back = facts.last?.from;
      if (back && moveTo(facts, back, 'health').ok)
        await this.move(tx, agent, back, { by: 'health', reason: 'Its health endpoint answers again.' });
    }
  }

  async tellRefused(tx: Tx, agent: Agent, { wanted, answer }: VisibilityRequest): Promise<void> {
    await this.tell(tx, agent, 'agent.visibility_refused', { to: wanted, answer });
  }

  /** News for the agent's operator. Nobody hears of an agent that nobody has claimed. */
  async tell(tx: Tx, agent: Agent, type: string, facts: Record<string, unknown>): Promise<void> {
    const { id, slug, operatorId: accountId } = agent;
    if (accountId !== null) await this.events.append(tx, { type, accountId, data: { agent_id: id, slug, ...facts } });
  }

  private async replaceRequest(tx: Tx, agentId: string): Promise<void> {
    const over = { status: 'replaced', decidedAt: this.clock.now() } as const;
    await tx.update(VisibilityRequest, { agentId, status: 'pending' }, over);
  }
}

export async function factsOf(
  manager: EntityManager,
  { id, visibility }: Pick<Agent, 'id' | 'visibility'>,
): Promise<Facts> {
  const passed = { agentId: id, passedAt: Not(IsNull()) };
  const proven = await manager.countBy(AgentCapability, passed);
  const decided = await manager.countBy(AgentCapability, { ...passed, decided: true });
  const last = await manager.findOne(VisibilityMove, { where: { agentId: id }, order: { id: 'DESC' } });
  return {
    ...{ visibility, proven, decided },
    last: last && { from: last.fromVisibility, by: last.movedBy },
  };
}
