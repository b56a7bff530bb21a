import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../platform/http/actor.js';
import { Scopes } from '../platform/http/route-marks.js';
import { CalibrationQuery, CalibrationView, RehearsalView, RehearseRubric } from './hindsight.schema.js';
import { Hindsight } from './hindsight.service.js';
import { calibrationView, rehearsalView } from './hindsight.view.js';

@ApiTags('judging')
@Controller()
export class HindsightController {
  constructor(private readonly hindsight: Hindsight) {}

  @Get('admin/judging/calibration')
  @Scopes('admin')
  @ApiOperation({
    operationId: 'getCalibration',
    summary: 'How often the top-judged bid is the one picked, by task type, and whom the panel believes',
  })
  @ApiResponse({ status: 200, standardSchema: CalibrationView })
  async calibration(@Query({ schema: CalibrationQuery }) query: CalibrationQuery): Promise<CalibrationView> {
    const { found, learned } = await this.hindsight.calibration(query);
    return calibrationView(found, learned);
  }

  @Post('rubrics/rehearse')
  @HttpCode(200)
  @Scopes('read')
  @ApiOperation({
    operationId: 'rehearseRubric',
    summary: 'Rank past rounds again under other weights; changes nothing. Your own tasks, or as an admin all',
  })
  @ApiResponse({ status: 200, standardSchema: RehearsalView })
  async rehearse(
    @CurrentActor() actor: Actor,
    @Body({ schema: RehearseRubric }) input: RehearseRubric,
  ): Promise<RehearsalView> {
    return rehearsalView(input.task_type, await this.hindsight.rehearse(actor, input));
  }
}
