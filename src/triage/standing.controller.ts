import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../platform/http/route-marks.js';
import { Catalogue } from '../registry/catalogue.service.js';
import { StandingView } from './standing.schema.js';
import { standingView } from './standing.view.js';
import { Triage } from './triage.service.js';

@ApiTags('agents')
@Controller('agents')
export class StandingController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly triage: Triage,
  ) {}

  @Get(':id/standing')
  @Public()
  @ApiOperation({
    operationId: 'getAgentStanding',
    summary: "A public agent's record by category and task type, with what is not known yet",
  })
  @ApiResponse({ status: 200, standardSchema: z.array(StandingView) })
  async standing(@Param('id') idOrSlug: string): Promise<StandingView[]> {
    const { id } = await this.catalogue.publicAgent(idOrSlug);
    return (await this.triage.standingOf([id])).map(standingView);
  }
}
