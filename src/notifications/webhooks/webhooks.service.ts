import { Injectable } from '@nestjs/common';
import { checkMayChange } from '../../accounts/grants.js';
import { Clock } from '../../platform/clock.js';
import { newId } from '../../platform/crypto/tokens.js';
import { afterCommit, Db, type Tx } from '../../platform/database/db.js';
import { Egress } from '../../platform/egress/egress.js';
import type { Actor } from '../../platform/http/actor.js';
import { Presence } from '../../platform/queue/presence.js';
import { AgentNotFound } from '../../registry/agents.errors.js';
import { Agents } from '../../registry/agents.service.js';
import { nearest } from '../../registry/nearest.js';
import type { Rotated } from '../../registry/signing-secrets.service.js';
import { TaskNotFound } from '../../tasks/tasks.errors.js';
import { EVENT_GROUPS, EVENT_TYPES } from '../event-catalogue.js';
import { WEBHOOKS_TOPIC } from './fan-out.service.js';
import { condensed } from './patterns.js';
import { MAX_WEBHOOKS, type NewWebhook, type UpdateWebhook } from './webhook.schema.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { TooManyWebhooks, UnknownEventType, WebhookNotFound } from './webhooks.errors.js';
import * as webhooks from './webhooks.queries.js';

type WebhookRow = webhooks.WebhookRow;

/** What accounts do with their webhooks. Another account's is not found; a key that only reads changes nothing. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly db: Db,
    private readonly egress: Egress,
    private readonly agents: Agents,
    private readonly secrets: WebhookSecrets,
    private readonly presence: Presence,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a webhook. It hears of what happens from now on.
   *
   * @returns the webhook and its secret, which is shown nowhere else
   * @throws BadUrl, UnknownEventType, AgentNotFound, TaskNotFound, TooManyWebhooks, KeyOnlyReads
   */
  async make(tx: Tx, actor: Actor, input: NewWebhook): Promise<{ webhook: WebhookRow; secret: string }> {
    checkMayChange(actor);
    const { accountId } = actor;
    const { agent_id: agentId = null, task_id: taskId = null } = input;
    if (agentId !== null && (await this.agents.operatorOf(tx, agentId)) !== accountId) throw new AgentNotFound();
    if (taskId !== null && !(await webhooks.isConcernedBy(tx, accountId, taskId))) throw new TaskNotFound();
    const types = known(input.types);
    const { href: url } = this.egress.checkUrl(input.url, 'url');
    if ((await webhooks.countLocked(tx, accountId)) >= MAX_WEBHOOKS) throw new TooManyWebhooks();
    const { description } = input;
    const made = { id: newId(), accountId, url, description, types, agentId, taskId, now: this.clock.now() };
    const webhook = await webhooks.insertWebhook(tx, made);
    this.tellFanOut(tx);
    return { webhook, secret: await this.secrets.issue(tx, webhook.id) };
  }

  /** Newest first; there are few. */
  async list({ accountId }: Actor): Promise<WebhookRow[]> {
    return webhooks.webhooksOf(this.db, accountId);
  }

  /** @throws WebhookNotFound */
  async get({ accountId }: Actor, id: string): Promise<WebhookRow> {
    const webhook = await webhooks.webhookOf(this.db, accountId, id);
    if (!webhook) throw new WebhookNotFound();
    return webhook;
  }

  /**
   * Changes what is named. Switched off, it gives up what waits; switched on, it begins with a clean record and hears of what
   * happens from then on. What waits goes to a new address.
   *
   * @throws WebhookNotFound, BadUrl, UnknownEventType, KeyOnlyReads
   */
  async update(tx: Tx, actor: Actor, id: string, changes: UpdateWebhook): Promise<WebhookRow> {
    const webhook = await this.lockOwn(tx, actor, id);
    const url = changes.url === undefined ? webhook.url : this.egress.checkUrl(changes.url, 'url').href;
    const types = changes.types === undefined ? webhook.types : known(changes.types);
    const { description = webhook.description, enabled = webhook.enabled } = changes;
    const now = this.clock.now();
    await webhooks.updateWebhook(tx, id, { url, types, description }, now);
    if (enabled && !webhook.enabled) {
      await webhooks.switchOn(tx, id);
      this.tellFanOut(tx);
    }
    if (!enabled && webhook.enabled) await webhooks.switchOff(tx, id, 'owner', now);
    return this.lockOwn(tx, actor, id);
  }

  /** The webhook goes, with its log. What is under way may still arrive. @throws WebhookNotFound, KeyOnlyReads */
  async remove(actor: Actor, id: string): Promise<WebhookRow> {
    return this.db.transaction(async (tx) => {
      const webhook = await this.lockOwn(tx, actor, id);
      await webhooks.deleteWebhook(tx, id);
      return webhook;
    });
  }

  /**
   * Makes a new secret; the old ones sign beside it for `overlapHours`, so that the receiver can change over in its own time.
   *
   * @throws WebhookNotFound, TooManySecrets, KeyOnlyReads
   */
  async rotateSecret(tx: Tx, actor: Actor, id: string, overlapHours?: number): Promise<Rotated> {
    await this.lockOwn(tx, actor, id);
    return this.secrets.rotate(tx, id, overlapHours);
  }

  /** It may have been the first one, so that nobody has followed the events so far. */
  private tellFanOut(tx: Tx): void {
    afterCommit(tx, () => this.presence.hint(WEBHOOKS_TOPIC));
  }

  /** @throws WebhookNotFound, KeyOnlyReads */
  async lockOwn(tx: Tx, actor: Actor, id: string): Promise<WebhookRow> {
    checkMayChange(actor);
    const webhook = await webhooks.lockWebhook(tx, id);
    if (webhook?.account_id !== actor.accountId) throw new WebhookNotFound();
    return webhook;
  }
}

/** @throws UnknownEventType */
function known(types: readonly string[]): string[] {
  const all = ['*', ...EVENT_GROUPS, ...EVENT_TYPES];
  const unknown = types.find((type) => !all.includes(type));
  if (unknown !== undefined) throw new UnknownEventType(unknown, nearest(unknown, all));
  return condensed(types);
}
