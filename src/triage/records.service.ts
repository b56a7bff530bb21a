import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Db } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { agentIdOf } from '../registry/agent-id.js';
import { AgentNotFound } from '../registry/agents.errors.js';
import { Agents } from '../registry/agents.service.js';
import { wasConsidered } from './eligibility.js';
import { agentFacts } from './left-out.queries.js';
import type { OperatorTriageQuery, OperatorTriageView } from './operator.schema.js';
import { operatorTriageView } from './operator.view.js';
import { decisionById, decisionIds, decisionOf } from './records.queries.js';
import { type Difference, difference, type Rerun } from './rerun.js';
import type { RerunTriage, RerunView } from './rerun.schema.js';
import { rerunView } from './rerun.view.js';
import { NotConsidered } from './triage.errors.js';

/** Candidates that one run decides again at most: a few seconds of work. */
const MOST_CANDIDATES = 20_000;

/** What stored decisions tell: their agents' operators, and admins who try other numbers. */
@Injectable()
export class TriageRecords {
  constructor(
    private readonly db: Db,
    private readonly agents: Agents,
  ) {}

  /**
   * How a round went for an operator's own agent.
   *
   * @throws AgentNotFound no such agent, or another operator's
   * @throws NotConsidered no such task, nothing decided, or a round that never looked at the agent
   */
  async forOperator(actor: Actor, id: string, { task, round }: OperatorTriageQuery): Promise<OperatorTriageView> {
    const agentId = agentIdOf(id);
    if ((await this.agents.operatorOf(this.db, agentId)) !== actor.accountId) throw new AgentNotFound();
    const found = await decisionOf(this.db, task, round);
    if (!found) throw new NotConsidered();
    const { decision, extra } = found;
    const facts = await agentFacts(this.db, agentId, decision.request);
    if (!facts || !wasConsidered(decision, facts)) throw new NotConsidered();
    return operatorTriageView(decision, facts, extra.includes(agentId));
  }

  /** Decides past rounds again under other numbers. It reads alone: no record, no round and no chance changes. */
  async rerun({
    policy,
    places,
    experimentation,
    category,
    task_id: taskId,
    from,
    to,
    limit,
  }: RerunTriage): Promise<RerunView> {
    const changes: Rerun = {
      ...(policy === undefined ? {} : { policy }),
      ...(places === undefined ? {} : { places }),
      ...(experimentation === undefined ? {} : { experimentation }),
    };
    const ids = await decisionIds(this.db, { category, taskId, from, to }, limit);
    const found: Difference[] = [];
    let left = MOST_CANDIDATES;
    for (const id of ids) {
      const decision = await decisionById(this.db, id);
      if (!decision) continue;
      left -= decision.candidates.length;
      if (left < 0 && found.length > 0) return rerunView(found, false);
      found.push(difference(decision, changes));
      await breathe();
    }
    return rerunView(found, true);
  }
}
