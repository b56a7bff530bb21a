import type { AttemptRow, DeliveryRow } from './deliveries.queries.js';
import type {
  MadeWebhook,
  WebhookAttemptView,
  WebhookDeliveryDetail,
  WebhookDeliveryView,
  WebhookView,
} from './webhook.schema.js';
import type { WebhookRow } from './webhooks.queries.js';

const DAY_MS = 86_400_000;

/** @param giveUpDays after how many days of failing it is switched off */
export function webhookView(row: WebhookRow, giveUpDays: number): WebhookView {
  const { disabled_at: at, disabled_reason: reason, failing_since: since } = row;
  const givesUpAt = row.enabled && since ? new Date(since.getTime() + giveUpDays * DAY_MS) : null;
  return {
    id: row.id,
    url: row.url,
    types: row.types,
    description: row.description,
    agent_id: row.agent_id,
    task_id: row.task_id,
    enabled: row.enabled,
    disabled: at && reason ? { at: at.toISOString(), reason } : null,
    failing_since: since?.toISOString() ?? null,
    gives_up_at: givesUpAt?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export function madeView(row: WebhookRow, secret: string, giveUpDays: number): MadeWebhook {
  return { webhook: webhookView(row, giveUpDays), secret };
}

export function deliveryView(row: DeliveryRow): WebhookDeliveryView {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    type: row.type,
    event_id: row.event_id,
    status: row.status,
    reason: row.reason,
    attempts: row.attempts,
    next_attempt_at: row.next_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}

export function deliveryDetail(
  row: DeliveryRow & { readonly body: string },
  url: string,
  attempts: readonly AttemptRow[],
): WebhookDeliveryDetail {
  return { ...deliveryView(row), url, body: row.body, log: attempts.map(attemptView) };
}

function attemptView(row: AttemptRow): WebhookAttemptView {
  const { status, response_headers: headers, response_head: body } = row;
  return {
    attempt: row.attempt,
    started_at: row.started_at.toISOString(),
    outcome: row.outcome ?? 'under_way',
    problem: row.problem,
    request_headers: row.request_headers ?? {},
    response: status === null ? null : { status, headers: headers ?? {}, body: body ?? '' },
    connect_ms: row.connect_ms,
    first_byte_ms: row.first_byte_ms,
    total_ms: row.total_ms,
  };
}
