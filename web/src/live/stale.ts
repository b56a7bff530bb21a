import type { QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from './stream.ts';

/** The nouns that events tell of. */
const TOLD = new Set<unknown>(['agents', 'tasks', 'wallet', 'webhooks']);

/** Whether events say when it is stale. */
export const isTold = ({ queryKey: [noun] }: { queryKey: QueryKey }): boolean => TOLD.has(noun);

/**
 * What an event makes stale. Query keys begin with the noun (`tasks`, `agents`, `webhooks`, `wallet`), then the id where there
 * is one: `['tasks', id, 'bids']`. So a page never names events: it reads, and what it read is read again when it changed.
 */
export function staleAfter({ type, task_id, data }: Pick<LiveEvent, 'type' | 'task_id' | 'data'>): QueryKey[] {
  const agentId = typeof data.agent_id === 'string' ? data.agent_id : null;
  const noun = type.split('.')[0] ?? '';
  const keys: QueryKey[] = [];
  if (task_id !== null) keys.push(['tasks', task_id]);
  if (noun === 'task') keys.push(['tasks', 'list'], ['wallet']);
  if (agentId !== null) keys.push(['agents', agentId], ['agents', 'mine']);
  if (noun === 'agent' || noun === 'benchmark') keys.push(['agents']);
  if (noun === 'webhook') keys.push(['webhooks']);
  if (type === 'bid.settled') keys.push(['wallet']);
  return keys;
}
