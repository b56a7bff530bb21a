import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { z } from 'zod';
import { Judging } from '../judging/judging.service.js';
import { Config } from '../platform/config.js';
import { Db, type Tx } from '../platform/database/db.js';
import type { Actor } from '../platform/http/actor.js';
import { decodeCursor, Page, type PageQuery } from '../platform/http/pagination.js';
import type { AgentCapability } from '../registry/agent.entity.js';
import { agentIdOf, isAgentId } from '../registry/agent-id.js';
import { AgentNotFound } from '../registry/agents.errors.js';
import { BenchmarkCase, BenchmarkRun } from './benchmark.entity.js';
import { BenchmarkNotFound, CapabilityNotDeclared } from './benchmark.errors.js';
import { declaredCapabilities, ownAgent } from './benchmark.queries.js';
import type { BenchmarkRunSummary, BenchmarkRunView, StartBenchmark } from './benchmark.schema.js';
import { runSummary, runView } from './benchmark.view.js';
import { toTest } from './choice.js';
import { Starts } from './starts.service.js';
import { passMark } from './verdict.js';

/** Lists are newest first, and ids sort by time. */
const Position = z.tuple([z.uuid()]);

/** What operators do with the benchmark. Another operator's agent is not found. */
@Injectable()
export class Benchmark {
  constructor(
    private readonly db: Db,
    private readonly starts: Starts,
    private readonly judging: Judging,
    private readonly config: Config,
  ) {}

  /**
   * Starts a run of what the agent has not proven yet; if there is nothing, of everything again. It ends by itself, with a
   * `benchmark.passed`, `benchmark.undecided` or `benchmark.failed` event; of two starts at once one is refused.
   *
   * @throws AgentNotFound, CapabilityNotDeclared, AgentNotCallable, EndpointUnverified, BenchmarkRunning, BenchmarkCooldown
   */
  async start(tx: Tx, { accountId }: Actor, agentId: string, input: StartBenchmark): Promise<BenchmarkRunView> {
    const agent = await ownAgent(tx, accountId, agentIdOf(agentId));
    if (!agent) throw new AgentNotFound();
    const declared = await declaredCapabilities(tx, agent.id);
    const wanted = input.capabilities ? named(declared, input.capabilities) : toTest(declared);
    const started = await this.starts.start(tx, agent, wanted);
    return runView({ ...started, judgements: new Map() }, passMark(this.config));
  }

  /** The newest run with all that is known of it. @throws AgentNotFound, BenchmarkNotFound */
  async latest(actor: Actor, agentId: string): Promise<BenchmarkRunView> {
    const id = await this.own(actor, agentId);
    const order = { id: 'DESC' } as const;
    return this.view(await this.db.dataSource.manager.findOne(BenchmarkRun, { where: { agentId: id }, order }));
  }

  /** One run with all that is known of it. @throws AgentNotFound, BenchmarkNotFound */
  async run(actor: Actor, agentId: string, runId: string): Promise<BenchmarkRunView> {
    const id = await this.own(actor, agentId);
    return this.view(await this.find({ id: runId, agentId: id }));
  }

  /** Any agent's run, as admins see it. @throws BenchmarkNotFound */
  async anyRun(runId: string): Promise<BenchmarkRunView> {
    return this.view(await this.find({ id: runId }), true);
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
    return Page.of(found, limit, (run) => [run.id], runSummary);
  }

  private async find(where: { id: string; agentId?: string }): Promise<BenchmarkRun | null> {
    return isAgentId(where.id) ? this.db.dataSource.manager.findOneBy(BenchmarkRun, where) : null;
  }

  private async view(run: BenchmarkRun | null, isAdmin = false): Promise<BenchmarkRunView> {
    if (!run) throw new BenchmarkNotFound();
    const cases = await this.db.dataSource.manager.find(BenchmarkCase, {
      where: { runId: run.id },
      order: { position: 'ASC' },
    });
    const judgements = await this.judging.of(cases.map((one) => one.id));
    return runView({ run, cases, judgements, isAdmin }, passMark(this.config));
  }

  private async own({ accountId }: Actor, agentId: string): Promise<string> {
    const agent = await ownAgent(this.db.dataSource.manager, accountId, agentIdOf(agentId));
    if (!agent) throw new AgentNotFound();
    return agent.id;
  }
}

/** @throws CapabilityNotDeclared */
function named(
  declared: readonly AgentCapability[],
  wanted: NonNullable<StartBenchmark['capabilities']>,
): AgentCapability[] {
  return wanted.map(({ category, task_type: taskType = null }, index) => {
    const found = declared.find((one) => one.category === category && one.taskType === taskType);
    if (!found) throw new CapabilityNotDeclared(index);
    return found;
  });
}
