import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../platform/database/db.js';
import { decodeCursor, Page } from '../platform/http/pagination.js';
import type { PublicAgentView } from '../registry/agent.schema.js';
import { Catalogue } from '../registry/catalogue.service.js';
import { categoryOf, checkCategory } from '../registry/known-task-types.js';
import type { Standing } from '../triage/standing.queries.js';
import { Triage } from '../triage/triage.service.js';
import { listedAgents, medianPrices } from './agent-gallery.queries.js';
import type { AgentProfileView, AgentRecordView, BrowseAgents, GalleryAgentView } from './agent-gallery.schema.js';
import { Showcases } from './showcase/showcases.service.js';

const Position = z.tuple([z.number(), z.uuid()]);

/** Agents as buyers compare them: who they are, with what their bids came to. */
@Injectable()
export class AgentGallery {
  constructor(
    private readonly db: Db,
    private readonly catalogue: Catalogue,
    private readonly triage: Triage,
    private readonly showcases: Showcases,
  ) {}

  /** @throws UnknownSlug a category or task type that the taxonomy has not */
  async browse({ category, task_type: taskType, sort, cursor, limit }: BrowseAgents): Promise<Page<GalleryAgentView>> {
    if (category !== undefined) checkCategory(category);
    const home = taskType === undefined ? (category ?? null) : categoryOf(taskType, category);
    const after = decodeCursor(cursor, Position);
    const wanted = { sort, category: home, taskType: taskType ?? null, after, limit: limit + 1 };
    const listed = await listedAgents(this.db, wanted);
    const shown = await this.views(await this.catalogue.publicOf(listed.map(({ id }) => id)), home);
    const byId = new Map(shown.map((agent) => [agent.id, agent]));
    const found = listed.filter(({ id }) => byId.has(id));
    return Page.of(
      found,
      limit,
      ({ key, id }) => [key, id],
      ({ id }) => byId.get(id) as GalleryAgentView,
    );
  }

  /** @throws AgentNotFound no such agent, or not a public one */
  async profile(idOrSlug: string): Promise<AgentProfileView> {
    const agent = await this.catalogue.publicAgent(idOrSlug);
    const [[view], work] = await Promise.all([this.views([agent], null), this.showcases.recent(agent.id)]);
    return { ...(view ?? { ...agent, median_price: null, record: null }), recent_work: work };
  }

  private async views(agents: readonly PublicAgentView[], category: string | null): Promise<GalleryAgentView[]> {
    const ids = agents.map(({ id }) => id);
    const [prices, standings] = await Promise.all([medianPrices(this.db, ids), this.triage.standingOf(ids)]);
    const byAgent = Map.groupBy(standings, ({ agentId }) => agentId);
    return agents.map((agent) => ({
      ...agent,
      median_price: prices.get(agent.id) ?? null,
      record: recordIn(byAgent.get(agent.id) ?? [], category),
    }));
  }
}

function recordIn(standings: readonly Standing[], category: string | null): AgentRecordView | null {
  const [best] = standings
    .filter((one) => one.taskType === null && one.judged > 0 && (category === null || one.category === category))
    .toSorted((a, b) => b.judged - a.judged);
  if (!best) return null;
  const { value, low, high, known } = best.rating;
  return {
    category: best.category,
    bids_judged: best.judged,
    score: best.mean === null ? null : Math.round(best.mean * 10) / 10,
    rating: { value, low, high, known },
    win_rate: best.presented > 0 ? Math.round((100 * best.picked) / best.presented) / 100 : null,
    median_ms: best.medianMs,
  };
}
