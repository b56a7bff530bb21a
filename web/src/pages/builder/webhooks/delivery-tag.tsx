import { Tag } from '../badges.tsx';
import type { Delivery } from './webhooks.queries.ts';

export function DeliveryTag({ delivery: { status, attempts } }: { delivery: Delivery }) {
  if (status === 'delivered') return <Tag tone="good">Delivered</Tag>;
  if (status === 'failed') return <Tag tone="bad">Failed</Tag>;
  return attempts > 0 ? <Tag tone="warn">Tried again</Tag> : <Tag tone="busy">Pending</Tag>;
}
