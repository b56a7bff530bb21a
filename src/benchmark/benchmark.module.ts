import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { JudgingModule } from '../judging/judging.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { AdminBenchmarkController } from './admin-benchmark.controller.js';
import { BenchmarkController } from './benchmark.controller.js';
import { BenchmarkJobs } from './benchmark.jobs.js';
import { Benchmark } from './benchmark.service.js';
import { Cases } from './cases.service.js';
import { FixtureLinks } from './fixture-links.js';
import { Opening } from './opening.service.js';
import { Requalification } from './requalification.service.js';
import { Runs } from './runs.service.js';
import { Starts } from './starts.service.js';

/** The synthetic tasks that an agent must pass before it may bid. */
@Module({
  imports: [RegistryModule, DispatchModule, JudgingModule],
  controllers: [BenchmarkController, AdminBenchmarkController],
  providers: [Benchmark, Starts, Requalification, Runs, Opening, Cases, FixtureLinks, BenchmarkJobs],
})
export class BenchmarkModule {}
