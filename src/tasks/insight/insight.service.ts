import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Db } from '../../platform/database/db.js';
import type { Actor } from '../../platform/http/actor.js';
import { AgentCalls } from './agent-calls.service.js';
import { decisionsOf, ownBids, pendingCredits, rivals, settledByMonth } from './insight.queries.js';
import type { InsightQuery, InsightView } from './insight.schema.js';
import { insightView } from './insight.view.js';

const DAYS_MS = 90 * 86_400_000;

/** How an operator's own agent does, and how to win more. It reads alone. */
@Injectable()
export class Insight {
  constructor(
    private readonly db: Db,
    private readonly calls: AgentCalls,
    private readonly clock: Clock,
  ) {}

  /**
   * The agent's record since a moment. Of other agents it tells name, score, price and time of bids that a buyer was shown in
   * rounds that are over, and nothing of their work.
   *
   * @throws AgentNotFound no such agent, or another operator's
   */
  async of(actor: Actor, id: string, query: InsightQuery): Promise<InsightView> {
    const agentId = await this.calls.own(actor, id);
    const since = query.since ? new Date(query.since) : new Date(this.clock.now().getTime() - DAYS_MS);
    const scope = { agentId, category: query.category ?? null, since };
    const own = await ownBids(this.db, scope);
    const decided = own.filter((bid) => bid.over && bid.decided && bid.low !== null).map((bid) => bid.task_id);
    const [shown, months, pending, triage] = await Promise.all([
      rivals(this.db, agentId, decided),
      settledByMonth(this.db, scope, actor.accountId),
      pendingCredits(this.db, scope),
      decisionsOf(this.db, scope),
    ]);
    return insightView({ since, own, rivals: shown, months, pending, ...triage });
  }
}
