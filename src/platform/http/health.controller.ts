import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Db } from '../database/db.js';
import { Metrics } from '../metrics.js';
import { Bare } from './envelope.js';
import { DomainError } from './errors.js';
import { Unlimited } from './rate-limit.js';
import { Public } from './route-marks.js';

class NotReady extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'NOT_READY';
}

/** For load balancers, orchestrators and Prometheus. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly db: Db,
    private readonly metrics: Metrics,
  ) {}

  /** The process answers. */
  @Get('health/live')
  @Bare()
  @Unlimited()
  live() {
    return { status: 'ok' };
  }

  /** The process can do its work: the database answers. */
  @Get('health/ready')
  @Bare()
  @Unlimited()
  async ready() {
    await this.db.query('SELECT 1').catch(() => {
      throw new NotReady('The database does not answer.', 'Wait; the server goes on by itself when it is back.');
    });
    return { status: 'ok' };
  }

  @Get('metrics')
  @Bare()
  @Unlimited()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async show(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
