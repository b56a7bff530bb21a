import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Scopes } from '../platform/http/route-marks.js';
import { OperatorTriageQuery, OperatorTriageView } from './operator.schema.js';
import { TriageRecords } from './records.service.js';
import { RerunTriage, RerunView } from './rerun.schema.js';

@ApiTags('triage')
@Controller()
export class TriageController {
  constructor(private readonly records: TriageRecords) {}

  @Get('agents/:id/triage')
  @Scopes('read')
  @ApiOperation({
    operationId: 'getAgentTriage',
    summary: 'Why your agent was called for a task or was not, and what would have changed that',
  })
  @ApiResponse({ status: 200, standardSchema: OperatorTriageView })
  async forOperator(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: OperatorTriageQuery }) query: OperatorTriageQuery,
  ): Promise<OperatorTriageView> {
    return this.records.forOperator(actor, id, query);
  }

  @Post('admin/triage/rerun')
  @HttpCode(200)
  @Scopes('admin')
  @ApiOperation({
    operationId: 'rerunTriage',
    summary: 'Decide past rounds again under other numbers: who would have been called',
  })
  @ApiResponse({ status: 200, standardSchema: RerunView })
  async rerun(@Body({ schema: RerunTriage }) input: RerunTriage): Promise<RerunView> {
    return this.records.rerun(input);
  }
}
