import type { StoredEvent } from '../platform/events/event-log.js';
import type { EventView } from './event.schema.js';

export function eventView(event: StoredEvent): EventView {
  return {
    id: event.id,
    type: event.type,
    task_id: event.taskId,
    data: event.data,
    created_at: event.createdAt.toISOString(),
  };
}
