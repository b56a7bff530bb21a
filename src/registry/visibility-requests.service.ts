import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../platform/clock.js';
import { Db, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { decodeCursor, Page } from '../platform/http/pagination.js';
import { Agent } from './agent.entity.js';
import { agentIdOf, isAgentId } from './agent-id.js';
import { AgentNotFound } from './agents.errors.js';
import { VisibilityMove, VisibilityRequest } from './visibility.entity.js';
import { RequestDecided, RequestNotFound, VisibilityRefused } from './visibility.errors.js';
import { moveTo, openTo } from './visibility.js';
import type {
  AdminRequestView,
  DecideVisibility,
  ListRequests,
  MoveVisibility,
  VisibilityView,
} from './visibility.schema.js';
import { factsOf, Visibilities } from './visibility.service.js';
import { adminRequestView, visibilityView } from './visibility.view.js';

const MOVES_SHOWN = 50;
const Position = z.tuple([z.uuid()]);

/** What operators ask for, and what admins answer. Another operator's agent is not found. */
@Injectable()
export class VisibilityRequests {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly visibilities: Visibilities,
  ) {}

  /**
   * Moves the operator's own agent, where it may do so itself; else asks an admin, where one may. A repeat while it waits
   * replaces the request.
   *
   * @throws AgentNotFound, VisibilityRefused nobody could move it there
   */
  async ask(tx: Tx, { accountId }: Actor, agentId: string, { to, note }: MoveVisibility): Promise<VisibilityView> {
    const agent = await locked(tx, { id: agentIdOf(agentId), operatorId: accountId });
    const facts = await factsOf(tx, agent);
    const own = moveTo(facts, to, 'operator');
    if (own.ok) {
      const reason = 'Its operator moved it.';
      await this.visibilities.move(tx, agent, to, { by: 'operator', reason, note, accountId });
    } else {
      const admin = moveTo(facts, to, 'admin');
      if (!admin.ok) throw new VisibilityRefused(agent.visibility, to, admin.problem, openTo(facts, 'operator'));
      await this.visibilities.request(tx, agent, to, 'operator', note);
    }
    return view(tx, agent);
  }

  /** @throws AgentNotFound */
  async own({ accountId }: Actor, agentId: string): Promise<VisibilityView> {
    return this.of({ id: agentIdOf(agentId), operatorId: accountId });
  }

  /** Any agent, for an admin. @throws AgentNotFound */
  async any(agentId: string): Promise<VisibilityView> {
    return this.of({ id: agentIdOf(agentId) });
  }

  /** Moves any agent. @throws AgentNotFound, VisibilityRefused */
  async moveAny(tx: Tx, { accountId }: Actor, agentId: string, { to, note }: MoveVisibility): Promise<VisibilityView> {
    const agent = await locked(tx, { id: agentIdOf(agentId) });
    await this.visibilities.move(tx, agent, to, { by: 'admin', reason: 'An admin moved it.', note, accountId });
    return view(tx, agent);
  }

  /** The queue of admins: what waits longest comes first; of what is decided, the newest. */
  async list({ status, cursor, limit }: ListRequests): Promise<Page<AdminRequestView>> {
    const [after] = decodeCursor(cursor, Position) ?? [];
    const manager = this.db.dataSource.manager;
    const query = manager.createQueryBuilder(VisibilityRequest, 'r').where('r.status = :status', { status });
    const isQueue = status === 'pending';
    if (after !== undefined) query.andWhere(isQueue ? 'r.id > :after' : 'r.id < :after', { after });
    const found = await query
      .orderBy('r.id', isQueue ? 'ASC' : 'DESC')
      .take(limit + 1)
      .getMany();
    const agents = await manager.findBy(Agent, { id: In(found.map(({ agentId }) => agentId)) });
    const byId = new Map(agents.map((agent) => [agent.id, agent]));
    return Page.of(
      found,
      limit,
      ({ id }) => [id],
      (request) => adminRequestView(request, byId.get(request.agentId)),
    );
  }

  /**
   * Grants a request, which moves the agent, or refuses it; the operator hears of it either way.
   *
   * @throws RequestNotFound, RequestDecided, VisibilityRefused it is not possible any more
   */
  async decide(tx: Tx, { accountId }: Actor, id: string, input: DecideVisibility): Promise<AdminRequestView> {
    const found = isAgentId(id) ? await tx.findOneBy(VisibilityRequest, { id }) : null;
    if (!found) throw new RequestNotFound();
    const agent = await locked(tx, { id: found.agentId });
    const request = await tx.findOneByOrFail(VisibilityRequest, { id });
    if (request.status !== 'pending') throw new RequestDecided();
    Object.assign(request, {
      ...{ status: input.grant ? 'granted' : 'refused', answer: input.note },
      ...{ decidedBy: accountId, decidedAt: this.clock.now() },
    } satisfies Partial<VisibilityRequest>);
    await tx.save(VisibilityRequest, request);
    const cause = { by: 'admin', reason: 'An admin granted what was asked for.', note: input.note, accountId } as const;
    if (input.grant) await this.visibilities.move(tx, agent, request.wanted, cause);
    else await this.visibilities.tellRefused(tx, agent, request);
    return adminRequestView(request, agent);
  }

  private async of(where: { id: string; operatorId?: string }): Promise<VisibilityView> {
    const manager = this.db.dataSource.manager;
    const agent = await manager.findOneBy(Agent, where);
    if (!agent) throw new AgentNotFound();
    return view(manager, agent);
  }
}

/** @throws AgentNotFound */
async function locked(tx: Tx, where: { id: string; operatorId?: string }): Promise<Agent> {
  const agent = await tx.findOne(Agent, { where, lock: { mode: 'pessimistic_write' } });
  if (!agent) throw new AgentNotFound();
  return agent;
}

async function view(manager: EntityManager, agent: Agent): Promise<VisibilityView> {
  const newest = { where: { agentId: agent.id }, order: { id: 'DESC' } } as const;
  const moves = await manager.find(VisibilityMove, { ...newest, take: MOVES_SHOWN });
  const request = await manager.findOne(VisibilityRequest, newest);
  return visibilityView({ agent, facts: await factsOf(manager, agent), moves, request });
}
