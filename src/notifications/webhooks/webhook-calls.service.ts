import { Injectable, Logger } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { retryAfterS } from '../../dispatch/retry.js';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { Db, type Tx } from '../../platform/database/db.js';
import { Events } from '../../platform/events/events.js';
import { Metrics } from '../../platform/metrics.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { Presence } from '../../platform/queue/presence.js';
import * as attempts from './attempts.queries.js';
import { isGivenUp, nextTryAt, placesOf, waits } from './schedule.js';
import { type Sending, type Sent, WebhookSender } from './sender.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { lockWebhook, switchOff, type WebhookRow } from './webhooks.queries.js';

export const WEBHOOK_QUEUE = 'webhook';

/** How long a place is held beyond the longest answer, should a process lose its way. */
const LEASE_SPARE_MS = 30_000;
const SLOW_MS = 5_000;
const BUCKETS_MS = [10, 50, 100, 250, 500, 1_000, 5_000, 15_000];

type Begun = Omit<Sending, 'secrets'> & { readonly webhookId: string };

/** Makes the attempts of deliveries: one webhook's take its own few places and nobody else's. */
@Injectable()
export class WebhookCalls {
  private readonly log = new Logger('webhooks');
  private readonly ended: Counter<'outcome'>;
  private readonly took: Histogram<string>;

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly presence: Presence,
    private readonly events: Events,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
    private readonly config: Config,
    metrics: Metrics,
  ) {
    this.ended = metrics.counter({
      name: 'bakeoff_webhook_attempts_total',
      help: 'Attempts of webhook deliveries by what came of them',
      labelNames: ['outcome'],
    });
    this.took = metrics.histogram({
      name: 'bakeoff_webhook_ms',
      help: 'From the request to the last byte of the receiver, in ms',
      buckets: BUCKETS_MS,
    });
  }

  /** Handles a `webhook` job: the next attempt of a delivery, if it is due and has a place. A repeat finds it under way or over. */
  async attempt(deliveryId: string): Promise<void> {
    const begun = await this.db.transaction((tx) => this.begin(tx, deliveryId));
    if (!begun) return;
    const sent = await this.sender.send({ ...begun, secrets: await this.secrets.valid(begun.webhookId) });
    await this.db.transaction((tx) => this.finish(tx, begun.webhookId, sent));
    const { outcome, status, totalMs, attempt } = sent.ended;
    this.ended.inc({ outcome });
    this.took.observe(totalMs);
    const about = { webhook_id: begun.webhookId, delivery_id: deliveryId, event: begun.type, attempt };
    this.log.log({ ...about, outcome, status, took_ms: Math.round(totalMs) }, 'webhook');
  }

  /** Sends the jobs of deliveries that wait for a place which is free. */
  async wakeWaiting(webhookId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const webhook = await lockWebhook(tx, webhookId);
      if (webhook) await this.passOn(tx, webhook);
    });
  }

  private async begin(tx: Tx, deliveryId: string): Promise<Begun | null> {
    const now = this.clock.now();
    const standing = await attempts.lockedStanding(tx, deliveryId, now);
    if (standing?.status !== 'pending' || standing.under_way) return null;
    if (standing.next_at && standing.next_at > now) return null;
    if (standing.running >= placesOf(standing)) {
      await attempts.waitForPlace(tx, deliveryId, now);
      return null;
    }
    const { webhook_id: webhookId, url, type, body } = standing;
    const attempt = standing.attempts + 1;
    const leaseUntil = new Date(now.getTime() + this.config.WEBHOOK_TIMEOUT_S * 1_000 + LEASE_SPARE_MS);
    const workerId = this.presence.id;
    await attempts.openAttempt(tx, { deliveryId, webhookId, attempt, workerId, startedAt: now, leaseUntil });
    return { deliveryId, webhookId, url, type, body, attempt };
  }

  /** Writes down what came of an attempt; one that was counted as lost meanwhile changes nothing. */
  private async finish(tx: Tx, webhookId: string, { verdict, retryAfter, ended }: Sent): Promise<void> {
    const now = this.clock.now();
    const webhook = await lockWebhook(tx, webhookId);
    const tries = webhook ? await attempts.endAttempt(tx, ended, now) : undefined;
    if (!webhook || tries === undefined) return;
    const failingSince = verdict.kind === 'delivered' ? null : (webhook.failing_since ?? now);
    const changed = { ...webhook, failing_since: failingSince, slow: ended.totalMs >= SLOW_MS };
    await attempts.noteReceiver(tx, webhookId, { failingSince, slow: changed.slow });
    if (verdict.kind === 'delivered') await attempts.markDelivered(tx, ended.deliveryId, now);
    else await attempts.markFailed(tx, ended.deliveryId, verdict.problem, this.nextAt(tries, now, retryAfter), now);
    if (verdict.kind === 'failed' && webhook.enabled) await this.giveUpIfDue(tx, changed, verdict.gone, now);
    await this.passOn(tx, changed);
  }

  private nextAt(tries: number, now: Date, retryAfter: string | undefined): Date | null {
    const waitsS = waits(this.config.WEBHOOK_RETRY_S);
    return nextTryAt({ tries, waitsS, now, chance: Math.random(), retryAfterS: retryAfterS(retryAfter, now) });
  }

  private async giveUpIfDue(tx: Tx, webhook: WebhookRow, gone: boolean, now: Date): Promise<void> {
    const { id, account_id: accountId, failing_since: since } = webhook;
    if (!gone && !(since && isGivenUp(since, now, this.config.WEBHOOK_DISABLE_DAYS))) return;
    const reason = gone ? 'gone' : 'failing';
    await switchOff(tx, id, reason, now);
    const data = { webhook_id: id, reason, failing_since: since?.toISOString() ?? null };
    await this.events.append(tx, { type: 'webhook.disabled', accountId, data });
  }

  private async passOn(tx: Tx, { id, failing_since: since, slow }: WebhookRow): Promise<void> {
    const places = placesOf({ failing: since !== null, slow });
    const next = await attempts.takeWaiting(tx, id, places, this.clock.now());
    if (next.length === 0) return;
    await this.jobs.sendAll(
      tx,
      WEBHOOK_QUEUE,
      next.map((deliveryId) => ({ deliveryId })),
    );
  }
}
