import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, CurrentActor } from '../../platform/http/actor.js';
import { Scopes } from '../../platform/http/route-marks.js';
import { JudgeKeyView, PutJudgeKey } from './judge-key.schema.js';
import { JudgeKeys } from './judge-keys.service.js';

@ApiTags('accounts')
@Controller('accounts/me/judge-key')
export class JudgeKeyController {
  constructor(private readonly keys: JudgeKeys) {}

  @Put()
  @HttpCode(200)
  @Scopes('tasks')
  @ApiOperation({
    operationId: 'putJudgeKey',
    summary: 'Set your own key for a judging model; it is never shown again',
  })
  @ApiResponse({ status: 200, standardSchema: JudgeKeyView })
  async put(@CurrentActor() actor: Actor, @Body({ schema: PutJudgeKey }) input: PutJudgeKey): Promise<JudgeKeyView> {
    return this.keys.put(actor, input);
  }

  @Get()
  @Scopes('read')
  @ApiOperation({ operationId: 'getJudgeKey', summary: 'Which model judges with your key, without the key' })
  @ApiResponse({ status: 200, standardSchema: JudgeKeyView })
  async get(@CurrentActor() actor: Actor): Promise<JudgeKeyView> {
    return this.keys.get(actor);
  }

  @Delete()
  @HttpCode(200)
  @Scopes('tasks')
  @ApiOperation({ operationId: 'removeJudgeKey', summary: 'Forget your key; a repeat changes nothing' })
  @ApiResponse({ status: 200, standardSchema: z.object({ removed: z.literal(true) }) })
  async remove(@CurrentActor() actor: Actor): Promise<{ removed: true }> {
    await this.keys.remove(actor);
    return { removed: true };
  }
}
