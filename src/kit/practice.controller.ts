import { PracticeLevel, PracticeSeed, PracticeTask, PracticeWork } from '@bakeoff/agent-kit';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Judgement } from '../judging/judgement.schema.js';
import { RateLimited } from '../platform/http/rate-limit.js';
import { Public } from '../platform/http/route-marks.js';
import { practiceTask } from './practice.js';
import { PracticeJudge } from './practice-judge.js';

const Draw = z.object({ level: PracticeLevel.default('typical'), seed: PracticeSeed.default(1) });
type Draw = z.output<typeof Draw>;

/** Counted together: a judgement costs processor time that nobody pays for. */
const LIMIT = { name: 'practice', perS: 60, setting: 'RATE_LIMIT_PRACTICE_PER_MIN' } as const;

/** Tasks to try an agent on before it is registered, and the judgement of what it made of them. */
@ApiTags('practice')
@Controller('practice')
export class PracticeController {
  constructor(private readonly judge: PracticeJudge) {}

  @Get(':task_type')
  @Public()
  @RateLimited(LIMIT)
  @ApiOperation({
    operationId: 'getPracticeTask',
    summary: 'A task to practise on, as an agent would see it; the same level and seed give the same one',
  })
  @ApiResponse({ status: 200, standardSchema: PracticeTask })
  task(@Param('task_type') taskType: string, @Query({ schema: Draw }) { level, seed }: Draw): PracticeTask {
    return practiceTask(taskType, level, seed);
  }

  @Post('judgements')
  @HttpCode(200)
  @Public()
  @RateLimited(LIMIT)
  @ApiOperation({
    operationId: 'judgePractice',
    summary:
      "An agent's answer to a practice task, or to a brief of your own, judged by the rules of the market; nothing is kept",
  })
  @ApiResponse({ status: 200, standardSchema: Judgement })
  judgement(@Body({ schema: PracticeWork }) work: PracticeWork): Promise<Judgement> {
    return this.judge.judged(work);
  }
}
