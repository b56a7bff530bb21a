import { DomainError } from '../../platform/http/errors.js';
import { MAX_WEBHOOKS } from './webhook.schema.js';

/** No such webhook, or another account's. */
export class WebhookNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'WEBHOOK_NOT_FOUND';

  constructor() {
    super('There is no such webhook.', 'GET /webhooks lists yours.');
  }
}

export class WebhookDeliveryNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'WEBHOOK_DELIVERY_NOT_FOUND';

  constructor() {
    super(
      'There is no such delivery of this webhook.',
      'GET /webhooks/ID/deliveries lists them; old ones are forgotten.',
    );
  }
}

export class TooManyWebhooks extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_WEBHOOKS';

  constructor() {
    super(`An account has at most ${MAX_WEBHOOKS} webhooks.`, 'Delete one, or let one receiver take several types.');
  }
}

export class WebhookDisabled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'WEBHOOK_DISABLED';

  constructor() {
    super('This webhook is switched off.', 'PATCH /webhooks/ID with {"enabled": true} switches it on.');
  }
}

export class UnknownEventType extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'UNKNOWN_EVENT_TYPE';

  constructor(type: string, meant: string | null) {
    super(
      `There is no event type or group "${type.slice(0, 60)}".`,
      meant === null ? 'GET /webhooks/event-types lists what there is.' : `Did you mean "${meant}"?`,
      'types',
    );
  }
}
