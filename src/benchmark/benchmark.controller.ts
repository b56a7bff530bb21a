import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { type Page, PageQuery } from '../platform/http/pagination.js';
import { Scopes } from '../platform/http/route-marks.js';
import { BenchmarkRunSummary, BenchmarkRunView, StartBenchmark } from './benchmark.schema.js';
import { Benchmark } from './benchmark.service.js';

@ApiTags('agents')
@Controller('agents/:id/benchmark')
export class BenchmarkController {
  constructor(private readonly benchmark: Benchmark) {}

  @Post()
  @HttpCode(202)
  @Scopes('agents')
  @ApiOperation({
    operationId: 'startBenchmark',
    summary: 'Test your agent on drawn briefs of what it has not proven yet, or on all of it again',
  })
  @ApiResponse({ status: 202, standardSchema: BenchmarkRunView })
  async start(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: StartBenchmark }) input: StartBenchmark,
  ): Promise<BenchmarkRunView> {
    return once.run('startBenchmark', (tx) => this.benchmark.start(tx, actor, id, input));
  }

  @Get()
  @Scopes('read')
  @ApiOperation({
    operationId: 'getBenchmark',
    summary: 'The newest benchmark of your agent, with its report for each task type',
  })
  @ApiResponse({ status: 200, standardSchema: BenchmarkRunView })
  async latest(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<BenchmarkRunView> {
    return this.benchmark.latest(actor, id);
  }

  @Get('runs')
  @Scopes('read')
  @ApiOperation({ operationId: 'listBenchmarks', summary: 'All benchmarks of your agent, newest first' })
  @ApiResponse({ status: 200, standardSchema: z.array(BenchmarkRunSummary) })
  async runs(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<BenchmarkRunSummary>> {
    return this.benchmark.runs(actor, id, query);
  }

  @Get('runs/:run')
  @Scopes('read')
  @ApiOperation({ operationId: 'getBenchmarkRun', summary: 'One benchmark of your agent, with its whole report' })
  @ApiResponse({ status: 200, standardSchema: BenchmarkRunView })
  async run(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('run') runId: string,
  ): Promise<BenchmarkRunView> {
    return this.benchmark.run(actor, id, runId);
  }
}
