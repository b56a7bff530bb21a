import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { uuidFrom } from '../../platform/crypto/tokens.js';
import { Db } from '../../platform/database/db.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { Worker } from '../../platform/queue/worker.js';
import { Chores } from '../../platform/schedule/chores.js';
import { orphanAttempts } from './attempts.queries.js';
import { dueDeliveries, forgetDeliveries, idleWithWaiting } from './deliveries.queries.js';
import { WEBHOOK_QUEUE, WebhookCalls } from './webhook-calls.service.js';
import { WebhookSecrets } from './webhook-secrets.service.js';

/** How many retries one tick sends; the next one takes the rest. */
const PER_TICK = 1_000;
const DAY_MS = 86_400_000;

/** Sends webhooks when they are due, and forgets what is old. */
@Injectable()
export class WebhooksJobs implements OnModuleInit {
  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly worker: Worker,
    private readonly chores: Chores,
    private readonly calls: WebhookCalls,
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.worker.register(WEBHOOK_QUEUE, this.config.WEBHOOKS_PER_PROCESS, ({ deliveryId }) =>
      this.calls.attempt(String(deliveryId)),
    );
    this.worker.onTakeOver((tx, deadWorkerId) => orphanAttempts(tx, deadWorkerId, this.clock.now()));
    this.chores.every(1, 'retry-webhooks', (now) => this.sendDue(now));
    this.chores.every(30, 'waiting-webhooks', (now) => this.wakeIdle(now));
    this.chores.every(3_600, 'forget-webhook-deliveries', (now) => this.forget(now));
    this.chores.every(3_600, 'forget-webhook-secrets', (now) => this.secrets.forgetExpired(now));
  }

  /** A job for each delivery that is due again. One that still waits from an earlier tick of this minute is not sent again. */
  async sendDue(now: Date): Promise<void> {
    const due = await dueDeliveries(this.db, now, PER_TICK);
    if (due.length === 0) return;
    const minute = Math.floor(now.getTime() / 60_000);
    await this.db.transaction(async (tx) => {
      for (const { id: deliveryId, attempts } of due) {
        const id = uuidFrom('webhook', deliveryId, attempts, minute);
        await this.jobs.send(tx, WEBHOOK_QUEUE, { deliveryId }, { id });
      }
    });
  }

  private async wakeIdle(now: Date): Promise<void> {
    for (const { webhook_id: webhookId } of await idleWithWaiting(this.db, now))
      await this.calls.wakeWaiting(webhookId);
  }

  private async forget(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.WEBHOOK_DAYS * DAY_MS);
    let gone: number;
    do gone = await this.db.transaction((tx) => forgetDeliveries(tx, before));
    while (gone > 0);
  }
}
