import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../platform/http/route-marks.js';
import { BenchmarkRunView } from './benchmark.schema.js';
import { Benchmark } from './benchmark.service.js';

@ApiTags('agents')
@Controller('admin/benchmarks')
export class AdminBenchmarkController {
  constructor(private readonly benchmark: Benchmark) {}

  @Get(':run')
  @Scopes('admin')
  @ApiOperation({
    operationId: 'getAnyBenchmark',
    summary: 'Any agent’s benchmark, with the seed that its briefs are drawn from, while it still runs too',
  })
  @ApiResponse({ status: 200, standardSchema: BenchmarkRunView })
  async run(@Param('run') runId: string): Promise<BenchmarkRunView> {
    return this.benchmark.anyRun(runId);
  }
}
