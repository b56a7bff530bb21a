import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { afterCommit, rows, type Tx } from '../database/db.js';
import { Presence } from '../queue/presence.js';

/** News for one account, written in the transaction that makes it true. */
export interface NewEvent {
  readonly type: string;
  /** Who may read it. Two parties that must hear of one thing get an event each, with what each may know. */
  readonly accountId: string;
  readonly taskId?: string;
  readonly data: Record<string, unknown>;
}

export const EVENTS_TOPIC = 'events';

@Injectable()
export class Events {
  constructor(
    private readonly presence: Presence,
    private readonly clock: Clock,
  ) {}

  async append(tx: Tx, ...events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await rows(
      tx,
      `INSERT INTO events (account_id, task_id, type, data, created_at)
       SELECT account_id, task_id, type, data, $2 FROM ROWS FROM (
         jsonb_to_recordset($1::jsonb) AS (account_id uuid, task_id uuid, type text, data jsonb)
       ) WITH ORDINALITY AS e (account_id, task_id, type, data, position) ORDER BY position`,
      [
        JSON.stringify(events.map((e) => ({ account_id: e.accountId, task_id: e.taskId, type: e.type, data: e.data }))),
        this.clock.now(),
      ],
    );
    afterCommit(tx, () => this.presence.hint(EVENTS_TOPIC));
  }
}
