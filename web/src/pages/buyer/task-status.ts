import type { TaskStatus } from './tasks.queries.ts';

/** Every status, in the order that a task goes through them. */
const PLACES: Record<TaskStatus, number> = {
  open: 0,
  matching: 1,
  prototyping: 2,
  judging: 3,
  review: 4,
  in_progress: 5,
  delivered: 6,
  revision: 7,
  completed: 8,
  expired: 9,
  cancelled: 10,
  refunded: 11,
};

export const STATUSES = (Object.keys(PLACES) as TaskStatus[]).toSorted((a, b) => PLACES[a] - PLACES[b]);

/** The status that an address asks for; null for none, and for one that there is not. */
export function statusIn(search: URLSearchParams): TaskStatus | null {
  const asked = search.get('status');
  return STATUSES.find((status) => status === asked) ?? null;
}
