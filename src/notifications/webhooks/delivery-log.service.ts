import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../platform/clock.js';
import { newId } from '../../platform/crypto/tokens.js';
import { Db, type Tx } from '../../platform/database/db.js';
import type { Actor } from '../../platform/http/actor.js';
import { decodeCursor, Page } from '../../platform/http/pagination.js';
import { Jobs } from '../../platform/queue/jobs.js';
import * as deliveries from './deliveries.queries.js';
import { webhookBody } from './payload.js';
import type { ListDeliveries, WebhookDeliveryDetail, WebhookDeliveryView } from './webhook.schema.js';
import { deliveryDetail, deliveryView } from './webhook.view.js';
import { WEBHOOK_QUEUE } from './webhook-calls.service.js';
import { WebhookDeliveryNotFound, WebhookDisabled } from './webhooks.errors.js';
import type { WebhookRow } from './webhooks.queries.js';
import { WebhooksService } from './webhooks.service.js';

const MOST_AGAIN = 1_000;
const Position = z.tuple([z.uuid()]);

/** What was sent to a webhook, and sending it again. */
@Injectable()
export class DeliveryLog {
  constructor(
    private readonly db: Db,
    private readonly webhooks: WebhooksService,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws WebhookNotFound, BadRequest BAD_CURSOR */
  async page(actor: Actor, webhookId: string, query: ListDeliveries): Promise<Page<WebhookDeliveryView>> {
    const { id } = await this.webhooks.get(actor, webhookId);
    const [before] = decodeCursor(query.cursor, Position) ?? [];
    const { limit, status, type } = query;
    const found = await deliveries.deliveriesOf(this.db, id, { status, type, before, limit: limit + 1 });
    return Page.of(found, limit, (row) => [row.id], deliveryView);
  }

  /** @throws WebhookNotFound, WebhookDeliveryNotFound */
  async one(actor: Actor, webhookId: string, deliveryId: string): Promise<WebhookDeliveryDetail> {
    const webhook = await this.webhooks.get(actor, webhookId);
    const found = await deliveries.deliveryOf(this.db, webhook.id, deliveryId);
    if (!found) throw new WebhookDeliveryNotFound();
    return deliveryDetail(found, webhook.url, await deliveries.attemptsOf(this.db, deliveryId));
  }

  /** Sends a `webhook.ping` to this webhook, whatever types it wants. @throws WebhookNotFound, WebhookDisabled, KeyOnlyReads */
  async ping(tx: Tx, actor: Actor, webhookId: string): Promise<WebhookDeliveryView> {
    const { id } = await this.lockEnabled(tx, actor, webhookId);
    const now = this.clock.now();
    const told = { eventId: null, type: 'webhook.ping', taskId: null, data: { webhook_id: id }, at: now };
    const made = { id: newId(), webhookId: id, eventId: null, type: told.type, body: webhookBody(told) };
    await deliveries.insertDeliveries(tx, [made], now);
    const sent = await deliveries.sendAgain(tx, id, made.id, now);
    if (!sent) throw new WebhookDisabled();
    await this.jobs.send(tx, WEBHOOK_QUEUE, { deliveryId: made.id });
    return deliveryView(sent);
  }

  /**
   * Sends a delivery again, with the same id and body, and its schedule from the start. One that still waits goes out now.
   *
   * @throws WebhookNotFound, WebhookDeliveryNotFound, WebhookDisabled, KeyOnlyReads
   */
  async redeliver(tx: Tx, actor: Actor, webhookId: string, deliveryId: string): Promise<WebhookDeliveryView> {
    const { id } = await this.lockEnabled(tx, actor, webhookId);
    const again = await deliveries.sendAgain(tx, id, deliveryId, this.clock.now());
    if (!again) throw new WebhookDeliveryNotFound();
    await this.jobs.send(tx, WEBHOOK_QUEUE, { deliveryId });
    return deliveryView(again);
  }

  /**
   * The same for everything that failed and was made at or after `since`, oldest first, 1,000 at most.
   *
   * @throws WebhookNotFound, WebhookDisabled, KeyOnlyReads
   */
  async redeliverFailed(
    tx: Tx,
    actor: Actor,
    webhookId: string,
    since: Date,
  ): Promise<{ redelivered: number; has_more: boolean }> {
    const { id } = await this.lockEnabled(tx, actor, webhookId);
    const again = await deliveries.sendFailedAgain(tx, id, since, MOST_AGAIN, this.clock.now());
    const jobs = again.map((deliveryId) => ({ deliveryId }));
    if (jobs.length > 0) await this.jobs.sendAll(tx, WEBHOOK_QUEUE, jobs);
    return { redelivered: again.length, has_more: await deliveries.hasFailedSince(tx, id, since) };
  }

  private async lockEnabled(tx: Tx, actor: Actor, webhookId: string): Promise<WebhookRow> {
    const webhook = await this.webhooks.lockOwn(tx, actor, webhookId);
    if (!webhook.enabled) throw new WebhookDisabled();
    return webhook;
  }
}
