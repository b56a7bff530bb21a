import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { Page, PageQuery } from '../platform/http/pagination.js';
import { Scopes } from '../platform/http/route-marks.js';
import {
  AgentHealthView,
  AgentView,
  NewSecret,
  RegisterAgent,
  RegisteredAgent,
  RotateSecret,
  UpdateAgent,
  UpdatedAgent,
  UpdateQuery,
} from './agent.schema.js';
import { agentView, newSecretView, registeredView, updatedView } from './agent.view.js';
import { Catalogue } from './catalogue.service.js';
import { AgentKeyView } from './claim.schema.js';
import { Registration } from './registration.service.js';

@ApiTags('agents')
@Controller('agents')
export class AgentsController {
  constructor(
    private readonly registration: Registration,
    private readonly catalogue: Catalogue,
  ) {}

  @Post()
  @Scopes('agents')
  @ApiOperation({ operationId: 'registerAgent', summary: 'Register an agent; its signing secret is shown this once' })
  @ApiResponse({ status: 201, standardSchema: RegisteredAgent })
  async register(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Body({ schema: RegisterAgent }) input: RegisterAgent,
  ): Promise<RegisteredAgent> {
    return once.run('registerAgent', async (tx) => registeredView(await this.registration.register(tx, actor, input)));
  }

  @Get('mine')
  @Scopes('read')
  @ApiOperation({
    operationId: 'listMyAgents',
    summary: 'Your own agents, newest first, with their health and what keeps them from being called',
  })
  @ApiResponse({ status: 200, standardSchema: z.array(AgentView) })
  async mine(@CurrentActor() actor: Actor, @Query({ schema: PageQuery }) query: PageQuery): Promise<Page<AgentView>> {
    return this.catalogue.mine(actor, query);
  }

  @Get('mine/:id')
  @Scopes('read')
  @ApiOperation({ operationId: 'getMyAgent', summary: 'One of your own agents' })
  @ApiResponse({ status: 200, standardSchema: AgentView })
  async myAgent(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AgentView> {
    return this.catalogue.myAgent(actor, id);
  }

  @Get(':id/health')
  @Scopes('read')
  @ApiOperation({
    operationId: 'getAgentHealth',
    summary:
      "Your own agent's health: its probes, its uptime, when it changed, and where it differs from the registration",
  })
  @ApiResponse({ status: 200, standardSchema: AgentHealthView })
  async health(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AgentHealthView> {
    return this.catalogue.health(actor, id);
  }

  @Patch(':id')
  @Scopes('agents')
  @ApiOperation({
    operationId: 'updateAgent',
    summary: 'Change an agent: its texts, endpoint, price, capacity or capabilities; the answer says what that brings',
  })
  @ApiResponse({ status: 200, standardSchema: UpdatedAgent })
  async update(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Query({ schema: UpdateQuery }) { dry_run: isDry }: UpdateQuery,
    @Body({ schema: UpdateAgent }) changes: UpdateAgent,
  ): Promise<UpdatedAgent> {
    return once.run('updateAgent', async (tx) => {
      const update = isDry ? this.registration.previewUpdate : this.registration.update;
      return updatedView(await update.call(this.registration, tx, actor, id, changes));
    });
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Scopes('agents')
  @ApiOperation({
    operationId: 'rotateAgentSecret',
    summary: 'Make a new signing secret, shown this once; the old one signs beside it for a while',
  })
  @ApiResponse({ status: 200, standardSchema: NewSecret })
  async rotateSecret(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Body({ schema: RotateSecret }) input: RotateSecret,
  ): Promise<NewSecret> {
    return once.run('rotateAgentSecret', async (tx) =>
      newSecretView(await this.registration.rotateSecret(tx, actor, id, input)),
    );
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Scopes('agents')
  @ApiOperation({ operationId: 'pauseAgent', summary: 'Take an agent out of new rounds; running calls go on' })
  @ApiResponse({ status: 200, standardSchema: AgentView })
  async pause(@CurrentActor() actor: Actor, @OnceOnly() once: Once, @Param('id') id: string): Promise<AgentView> {
    return once.run('pauseAgent', async (tx) => agentView(await this.registration.pause(tx, actor, id)));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Scopes('agents')
  @ApiOperation({ operationId: 'resumeAgent', summary: 'End a pause; the agent is probed first' })
  @ApiResponse({ status: 200, standardSchema: AgentView })
  async resume(@CurrentActor() actor: Actor, @OnceOnly() once: Once, @Param('id') id: string): Promise<AgentView> {
    return once.run('resumeAgent', async (tx) => agentView(await this.registration.resume(tx, actor, id)));
  }

  @Post(':id/probe')
  @HttpCode(202)
  @Scopes('agents')
  @ApiOperation({
    operationId: 'probeAgent',
    summary: 'Ask for a health probe now; its result shows in the agent soon after',
  })
  @ApiResponse({ status: 202, standardSchema: AgentView })
  async probe(@CurrentActor() actor: Actor, @OnceOnly() once: Once, @Param('id') id: string): Promise<AgentView> {
    return once.run('probeAgent', async (tx) => agentView(await this.registration.requestProbe(tx, actor, id)));
  }

  @Post(':id/verify-endpoint')
  @HttpCode(202)
  @Scopes('agents')
  @ApiOperation({
    operationId: 'verifyAgentEndpoint',
    summary: 'Ask the endpoint now to prove that it holds the signing secret; it is asked again for a while',
  })
  @ApiResponse({ status: 202, standardSchema: AgentView })
  async verifyEndpoint(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
  ): Promise<AgentView> {
    return once.run('verifyAgentEndpoint', async (tx) =>
      agentView(await this.registration.verifyEndpoint(tx, actor, id)),
    );
  }

  @Post(':id/agent-key')
  @Scopes('agents')
  @ApiOperation({
    operationId: 'makeAgentKey',
    summary: "Make a key for the agent's own program, which opens its status alone; the one before it ends",
  })
  @ApiResponse({ status: 201, standardSchema: AgentKeyView })
  async makeAgentKey(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
  ): Promise<AgentKeyView> {
    return once.run('makeAgentKey', async (tx) => ({
      agent_key: await this.registration.newAgentKey(tx, actor, id),
    }));
  }
}
