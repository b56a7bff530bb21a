import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { JudgingCost } from '../judging/model/judge-key.schema.js';
import { ModelJudging } from '../judging/model/model-judging.service.js';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Scopes } from '../platform/http/route-marks.js';
import { taskIdOf } from './task-id.js';
import { TasksService } from './tasks.service.js';

@ApiTags('gallery')
@Controller()
export class JudgingCostController {
  constructor(
    private readonly tasks: TasksService,
    private readonly models: ModelJudging,
  ) {}

  @Get('tasks/:id/judging')
  @Scopes('read')
  @ApiOperation({
    operationId: 'getJudging',
    summary: 'Which models judged, what they cost, and what did not go as it should',
  })
  @ApiResponse({ status: 200, standardSchema: z.array(JudgingCost) })
  async costs(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<JudgingCost[]> {
    const task = await this.tasks.get(actor, taskIdOf(id));
    return this.models.costs(task.id);
  }
}
