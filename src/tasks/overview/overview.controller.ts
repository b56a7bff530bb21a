import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../../platform/http/route-marks.js';
import { OverviewQuery, OverviewView } from './overview.schema.js';
import { Overview } from './overview.service.js';

@ApiTags('admin')
@Scopes('admin')
@Controller('admin/overview')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  @Get()
  @ApiOperation({
    operationId: 'getOverview',
    summary: 'How the market does: tasks, bids, latency, credits and failures day by day, and what there is now',
  })
  @ApiResponse({ status: 200, standardSchema: OverviewView })
  async of(@Query({ schema: OverviewQuery }) { days }: OverviewQuery): Promise<OverviewView> {
    return this.overview.of(days);
  }
}
