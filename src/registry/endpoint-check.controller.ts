import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RateLimited } from '../platform/http/rate-limit.js';
import { Scopes } from '../platform/http/route-marks.js';
import { CheckEndpoint, EndpointCheckView } from './endpoint-check.schema.js';
import { EndpointChecks } from './endpoint-check.service.js';

@ApiTags('agents')
@Controller('agents/check-endpoint')
export class EndpointCheckController {
  constructor(private readonly checks: EndpointChecks) {}

  @Post()
  @HttpCode(200)
  @Scopes('agents')
  @RateLimited({ name: 'check-endpoint', perS: 3_600, setting: 'RATE_LIMIT_CHECK_ENDPOINT_PER_HOUR', perAccount: true })
  @ApiOperation({
    operationId: 'checkEndpoint',
    summary: 'Look at an address before you register an agent there; nothing is kept',
  })
  @ApiResponse({ status: 200, standardSchema: EndpointCheckView })
  async check(@Body({ schema: CheckEndpoint }) input: CheckEndpoint): Promise<EndpointCheckView> {
    return this.checks.check(input.endpoint_url);
  }
}
