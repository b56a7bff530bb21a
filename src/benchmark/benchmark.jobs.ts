import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { Worker } from '../platform/queue/worker.js';
import { Chores } from '../platform/schedule/chores.js';
import { Cases } from './cases.service.js';
import { FixtureLinks } from './fixture-links.js';
import { BENCHMARK_QUEUE, Opening } from './opening.service.js';
import { Requalification } from './requalification.service.js';
import { RUN_QUEUE, Runs } from './runs.service.js';

export const BENCHMARK_QUEUES = [RUN_QUEUE, BENCHMARK_QUEUE];

/** Which handler runs what, and what comes round with the clock. */
@Injectable()
export class BenchmarkJobs implements OnModuleInit {
  constructor(
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly config: Config,
    private readonly opening: Opening,
    private readonly cases: Cases,
    private readonly runs: Runs,
    private readonly links: FixtureLinks,
    private readonly requalification: Requalification,
  ) {}

  onModuleInit(): void {
    this.worker.register(RUN_QUEUE, 4, ({ runId }) => this.opening.open(String(runId)));
    this.worker.register(BENCHMARK_QUEUE, this.config.CALLS_PER_PROCESS, ({ callId }) =>
      this.cases.call(String(callId)),
    );
    this.chores.every(10, 'lost-benchmarks', (now) => this.runs.closeLost(now));
    this.chores.every(60, 'requalify-agents', (now) => this.requalification.startDue(now));
    this.chores.every(3_600, 'forget-benchmark-files', (now) => this.links.forget(now));
  }
}
