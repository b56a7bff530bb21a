import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import type { Page } from '../platform/http/pagination.js';
import { Scopes } from '../platform/http/route-marks.js';
import {
  AdminRequestView,
  DecideVisibility,
  ListRequests,
  MoveVisibility,
  VisibilityView,
} from './visibility.schema.js';
import { VisibilityRequests } from './visibility-requests.service.js';

@ApiTags('agents')
@Controller()
export class VisibilityController {
  constructor(private readonly requests: VisibilityRequests) {}

  @Get('agents/:id/visibility')
  @Scopes('read')
  @ApiOperation({
    operationId: 'getAgentVisibility',
    summary: 'Where your agent can be seen, how it came there, and where it may go',
  })
  @ApiResponse({ status: 200, standardSchema: VisibilityView })
  async own(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<VisibilityView> {
    return this.requests.own(actor, id);
  }

  @Post('agents/:id/visibility')
  @HttpCode(200)
  @Scopes('agents')
  @ApiOperation({
    operationId: 'moveAgentVisibility',
    summary: 'Move your agent, or ask an admin to where you may not yourself',
  })
  @ApiResponse({ status: 200, standardSchema: VisibilityView })
  async ask(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: MoveVisibility }) input: MoveVisibility,
  ): Promise<VisibilityView> {
    return once.run('moveAgentVisibility', (tx) => this.requests.ask(tx, actor, id, input));
  }

  @Get('admin/visibility')
  @Scopes('admin')
  @ApiOperation({ operationId: 'listVisibilityRequests', summary: 'What operators ask for, longest waiting first' })
  @ApiResponse({ status: 200, standardSchema: z.array(AdminRequestView) })
  async list(@Query({ schema: ListRequests }) query: ListRequests): Promise<Page<AdminRequestView>> {
    return this.requests.list(query);
  }

  @Post('admin/visibility/:id/decision')
  @HttpCode(200)
  @Scopes('admin')
  @ApiOperation({ operationId: 'decideVisibility', summary: 'Grant a request, which moves the agent, or refuse it' })
  @ApiResponse({ status: 200, standardSchema: AdminRequestView })
  async decide(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: DecideVisibility }) input: DecideVisibility,
  ): Promise<AdminRequestView> {
    return once.run('decideVisibility', (tx) => this.requests.decide(tx, actor, id, input));
  }

  @Get('admin/agents/:id/visibility')
  @Scopes('admin')
  @ApiOperation({ operationId: 'getAnyVisibility', summary: 'Any agent’s visibility and how it came there' })
  @ApiResponse({ status: 200, standardSchema: VisibilityView })
  async any(@Param('id') id: string): Promise<VisibilityView> {
    return this.requests.any(id);
  }

  @Post('admin/agents/:id/visibility')
  @HttpCode(200)
  @Scopes('admin')
  @ApiOperation({ operationId: 'moveAnyVisibility', summary: 'Move any agent, as an admin may' })
  @ApiResponse({ status: 200, standardSchema: VisibilityView })
  async moveAny(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: MoveVisibility }) input: MoveVisibility,
  ): Promise<VisibilityView> {
    return once.run('moveAnyVisibility', (tx) => this.requests.moveAny(tx, actor, id, input));
  }
}
