import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { z } from 'zod';
import { Judging } from '../judging/judging.service.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import { Db, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { decodeCursor, Page, type PageQuery } from '../platform/http/pagination.js';
import { Jobs } from '../platform/queue/jobs.js';
import type { Agent } from '../registry/agent.entity.js';
import { agentIdOf } from '../registry/agent-id.js';
import { AgentNotFound } from '../registry/agents.errors.js';
import { decidableShare } from '../registry/decidable.js';
import { taskTypesOf } from '../registry/taxonomy.js';
import { BenchmarkCase, BenchmarkRun } from './benchmark.entity.js';
import { AgentNotCallable, BenchmarkCooldown, BenchmarkNotFound, BenchmarkRunning } from './benchmark.errors.js';
import { declaredCapabilities, ownAgent } from './benchmark.queries.js';
import type { BenchmarkRunSummary, BenchmarkRunView } from './benchmark.schema.js';
import { runSummary, runView } from './benchmark.view.js';
import { chosenTypes, type KnownType } from './choice.js';
import { RUN_QUEUE } from './runs.service.js';
import { cooldownEnd } from './verdict.js';

/** Lists are newest first, and ids sort by time. */
const Position = z.tuple([z.uuid()]);

/** What operators do with the benchmark. Another operator's agent is not found. */
@Injectable()
export class Benchmark {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly judging: Judging,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Starts a run: one fixture of each task type that the agent declares goes out as a call like any other. The run ends by
   * itself, with a `benchmark.passed` or `benchmark.failed` event; of two starts at once one is refused.
   *
   * @throws AgentNotFound, AgentNotCallable, BenchmarkRunning, BenchmarkCooldown
   */
  async start(tx: Tx, { accountId }: Actor, agentId: string): Promise<BenchmarkRunView> {
    const agent = await ownAgent(tx, accountId, agentIdOf(agentId));
    if (!agent) throw new AgentNotFound();
    if (agent.pausedAt) throw new AgentNotCallable({ paused: true });
    if (agent.health === 'out') throw new AgentNotCallable({ paused: false, reason: agent.healthReason });
    const types = chosenTypes(await declaredCapabilities(tx, agent.id), typesOf);
    const run = await this.begin(tx, agent, types.length);
    const cases = types.map((type, position) => newCase(run.id, position, type, agent.minPrice));
    await tx.insert(BenchmarkCase, cases);
    await this.jobs.send(tx, RUN_QUEUE, { runId: run.id });
    return runView({ run, cases, judgements: new Map() }, this.config);
  }

  /** The newest run with all that is known of it. @throws AgentNotFound, BenchmarkNotFound */
  async latest(actor: Actor, agentId: string): Promise<BenchmarkRunView> {
    const id = await this.own(actor, agentId);
    const manager = this.db.dataSource.manager;
    const run = await manager.findOne(BenchmarkRun, { where: { agentId: id }, order: { id: 'DESC' } });
    if (!run) throw new BenchmarkNotFound();
    const cases = await manager.find(BenchmarkCase, { where: { runId: run.id }, order: { position: 'ASC' } });
    const judgements = await this.judging.of(cases.map((one) => one.id));
    return runView({ run, cases, judgements }, this.config);
  }

  /** All runs of the agent, newest first. @throws AgentNotFound */
  async runs(actor: Actor, agentId: string, { cursor, limit }: PageQuery): Promise<Page<BenchmarkRunSummary>> {
    const id = await this.own(actor, agentId);
    const [before] = decodeCursor(cursor, Position) ?? [];
    const found = await this.db.dataSource.manager.find(BenchmarkRun, {
      where: before === undefined ? { agentId: id } : { agentId: id, id: LessThan(before) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return Page.of(
      found,
      limit,
      (run) => [run.id],
      (run) => runSummary(run, this.config),
    );
  }

  /**
   * The run's row first: it waits for one that is just ending, whose cooldown counts then.
   *
   * @throws BenchmarkRunning, BenchmarkCooldown
   */
  private async begin(tx: Tx, agent: Agent, cases: number): Promise<BenchmarkRun> {
    const run = this.newRun(agent, cases);
    const inserted = await tx
      .createQueryBuilder()
      .insert()
      .into(BenchmarkRun)
      .values(run)
      .orIgnore()
      .returning('id')
      .execute();
    if (inserted.raw.length === 0) throw new BenchmarkRunning();
    const last = await tx.findOne(BenchmarkRun, {
      where: { agentId: agent.id, id: LessThan(run.id) },
      order: { id: 'DESC' },
    });
    const until = last && cooldownEnd(last, this.config.BENCHMARK_COOLDOWN_S);
    if (until && until > this.clock.now()) throw new BenchmarkCooldown(until);
    return run;
  }

  private newRun(agent: Agent, cases: number): BenchmarkRun {
    const startedAt = this.clock.now();
    const windowMs = (this.config.PROTOTYPE_WINDOW_S + this.config.CALL_LATE_GRACE_S) * 1_000;
    return Object.assign(new BenchmarkRun(), {
      id: newId(),
      agentId: agent.id,
      operatorId: agent.operatorId,
      agentVersion: agent.version,
      status: 'running',
      reason: null,
      startedAt,
      deadlineAt: new Date(startedAt.getTime() + Math.ceil(cases / agent.maxConcurrency) * windowMs),
      finishedAt: null,
    } as const);
  }

  private async own({ accountId }: Actor, agentId: string): Promise<string> {
    const agent = await ownAgent(this.db.dataSource.manager, accountId, agentIdOf(agentId));
    if (!agent) throw new AgentNotFound();
    return agent.id;
  }
}

function newCase(runId: string, position: number, { slug, category }: KnownType, minPrice: number): BenchmarkCase {
  return Object.assign(new BenchmarkCase(), {
    id: newId(),
    runId,
    position,
    category,
    taskType: slug,
    callId: newId(),
    taskId: newId(),
    minPrice,
    status: 'waiting',
    ...NOTHING_YET,
  } as const);
}

const NOTHING_YET = {
  reason: null,
  deadlineAt: null,
  low: null,
  high: null,
  decidableShare: null,
  decidedScore: null,
  passed: null,
  tookMs: null,
  usage: null,
} as const;

function typesOf(category: string): KnownType[] {
  return taskTypesOf(category).map((type) => ({
    slug: type.slug,
    category,
    decidableShare: decidableShare(type.rubric),
  }));
}
