import { api, dataOf } from '../../../api/client.ts';
import { RotateSecret } from '../settings/rotate-secret.tsx';
import type { Webhook } from './webhooks.queries.ts';

export function WebhookSecret({ webhook: { id } }: { webhook: Webhook }) {
  return (
    <RotateSecret
      queryKey={['webhooks', id]}
      whoChecks="receiver"
      send={(body, header) =>
        dataOf(api.POST('/webhooks/{id}/rotate-secret', { body, params: { path: { id }, header } }))
      }
    />
  );
}
