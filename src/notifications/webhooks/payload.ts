/** What happened, as a webhook tells it. */
export interface Told {
  /** Of GET /events; null for a ping. */
  readonly eventId: string | null;
  readonly type: string;
  readonly taskId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** The body of a delivery: the three fields of Standard Webhooks, with the ids of the event and its task. */
export function webhookBody({ eventId, type, taskId, data, at }: Told): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), event_id: eventId, task_id: taskId, data });
}
