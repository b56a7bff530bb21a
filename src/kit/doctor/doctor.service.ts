import { Injectable } from '@nestjs/common';
import { AgentNotCallable, EndpointUnverified } from '../../benchmark/benchmark.errors.js';
import { ownAgent } from '../../benchmark/benchmark.queries.js';
import { Clock } from '../../platform/clock.js';
import { newId } from '../../platform/crypto/tokens.js';
import { Db, type Tx } from '../../platform/database/db.js';
import type { Actor } from '../../platform/http/actor.js';
import { Jobs } from '../../platform/queue/jobs.js';
import type { Agent } from '../../registry/agent.entity.js';
import { agentIdOf } from '../../registry/agent-id.js';
import { AgentNotFound } from '../../registry/agents.errors.js';
import { DoctorNotRun, DoctorRunning, DoctorSyncOnly } from './doctor.errors.js';
import { closeLost, insertRun, latestRun } from './doctor.queries.js';
import type { DoctorRunView } from './doctor.schema.js';
import { doctorRunView } from './findings.js';

export const DOCTOR_QUEUE = 'doctor';

/** After this no more checks are begun: an agent that takes minutes for each call is not looked at to the end. */
const RUN_MS = 30 * 60_000;
/** A run whose end is so long overdue has no job any more. */
const LOST_MS = 10 * 60_000;

/** What operators ask of the doctor. Another operator's agent is not found. */
@Injectable()
export class Doctor {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Has the doctor look at the agent: some forty calls, signed as those of the market, of which nothing counts in its record. Of two
   * starts at once one is refused. It ends by itself, with an `agent.doctor_finished` event.
   *
   * @throws AgentNotFound, AgentNotCallable, EndpointUnverified, DoctorSyncOnly, DoctorRunning
   */
  async start(tx: Tx, { accountId }: Actor, agentId: string): Promise<DoctorRunView> {
    const agent = await ownAgent(tx, accountId, agentIdOf(agentId));
    if (!agent) throw new AgentNotFound();
    assertCallable(agent);
    const now = this.clock.now();
    await closeLost(tx, agent.id, new Date(now.getTime() - LOST_MS), now);
    const deadlineAt = new Date(now.getTime() + RUN_MS);
    const run = await insertRun(tx, { id: newId(), agentId: agent.id, operatorId: accountId, now, deadlineAt });
    if (!run) throw new DoctorRunning();
    await this.jobs.send(tx, DOCTOR_QUEUE, { runId: run.id });
    return doctorRunView(run);
  }

  /** The latest run, with what it has found so far. @throws AgentNotFound, DoctorNotRun */
  async latest({ accountId }: Actor, agentId: string): Promise<DoctorRunView> {
    const agent = await ownAgent(this.db.dataSource.manager, accountId, agentIdOf(agentId));
    if (!agent) throw new AgentNotFound();
    const run = await latestRun(this.db, agent.id);
    if (!run) throw new DoctorNotRun();
    return doctorRunView(run);
  }
}

/** Nothing is sent where nobody has proven that it is theirs. An agent that does not answer may well be looked at. */
function assertCallable({ id, pausedAt, endpointVerifiedAt, healthReason, executionMode }: Agent): void {
  if (pausedAt) throw new AgentNotCallable({ paused: true });
  if (!endpointVerifiedAt) throw new EndpointUnverified(id, healthReason);
  if (executionMode === 'async') throw new DoctorSyncOnly();
}
