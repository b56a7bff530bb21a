import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { z } from 'zod';
import { Db } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { decodeCursor, Page, type PageQuery } from '../platform/http/pagination.js';
import { Agent } from './agent.entity.js';
import { type AgentHealthView, type AgentView, PUBLIC_VISIBILITIES, type PublicAgentView } from './agent.schema.js';
import { agentView, publicAgentView } from './agent.view.js';
import { agentIdOf, isAgentId } from './agent-id.js';
import { AgentNotFound } from './agents.errors.js';
import { withCapabilities } from './capabilities.queries.js';
import { agentHealthView } from './health.view.js';
import { HealthHistory } from './health-history.service.js';

/** Lists are newest first, and ids sort by time. */
const Position = z.tuple([z.uuid()]);

/** Reading agents: an operator its own, everybody the public ones. */
@Injectable()
export class Catalogue {
  constructor(
    private readonly db: Db,
    private readonly history: HealthHistory,
  ) {}

  /** The operator's own, newest first, whatever their visibility. */
  async mine({ accountId }: Actor, { cursor, limit }: PageQuery): Promise<Page<AgentView>> {
    const [before] = decodeCursor(cursor, Position) ?? [];
    const manager = this.db.dataSource.manager;
    const agents = await manager.find(Agent, {
      where: before === undefined ? { operatorId: accountId } : { operatorId: accountId, id: LessThan(before) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return Page.of(await withCapabilities(manager, agents), limit, ({ agent }) => [agent.id], agentView);
  }

  /** @throws AgentNotFound no such agent, or another operator's */
  async myAgent({ accountId }: Actor, agentId: string): Promise<AgentView> {
    return agentView(await this.find({ id: agentIdOf(agentId), operatorId: accountId }));
  }

  /** What probes of it have found. @throws AgentNotFound no such agent, or another operator's */
  async health({ accountId }: Actor, agentId: string): Promise<AgentHealthView> {
    const found = await this.find({ id: agentIdOf(agentId), operatorId: accountId });
    return agentHealthView(found, await this.history.of(found.agent.id));
  }

  /** Those of these agents that buyers may see, in any order. */
  async publicOf(ids: readonly string[]): Promise<PublicAgentView[]> {
    const manager = this.db.dataSource.manager;
    const agents = await manager.findBy(Agent, { id: In(ids), visibility: In(PUBLIC_VISIBILITIES) });
    return (await withCapabilities(manager, agents)).map(publicAgentView);
  }

  /** @throws AgentNotFound no such agent, or not a public one */
  async publicAgent(idOrSlug: string): Promise<PublicAgentView> {
    const found = await this.find(isAgentId(idOrSlug) ? { id: idOrSlug } : { slug: idOrSlug });
    if (!PUBLIC_VISIBILITIES.some((visibility) => visibility === found.agent.visibility)) throw new AgentNotFound();
    return publicAgentView(found);
  }

  private async find(where: { id: string; operatorId?: string } | { slug: string }) {
    const manager = this.db.dataSource.manager;
    const [found] = await withCapabilities(manager, await manager.findBy(Agent, where));
    if (!found) throw new AgentNotFound();
    return found;
  }
}
