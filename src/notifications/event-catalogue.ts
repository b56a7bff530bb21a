import { z } from 'zod';
import type { EventKind } from './event-kind.js';
import { AGENT, SHOWCASE, WEBHOOK } from './events-of-agents.js';
import { BID, DELIVERY, TASK } from './events-of-tasks.js';

/** Every event there is, once for each kind of recipient. */
export const EVENT_CATALOGUE: readonly EventKind[] = [...TASK, ...BID, ...DELIVERY, ...SHOWCASE, ...AGENT, ...WEBHOOK];

/** Groups that a webhook may name already, although nothing writes such an event yet. */
export const RESERVED_GROUPS = ['dispute.*', 'payout.*', 'visibility.*'];

export const EVENT_TYPES: readonly string[] = [...new Set(EVENT_CATALOGUE.map(({ type }) => type))];
export const EVENT_GROUPS: readonly string[] = [
  ...new Set([...EVENT_TYPES.map((type) => `${type.split('.')[0]}.*`), ...RESERVED_GROUPS]),
];

/** What is wrong with an event, by the catalogue; null for one that is as it says. */
export function eventProblem(type: string, data: unknown): string | null {
  const kinds = EVENT_CATALOGUE.filter((one) => one.type === type);
  if (kinds.length === 0) return `${type} is not in src/notifications/events-of-*.ts`;
  const parsed = kinds.map((one) => one.data.safeParse(data));
  const [first] = parsed;
  if (parsed.some(({ success }) => success)) return null;
  return `${type}: ${first?.error ? z.prettifyError(first.error) : ''} in ${JSON.stringify(data)}`;
}
