import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { newId } from '../platform/crypto/tokens.js';
import type { Tx } from '../platform/database/db.js';
import { Events } from '../platform/events/events.js';
import { Jobs } from '../platform/queue/jobs.js';
import { random } from '../platform/random.js';
import type { Agent, AgentCapability } from '../registry/agent.entity.js';
import { decidableShare } from '../registry/decidable.js';
import { taskTypesOf } from '../registry/taxonomy.js';
import { BenchmarkCase, BenchmarkRun } from './benchmark.entity.js';
import { AgentNotCallable, BenchmarkCooldown, BenchmarkRunning, EndpointUnverified } from './benchmark.errors.js';
import { chosenTypes, type KnownType } from './choice.js';
import { whyWait } from './cooldown.js';
import { digestOf, drawnFixture } from './fixture-task.js';
import { LEVELS, type Level } from './fixtures/fixture.js';
import { RUN_QUEUE } from './runs.service.js';

export interface Started {
  readonly run: BenchmarkRun;
  readonly cases: readonly BenchmarkCase[];
}

/** Begins runs, whoever asks for them. */
@Injectable()
export class Starts {
  constructor(
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Begins a run of these capabilities: a fixture of each level for each task type goes out as a call like any other, drawn from
   * a seed that nobody has seen. Of two starts at once one is refused.
   *
   * @throws AgentNotCallable, EndpointUnverified, BenchmarkRunning, BenchmarkCooldown
   */
  async start(tx: Tx, agent: Agent, capabilities: readonly AgentCapability[]): Promise<Started> {
    if (agent.pausedAt) throw new AgentNotCallable({ paused: true });
    if (!agent.endpointVerifiedAt) throw new EndpointUnverified(agent.id, agent.healthReason);
    if (agent.health === 'out') throw new AgentNotCallable({ paused: false, reason: agent.healthReason });
    const seed = randomBytes(16).toString('hex');
    const chance = { random: random(seed, 'types'), decidable: this.config.BENCHMARK_DECIDABLE_SHARE };
    const types = chosenTypes(capabilities, typesOf, chance);
    const run = this.newRun(agent, capabilities, types.length * LEVELS.length);
    await this.insert(tx, run);
    const cases = LEVELS.flatMap((level) => types.map((type) => ({ level, type }))).map(({ level, type }, position) =>
      newCase({ runId: run.id, position, level, seed, minPrice: agent.minPrice }, type),
    );
    await tx.insert(BenchmarkCase, cases);
    await this.events.append(tx, {
      type: 'benchmark.started',
      accountId: run.operatorId,
      data: { agent_id: agent.id, run_id: run.id, purpose: run.purpose, cases: cases.length },
    });
    await this.jobs.send(tx, RUN_QUEUE, { runId: run.id });
    return { run, cases };
  }

  /** The run's row first: it waits for one that is just ending, whose cooldown counts then. */
  private async insert(tx: Tx, run: BenchmarkRun): Promise<void> {
    const insert = tx.createQueryBuilder().insert().into(BenchmarkRun).values(run).orIgnore().returning('id');
    if ((await insert.execute()).raw.length === 0) throw new BenchmarkRunning();
    const last = await tx.findOne(BenchmarkRun, {
      where: { agentId: run.agentId, id: LessThan(run.id) },
      order: { id: 'DESC' },
    });
    if (!last) return;
    const { failures, nextAllowedAt: until } = last;
    if (until && until > run.startedAt) throw new BenchmarkCooldown(until, whyWait(last, { failures, until }) ?? '');
    run.failures = failures;
    await tx.update(BenchmarkRun, { id: run.id }, { failures });
  }

  private newRun(agent: Agent, capabilities: readonly AgentCapability[], cases: number): BenchmarkRun {
    const startedAt = this.clock.now();
    const windowMs = (this.config.PROTOTYPE_WINDOW_S + this.config.CALL_LATE_GRACE_S) * 1_000;
    return Object.assign(new BenchmarkRun(), {
      id: newId(),
      agentId: agent.id,
      operatorId: agent.operatorId,
      agentVersion: agent.version,
      purpose: capabilities.every(({ passedAt }) => passedAt !== null) ? 'requalification' : 'activation',
      status: 'running',
      reason: null,
      startedAt,
      deadlineAt: new Date(startedAt.getTime() + Math.ceil(cases / agent.maxConcurrency) * windowMs),
      finishedAt: null,
      failures: 0,
      nextAllowedAt: null,
    } as const);
  }
}

interface Place {
  readonly runId: string;
  readonly position: number;
  readonly level: Level;
  readonly seed: string;
  readonly minPrice: number;
}

function newCase(place: Place, { slug, category }: KnownType): BenchmarkCase {
  return Object.assign(new BenchmarkCase(), {
    id: newId(),
    ...place,
    category,
    taskType: slug,
    digest: digestOf(drawnFixture(slug, place.level, place.seed)),
    callId: newId(),
    taskId: newId(),
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
  answerScore: null,
  unreached: false,
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
