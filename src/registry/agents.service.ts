import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db, rows, type Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Agent, AgentCapability } from './agent.entity.js';
import { driftOf } from './agent.view.js';
import { AgentNotFound } from './agents.errors.js';
import { type HealthSettings, type HealthState, nextHealth, type ProbeResult } from './health.js';
import { HealthHistory } from './health-history.service.js';
import { driftNews, healthNews } from './health-news.js';
import { AgentSecrets } from './secrets.service.js';
import { Visibilities } from './visibility.service.js';

/** What it takes to call an agent. */
export interface CallTarget {
  readonly id: string;
  readonly operatorId: string;
  readonly endpointUrl: string;
  readonly maxConcurrency: number;
  /** Whole credits. */
  readonly minPrice: number;
  readonly name: string;
  readonly version: number;
}

/** Agents as the other modules meet them: whom to call and how, and what became of them. */
@Injectable()
export class Agents {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly events: Events,
    private readonly secrets: AgentSecrets,
    private readonly history: HealthHistory,
    private readonly visibilities: Visibilities,
  ) {}

  /** `whsec_...` by agent, newest first; every one of them signs each call. Empty for no such agent. */
  async signingSecrets(agentIds: readonly string[]): Promise<(agentId: string) => string[]> {
    return this.secrets.validOf(agentIds);
  }

  /** In the order of `ids`; an id that is no agent's is left out. Whether an agent may be called is triage's to say. */
  async callTarget(ids: readonly string[]): Promise<CallTarget[]> {
    return this.db.query<CallTarget>(
      `SELECT id, operator_id AS "operatorId", endpoint_url AS "endpointUrl", max_concurrency AS "maxConcurrency",
              min_price AS "minPrice", name, version
       FROM agents WHERE id = ANY($1::uuid[]) AND operator_id IS NOT NULL ORDER BY array_position($1::uuid[], id)`,
      [ids],
    );
  }

  /** The account that owns the agent. @throws AgentNotFound also for one that nobody has claimed */
  async operatorOf(from: Tx | Db, agentId: string): Promise<string> {
    const sql = 'SELECT operator_id FROM agents WHERE id = $1';
    const [found] = await (from instanceof Db
      ? from.query<{ operator_id: string | null }>(sql, [agentId])
      : rows<{ operator_id: string | null }>(from, sql, [agentId]));
    if (!found?.operator_id) throw new AgentNotFound();
    return found.operator_id;
  }

  /**
   * Counts one probe's result and tells the operator when the agent's health changed by it, or its endpoint proved itself.
   *
   * @param tookMs how long the answer took
   * @returns when the next one is due; null: not until somebody asks
   * @throws AgentNotFound
   */
  async noteHealth(tx: Tx, agentId: string, result: ProbeResult, tookMs: number): Promise<Date | null> {
    const agent = await this.lock(tx, agentId);
    const capabilities = await tx.findBy(AgentCapability, { agentId });
    const drifted = driftOf(agent, capabilities);
    const versionBefore = agent.reportedVersion;
    const now = this.clock.now();
    const before = stateOf(agent);
    const next = nextHealth(before, result, now, this.settings());
    Object.assign(agent, {
      health: next.health,
      healthFailures: next.failures,
      healthReason: next.reason?.slice(0, 300) ?? null,
      nextProbeAt: next.nextProbeAt,
      healthCheckedAt: now,
      endpointVerifiedAt: next.verified ? (agent.endpointVerifiedAt ?? now) : null,
      proofFailures: next.proofFailures,
      probeId: null,
      ...(result.ok ? { proof: result.proof, ...reportedBy(result) } : {}),
    } satisfies Partial<Agent>);
    await tx.save(agent);
    await this.visibilities.followHealth(tx, agent);
    const { health, reason } = next;
    await this.history.note(tx, agentId, { ok: result.ok, tookMs, reason, health });
    const drift = { before: drifted, after: driftOf(agent, capabilities), versionBefore };
    await this.events.append(tx, ...healthNews(agent, before, next), ...driftNews(agent, drift));
    return next.nextProbeAt;
  }

  private settings(): HealthSettings {
    const { HEALTH_PROBE_S: probeS, HEALTH_MAX_WAIT_S: maxWaitS, HEALTH_FAILURES_OUT: failuresOut } = this.config;
    return { probeS, maxWaitS, failuresOut };
  }

  private async lock(tx: Tx, agentId: string): Promise<Agent> {
    const agent = await tx.findOne(Agent, { where: { id: agentId }, lock: { mode: 'pessimistic_write' } });
    if (!agent) throw new AgentNotFound();
    return agent;
  }
}

function stateOf(agent: Agent): HealthState {
  return {
    health: agent.health,
    failures: agent.healthFailures,
    verified: agent.endpointVerifiedAt !== null,
    proofFailures: agent.proofFailures,
  };
}

function reportedBy({ reported }: Extract<ProbeResult, { ok: true }>) {
  return {
    reportedVersion: reported.version,
    reportedAgent: reported.agent,
    reportedCapabilities: reported.capabilities && [...reported.capabilities],
  };
}
