import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { rows, type Tx } from '../platform/database/db.js';
import { Agent } from './agent.entity.js';
import { AgentNotFound } from './agents.errors.js';
import { VisibilityRequest } from './visibility.entity.js';
import { moveTo } from './visibility.js';
import { factsOf, Visibilities } from './visibility.service.js';

/** A capability as it was declared; `taskType` null is the whole category. */
export interface Tested {
  readonly category: string;
  readonly taskType: string | null;
}

/** What came of a benchmark. */
export interface Results {
  readonly passed: readonly Tested[];
  /** Nothing failed, but too little could be decided without a model. */
  readonly undecided: readonly Tested[];
}

/** What a benchmark does to an agent: what it may bid with, and where it is seen. */
@Injectable()
export class Activation {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly visibilities: Visibilities,
  ) {}

  /**
   * Notes what was proven, so that triage counts it, and lets the agent be seen as the settings say: live for what was decided,
   * beta for what was not, or after a review. A capability that is no longer declared is skipped; a repeat changes nothing.
   *
   * @throws AgentNotFound
   */
  async prove(tx: Tx, agentId: string, { passed, undecided }: Results): Promise<void> {
    const agent = await lock(tx, agentId);
    const now = this.clock.now();
    await rows(
      tx,
      `UPDATE agent_capabilities c SET passed_at = COALESCE(c.passed_at, $2), tested_at = $2, failures = 0,
         decided = p.decided OR (c.passed_at IS NOT NULL AND c.decided)
       FROM jsonb_to_recordset($3::jsonb) AS p (category text, task_type text, decided boolean)
       WHERE c.agent_id = $1 AND c.category = p.category AND c.task_type IS NOT DISTINCT FROM p.task_type`,
      [agentId, now, JSON.stringify([...passed.map(asRow(true)), ...undecided.map(asRow(false))])],
    );
    const { proven, decided } = await factsOf(tx, agent);
    if (proven === 0) return;
    if (!agent.active) await tx.save(Agent, Object.assign(agent, { active: true, updatedAt: now }));
    await this.show(tx, agent, decided > 0);
  }

  /**
   * Notes a failed requalification: what passed in it stays, what failed is warned of, and lost after REQUALIFY_FAILURES in a
   * row. An agent without anything left becomes a draft.
   *
   * @throws AgentNotFound
   */
  async failed(
    tx: Tx,
    agentId: string,
    { failed, passed }: { failed: readonly Tested[]; passed: readonly Tested[] },
  ): Promise<void> {
    const agent = await lock(tx, agentId);
    await this.prove(tx, agentId, { passed, undecided: [] });
    const most = this.config.REQUALIFY_FAILURES;
    const changed = await rows<{ category: string; task_type: string | null; failures: number; is_lost: boolean }>(
      tx,
      `UPDATE agent_capabilities c SET tested_at = $2, failures = c.failures + 1,
         passed_at = CASE WHEN c.failures + 1 < $4 THEN c.passed_at END
       FROM jsonb_to_recordset($3::jsonb) AS p (category text, task_type text)
       WHERE c.agent_id = $1 AND c.category = p.category AND c.task_type IS NOT DISTINCT FROM p.task_type
         AND c.passed_at IS NOT NULL
       RETURNING c.category, c.task_type, c.failures, c.passed_at IS NULL AS is_lost`,
      [agentId, this.clock.now(), JSON.stringify(failed.map(asRow(true))), most],
    );
    for (const { category, task_type, failures, is_lost } of changed) {
      const type = is_lost ? 'agent.capability_lost' : 'agent.capability_at_risk';
      await this.visibilities.tell(tx, agent, type, { category, task_type, failures, lost_at_failures: most });
    }
    if (!moveTo(await factsOf(tx, agent), 'draft', 'benchmark').ok) return;
    await this.visibilities.move(tx, agent, 'draft', { by: 'benchmark', reason: 'It passes no benchmark any more.' });
  }

  private async show(tx: Tx, agent: Agent, isDecided: boolean): Promise<void> {
    const target = isDecided ? this.config.ACTIVATE_PASSED : this.config.ACTIVATE_UNDECIDED;
    const to = target === 'review' ? (isDecided ? 'live' : 'beta') : target;
    if (!moveTo(await factsOf(tx, agent), to, 'benchmark').ok) return;
    const reason = isDecided
      ? 'It passed a benchmark.'
      : 'Nothing failed in its benchmark, and too little could be decided.';
    if (target !== 'review') await this.visibilities.move(tx, agent, to, { by: 'benchmark', reason });
    else if (!(await tx.existsBy(VisibilityRequest, { agentId: agent.id, wanted: to, status: 'pending' })))
      await this.visibilities.request(tx, agent, to, 'benchmark', reason);
  }
}

function asRow(decided: boolean) {
  return ({ category, taskType }: Tested) => ({ category, task_type: taskType, decided });
}

/** @throws AgentNotFound */
async function lock(tx: Tx, agentId: string): Promise<Agent> {
  const agent = await tx.findOne(Agent, { where: { id: agentId }, lock: { mode: 'pessimistic_write' } });
  if (!agent) throw new AgentNotFound();
  return agent;
}
