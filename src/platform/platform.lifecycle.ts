import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Config } from './config.js';
import { Egress } from './egress/egress.js';
import { EventStream } from './events/event-stream.js';
import { Jobs } from './queue/jobs.js';
import { Presence } from './queue/presence.js';
import { Worker } from './queue/worker.js';
import { Chores } from './schedule/chores.js';

/** Starts and stops the moving parts in the one order that loses nothing. */
@Injectable()
export class PlatformLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly log = new Logger('lifecycle');

  constructor(
    private readonly config: Config,
    private readonly presence: Presence,
    private readonly jobs: Jobs,
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly events: EventStream,
    private readonly egress: Egress,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.jobs.boss.on('error', (err) => this.log.warn({ err }, 'the queue reports an error'));
    await this.presence.start();
    await this.jobs.boss.start();
    if (!this.config.runsWorker) return;
    await this.worker.start();
    this.chores.start();
  }

  /** Runs before HTTP closes and before TypeORM's pool does: what is running may finish. */
  async beforeApplicationShutdown(): Promise<void> {
    this.chores.stop();
    await this.events.stop();
    if (this.config.runsWorker) await this.worker.stop(this.config.SHUTDOWN_GRACE_S * 1_000);
  }

  /** HTTP is closed now: nobody sends a job or waits for a hint any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.jobs.boss.stop({ graceful: false });
    await this.presence.stop();
    await this.egress.close();
  }
}
