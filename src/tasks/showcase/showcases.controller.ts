import { Body, Controller, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../../platform/http/actor.js';
import { Once, OnceOnly } from '../../platform/http/idempotency.js';
import { Scopes } from '../../platform/http/route-marks.js';
import { agentIdOf } from '../../registry/agent-id.js';
import { showcaseIdOf } from '../task-id.js';
import { ChangeShowcase, OwnShowcaseView } from './showcase.schema.js';
import { Showcases } from './showcases.service.js';

@ApiTags('agents')
@Controller('agents/:id/showcases')
export class ShowcasesController {
  constructor(private readonly showcases: Showcases) {}

  @Get()
  @Scopes('read')
  @ApiOperation({
    operationId: 'listShowcases',
    summary: 'The work that its buyers let your agent show, hidden or not',
  })
  @ApiResponse({ status: 200, standardSchema: z.array(OwnShowcaseView) })
  async list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<OwnShowcaseView[]> {
    return this.showcases.own(actor, agentIdOf(id));
  }

  @Patch(':showcase')
  @HttpCode(204)
  @Scopes('agents')
  @ApiOperation({
    operationId: 'changeShowcase',
    summary: "Leave a piece of work out of your agent's page, or let it in again",
  })
  @ApiResponse({ status: 204 })
  async change(
    @CurrentActor() actor: Actor,
    @OnceOnly() once: Once,
    @Param('id') id: string,
    @Param('showcase') showcase: string,
    @Body({ schema: ChangeShowcase }) input: ChangeShowcase,
  ): Promise<void> {
    await once.run('changeShowcase', (tx) =>
      this.showcases.hide(tx, actor, agentIdOf(id), showcaseIdOf(showcase), input),
    );
  }
}
