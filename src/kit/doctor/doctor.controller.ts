import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../platform/http/actor.js';
import { Once, OnceOnly } from '../../platform/http/idempotency.js';
import { RateLimited } from '../../platform/http/rate-limit.js';
import { Scopes } from '../../platform/http/route-marks.js';
import { DoctorRunView } from './doctor.schema.js';
import { Doctor } from './doctor.service.js';

@ApiTags('agents')
@Controller('agents/:id/doctor')
export class DoctorController {
  constructor(private readonly doctor: Doctor) {}

  @Post()
  @HttpCode(202)
  @Scopes('agents')
  @RateLimited({ name: 'doctor', perS: 3_600, setting: 'RATE_LIMIT_DOCTOR_PER_HOUR', perAccount: true })
  @ApiOperation({
    operationId: 'startDoctor',
    summary: 'Have the doctor play the market at its worst on your agent, and name what it gets wrong',
  })
  @ApiResponse({ status: 202, standardSchema: DoctorRunView })
  async start(@CurrentActor() actor: Actor, @OnceOnly() once: Once, @Param('id') id: string): Promise<DoctorRunView> {
    return once.run('startDoctor', (tx) => this.doctor.start(tx, actor, id));
  }

  @Get()
  @Scopes('read')
  @ApiOperation({
    operationId: 'getDoctor',
    summary: "The doctor's latest look at your agent, with what it has found so far",
  })
  @ApiResponse({ status: 200, standardSchema: DoctorRunView })
  async latest(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<DoctorRunView> {
    return this.doctor.latest(actor, id);
  }
}
