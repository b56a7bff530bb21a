import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewCall } from '../dispatch/call.js';
import { Dispatch } from '../dispatch/dispatch.service.js';
import { prototypeRequest } from '../dispatch/execute-request.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { Db } from '../platform/database/db.js';
import { Agents } from '../registry/agents.service.js';
import { BenchmarkCase, BenchmarkFile, BenchmarkRun } from './benchmark.entity.js';
import { FixtureLinks } from './fixture-links.js';
import { fixtureAssignment, fixtureOfCase } from './fixture-task.js';
import { Runs } from './runs.service.js';

export const BENCHMARK_QUEUE = 'benchmark';

interface Ready {
  readonly caseId: string;
  readonly call: NewCall;
  readonly files: readonly BenchmarkFile[];
}

/** Sends fixtures out as calls: no more at a time than the agent takes, so that each has the window of a real task. */
@Injectable()
export class Opening {
  constructor(
    private readonly db: Db,
    private readonly dispatch: Dispatch,
    private readonly agents: Agents,
    private readonly runs: Runs,
    private readonly links: FixtureLinks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Handles a `benchmark-run` job. A repeat opens what is still waiting and finds a place, or nothing. */
  async open(runId: string): Promise<void> {
    const manager = this.db.dataSource.manager;
    const run = await manager.findOneBy(BenchmarkRun, { id: runId, status: 'running' });
    const [agent] = run ? await this.agents.callTarget([run.agentId]) : [];
    const places = agent ? await freePlaces(manager, runId, agent) : 0;
    if (!agent || places === 0) return;
    const waiting = await manager.find(BenchmarkCase, {
      where: { runId, status: 'waiting' },
      order: { position: 'ASC' },
      take: places,
    });
    const ready = await Promise.all(waiting.map((one) => this.ready(one, agent.id)));
    await this.db.transaction(async (tx) => {
      if (!(await this.runs.lock(tx, runId))) return;
      for (const { caseId, call, files } of ready.slice(0, await freePlaces(tx, runId, agent))) {
        const opened = await tx.update(
          BenchmarkCase,
          { id: caseId, status: 'waiting' },
          { status: 'called', deadlineAt: call.deadlineAt },
        );
        if (!opened.affected) continue;
        await tx.insert(BenchmarkFile, [...files]);
        await this.dispatch.open(tx, [call]);
      }
    });
  }

  /** The request of a case, stored before the transaction that opens its call. */
  private async ready(one: BenchmarkCase, agentId: string): Promise<Ready> {
    const fixture = fixtureOfCase(one);
    const dueAt = this.clock.now();
    const deadlineAt = new Date(dueAt.getTime() + this.config.PROTOTYPE_WINDOW_S * 1_000);
    const linked = await this.links.ready(one.id, fixture.files, deadlineAt);
    const facts = { deadlineAt, attachments: linked.map(({ attachment }) => attachment) };
    const request = await this.dispatch.store(prototypeRequest(fixtureAssignment(one, fixture), facts));
    const call = {
      id: one.callId,
      agentId,
      taskId: one.taskId,
      phase: 'prototype',
      queue: BENCHMARK_QUEUE,
      request,
    } as const;
    return { caseId: one.id, call: { ...call, dueAt, deadlineAt }, files: linked.map(({ row }) => row) };
  }
}

/** How many more calls the agent takes from this run. */
async function freePlaces(
  manager: EntityManager,
  runId: string,
  { maxConcurrency }: { maxConcurrency: number },
): Promise<number> {
  return Math.max(0, maxConcurrency - (await manager.countBy(BenchmarkCase, { runId, status: 'called' })));
}
