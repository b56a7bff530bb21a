import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../http/route-marks.js';
import { QueuesView } from './queues.schema.js';
import { Queues } from './queues.service.js';

@ApiTags('admin')
@Scopes('admin')
@Controller('admin/queues')
export class QueuesController {
  constructor(private readonly queues: Queues) {}

  @Get()
  @ApiOperation({
    operationId: 'getQueues',
    summary: 'What the queues hold, what failed last, when each chore ran, and which processes are there',
  })
  @ApiResponse({ status: 200, standardSchema: QueuesView })
  async now(): Promise<QueuesView> {
    return this.queues.now();
  }
}
