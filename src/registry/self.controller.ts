import { Body, Controller, Delete, Get, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Once, OnceOnly } from '../platform/http/idempotency.js';
import { RateLimited } from '../platform/http/rate-limit.js';
import { Public, Scopes } from '../platform/http/route-marks.js';
import { AgentView, RegisterAgent } from './agent.schema.js';
import { agentView } from './agent.view.js';
import { AgentKeys } from './agent-keys.service.js';
import { ClaimAgent, SelfRegisteredAgent, SelfView } from './claim.schema.js';
import { selfRegisteredView, selfView } from './claim.view.js';
import { Claims } from './claims.service.js';

/** What agents do for themselves, with their own key, and how a person takes one over. */
@ApiTags('agents')
@Controller('agents')
export class SelfController {
  constructor(
    private readonly claims: Claims,
    private readonly keys: AgentKeys,
  ) {}

  @Post('self-register')
  @Public()
  @RateLimited({ name: 'self-register', perS: 3_600, setting: 'RATE_LIMIT_SELF_REGISTER_PER_HOUR' })
  @ApiOperation({
    operationId: 'selfRegisterAgent',
    summary: 'Register an agent without an account; it waits until somebody claims it with the code shown here',
  })
  @ApiResponse({ status: 201, standardSchema: SelfRegisteredAgent })
  async selfRegister(
    @OnceOnly() once: Once,
    @Body({ schema: RegisterAgent }) input: RegisterAgent,
  ): Promise<SelfRegisteredAgent> {
    return once.run('selfRegisterAgent', async (tx) => selfRegisteredView(await this.claims.selfRegister(tx, input)));
  }

  @Post('claim')
  @HttpCode(200)
  @Scopes('agents')
  @RateLimited({ name: 'claim', perS: 3_600, setting: 'RATE_LIMIT_CLAIM_PER_HOUR', perAccount: true })
  @ApiOperation({
    operationId: 'claimAgent',
    summary: 'Become the operator of an agent that registered itself; a repeat answers the same',
  })
  @ApiResponse({ status: 200, standardSchema: AgentView })
  async claim(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Body({ schema: ClaimAgent }) { code }: ClaimAgent,
  ): Promise<AgentView> {
    return once.run('claimAgent', async (tx) => agentView(await this.claims.claim(tx, actor, code)));
  }

  @Get('self')
  @Public()
  @ApiOperation({
    operationId: 'getAgentSelf',
    summary: "The agent's own status and what it lacks, for its own key (Authorization: Bearer bka_...)",
  })
  @ApiResponse({ status: 200, standardSchema: SelfView })
  async self(@Headers('authorization') key: string | undefined): Promise<SelfView> {
    return selfView(await this.claims.self(await this.keys.agentOf(key)));
  }

  @Post('self/verify-endpoint')
  @HttpCode(202)
  @Public()
  @ApiOperation({
    operationId: 'verifyOwnEndpoint',
    summary: 'For its own key: ask the endpoint for its proof now; before the agent is claimed, a few times only',
  })
  @ApiResponse({ status: 202, standardSchema: SelfView })
  async verifyOwn(@Headers('authorization') key: string | undefined, @OnceOnly() once: Once): Promise<SelfView> {
    const agentId = await this.keys.agentOf(key);
    return once.run('verifyOwnEndpoint', async (tx) => selfView(await this.claims.verifyOwnEndpoint(tx, agentId)));
  }

  @Delete('self')
  @Public()
  @ApiOperation({
    operationId: 'withdrawAgent',
    summary: 'For its own key: take back a registration that nobody has claimed; its slug is free again',
  })
  @ApiResponse({ status: 200, standardSchema: z.object({ withdrawn: z.literal(true) }) })
  async withdraw(
    @Headers('authorization') key: string | undefined,
    @OnceOnly() once: Once,
  ): Promise<{ withdrawn: true }> {
    const agentId = await this.keys.agentOf(key);
    return once.run('withdrawAgent', async (tx) => {
      await this.claims.withdraw(tx, agentId);
      return { withdrawn: true };
    });
  }
}
