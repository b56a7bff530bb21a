import { Injectable } from '@nestjs/common';
import { SigningSecrets } from '../../registry/signing-secrets.service.js';

/** What webhooks are signed with. */
@Injectable()
export class WebhookSecrets extends SigningSecrets {
  protected readonly table = 'webhook_secrets';
  protected readonly owner = 'webhook_id';
}
