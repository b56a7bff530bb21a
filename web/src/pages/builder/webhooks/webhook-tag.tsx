import { Tag } from '../badges.tsx';
import type { Webhook } from './webhooks.queries.ts';

/** How a webhook does. */
export function WebhookTag({ webhook: { enabled, failing_since: failing } }: { webhook: Webhook }) {
  if (!enabled) return <Tag tone="quiet">Switched off</Tag>;
  return failing ? <Tag tone="bad">Failing</Tag> : <Tag tone="good">On</Tag>;
}
