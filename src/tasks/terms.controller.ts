import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Config } from '../platform/config.js';
import { Public } from '../platform/http/route-marks.js';
import { TermsView } from './terms.schema.js';

@ApiTags('tasks')
@Public()
@Controller('terms')
export class TermsController {
  constructor(private readonly config: Config) {}

  @Get()
  @ApiOperation({ operationId: 'getTerms', summary: 'What holds for a task posted now: fee, limits, windows' })
  @ApiResponse({ status: 200, standardSchema: TermsView })
  get(): TermsView {
    const { config } = this;
    return {
      gift_credits: config.SIGNUP_GIFT_CREDITS,
      fee_bps: config.FEE_CONTEST_BPS,
      max_budget: config.MAX_BUDGET,
      places: config.POOL_SIZE,
      presented_max: config.PRESENTED_MAX,
      experimentation: config.EXPERIMENTATION,
      max_revisions: config.MAX_REVISIONS,
      judge: config.JUDGE,
      windows: {
        prototype_s: config.PROTOTYPE_WINDOW_S,
        review_s: config.REVIEW_WINDOW_S,
        delivery_s: config.DELIVERY_WINDOW_S,
        approval_s: config.APPROVAL_WINDOW_S,
      },
      attachments: { most: config.MAX_ATTACHMENTS, max_bytes: config.MAX_ATTACHMENT_BYTES },
    };
  }
}
