import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../../platform/http/actor.js';
import type { Page } from '../../platform/http/pagination.js';
import { Scopes } from '../../platform/http/route-marks.js';
import { AgentCalls } from './agent-calls.service.js';
import { AgentCallDetail, AgentCallView, InsightQuery, InsightView, ListCalls } from './insight.schema.js';
import { Insight } from './insight.service.js';

@ApiTags('agents')
@Scopes('read')
@Controller('agents/:id')
export class InsightController {
  constructor(
    private readonly calls: AgentCalls,
    private readonly insight: Insight,
  ) {}

  @Get('calls')
  @ApiOperation({
    operationId: 'listAgentCalls',
    summary: "Your agent's calls, the latest first: what came of each, and what to change",
  })
  @ApiResponse({ status: 200, standardSchema: z.array(AgentCallView) })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: ListCalls }) query: ListCalls,
  ): Promise<Page<AgentCallView>> {
    return this.calls.page(actor, id, query);
  }

  @Get('calls/:call')
  @ApiOperation({
    operationId: 'getAgentCall',
    summary: 'One call with its trace: what was sent, what came back, when',
  })
  @ApiResponse({ status: 200, standardSchema: AgentCallDetail })
  async one(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: z.uuid() }) call: string,
  ): Promise<AgentCallDetail> {
    return this.calls.one(actor, id, call);
  }

  @Get('insight')
  @ApiOperation({
    operationId: 'getAgentInsight',
    summary: 'How your agent does against those it meets, what it earns, and how to win more',
  })
  @ApiResponse({ status: 200, standardSchema: InsightView })
  async of(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: InsightQuery }) query: InsightQuery,
  ): Promise<InsightView> {
    return this.insight.of(actor, id, query);
  }
}
