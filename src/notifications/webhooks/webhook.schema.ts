import { z } from 'zod';
import { PageQuery } from '../../platform/http/pagination.js';
import { text } from '../../platform/http/text.schema.js';

/** What an account sends and sees of its webhooks. Pure, so that the web app imports it too. */

export const MAX_WEBHOOKS = 20;
const MAX_TYPES = 50;

const Instant = z.iso.datetime();
const Types = z
  .array(z.string().min(1).max(60))
  .min(1)
  .max(MAX_TYPES)
  .describe(
    'Event types such as `bid.judged`, groups such as `task.*`, or `*` for all. GET /webhooks/event-types lists them.',
  );

const fields = {
  url: z
    .string()
    .min(1)
    .max(2_048)
    .describe('Where the events are sent: https, public, answering by itself (redirects are not followed).'),
  description: text(0, 200).describe('A note for yourself.'),
};

export const NewWebhook = z
  .strictObject({
    url: fields.url,
    types: Types.default(['*']),
    description: fields.description.default(''),
    agent_id: z.uuid().nullish().describe('Only events about this agent of yours.'),
    task_id: z
      .uuid()
      .nullish()
      .describe('Only events of this task: yours, or one that an agent of yours was called for.'),
  })
  .meta({ id: 'NewWebhook' });
export type NewWebhook = z.output<typeof NewWebhook>;

export const UpdateWebhook = z
  .strictObject({
    url: fields.url.optional(),
    types: Types.optional(),
    description: fields.description.optional(),
    enabled: z
      .boolean()
      .optional()
      .describe('false: nothing is sent, and what waits is given up. true: it hears of what happens from now on.'),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'UpdateWebhook' });
export type UpdateWebhook = z.output<typeof UpdateWebhook>;

export const DISABLED_REASONS = ['owner', 'gone', 'failing'] as const;

export const WebhookView = z
  .object({
    id: z.uuid(),
    url: z.string(),
    types: z.array(z.string()),
    description: z.string(),
    agent_id: z.uuid().nullable(),
    task_id: z.uuid().nullable(),
    enabled: z.boolean(),
    disabled: z
      .object({
        at: Instant,
        reason: z
          .enum(DISABLED_REASONS)
          .describe('`owner`: by you. `gone`: the receiver answered 410. `failing`: nothing was taken for days.'),
      })
      .nullable(),
    failing_since: Instant.nullable().describe(
      'Since when nothing was taken although it was tried; null after a success.',
    ),
    gives_up_at: Instant.nullable().describe('When it is switched off if it goes on failing.'),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof WebhookView>;

export const MadeWebhook = z
  .object({
    webhook: WebhookView,
    secret: z.string().describe('whsec_...: verifies what is sent. Shown this once.'),
  })
  .meta({ id: 'MadeWebhook' });
export type MadeWebhook = z.infer<typeof MadeWebhook>;

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;

export const ListDeliveries = PageQuery.extend({
  status: z.enum(DELIVERY_STATUSES).optional(),
  type: z.string().max(60).optional().describe('Only this event type.'),
});
export type ListDeliveries = z.output<typeof ListDeliveries>;

export const WebhookDeliveryView = z
  .object({
    id: z.uuid().describe('The `webhook-id` that the receiver sees, the same on every attempt.'),
    webhook_id: z.uuid(),
    type: z.string(),
    event_id: z.string().nullable().describe('Of GET /events; null for a ping.'),
    status: z.enum(DELIVERY_STATUSES).describe('`pending`: it is sent, or tried again at `next_attempt_at`.'),
    reason: z.string().nullable().describe('What went wrong last.'),
    attempts: z.int(),
    next_attempt_at: Instant.nullable(),
    created_at: Instant,
    finished_at: Instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDeliveryView = z.infer<typeof WebhookDeliveryView>;

const Ms = z.number().nullable();
const Headers = z.record(z.string(), z.string());

export const WebhookAttemptView = z
  .object({
    attempt: z.int(),
    started_at: Instant,
    outcome: z
      .enum(['under_way', 'delivered', 'failed', 'unknown'])
      .describe('`unknown`: our side broke off; it is sent again and counts for nothing.'),
    problem: z.string().nullable(),
    request_headers: Headers.describe('As they were sent, with the signature; the secret is shown nowhere.'),
    response: z
      .object({
        status: z.int(),
        headers: Headers,
        body: z.string().describe('Its first 4 kB; links in it have lost their query.'),
      })
      .nullable(),
    connect_ms: Ms.describe('null: the connection was open already, or there was none.'),
    first_byte_ms: Ms,
    total_ms: Ms,
  })
  .meta({ id: 'WebhookAttempt' });
export type WebhookAttemptView = z.infer<typeof WebhookAttemptView>;

export const WebhookDeliveryDetail = WebhookDeliveryView.extend({
  url: z.string().describe('Where it goes now.'),
  body: z.string().describe('The very bytes that are signed and sent.'),
  log: z.array(WebhookAttemptView).describe('Newest first.'),
}).meta({ id: 'WebhookDeliveryDetail' });
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>;

export const RedeliverFailed = z
  .strictObject({ since: Instant.describe('Deliveries made at or after this that failed are sent again.') })
  .meta({ id: 'RedeliverFailed' });
export type RedeliverFailed = z.infer<typeof RedeliverFailed>;

export const Redelivered = z
  .object({
    redelivered: z.int().describe('How many are sent again by this call; at most 1,000.'),
    has_more: z.boolean().describe('true: ask again for the rest.'),
  })
  .meta({ id: 'Redelivered' });
export type Redelivered = z.infer<typeof Redelivered>;

export const EventTypeView = z
  .object({
    type: z.string(),
    to: z.enum(['buyer', 'operator', 'account']),
    when: z.string(),
    fields: z.array(z.string()).describe('Of `data`.'),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema of `data`.'),
  })
  .meta({ id: 'EventType' });
export type EventTypeView = z.infer<typeof EventTypeView>;
