import { Injectable } from '@nestjs/common';
import { Db, type Tx } from '../database/db.js';
import { DomainError } from '../http/errors.js';
import { type Cursor, cursorText, isAfter, parseCursor, START } from './cursor.js';

export interface StoredEvent {
  readonly cursor: Cursor;
  readonly id: string;
  readonly type: string;
  readonly accountId: string;
  readonly taskId: string | null;
  readonly data: Record<string, unknown>;
  readonly createdAt: Date;
}

export interface Audience {
  readonly accountId: string;
  readonly taskId?: string;
}

export class EventsGone extends DomainError {
  readonly kind = 'gone';
  readonly code = 'EVENTS_GONE';

  constructor() {
    super(
      'Events after that cursor are no longer kept.',
      'Read the current state of your tasks, then go on from GET /events without a cursor.',
      'after',
    );
  }
}

interface Row {
  xid: string;
  id: string;
  account_id: string;
  task_id: string | null;
  type: string;
  data: Record<string, unknown>;
  created_at: Date;
}

/**
 * The events in the order in which readers may rely on: by (transaction id, id), and only of transactions older than the
 * oldest one still running. One that commits late has a larger id than everything already read, so nothing is skipped.
 */
@Injectable()
export class EventLog {
  constructor(private readonly db: Db) {}

  /** Everything after a cursor, whoever it is for, oldest first. */
  async after(cursor: Cursor, limit: number): Promise<StoredEvent[]> {
    return this.read('', cursor, limit, []);
  }

  /**
   * One account's events after a cursor (its task's alone, if named), oldest first.
   *
   * @throws EventsGone the cursor is older than what is kept
   */
  async afterFor({ accountId, taskId }: Audience, cursor: Cursor, limit: number): Promise<StoredEvent[]> {
    await this.refuseForgotten(cursor);
    if (taskId === undefined) return this.read('AND account_id = $4', cursor, limit, [accountId]);
    return this.read('AND account_id = $4 AND task_id = $5', cursor, limit, [accountId, taskId]);
  }

  /** The newest position that a reader may start from without missing anything that comes. */
  async end(): Promise<Cursor> {
    const [row] = await this.db.query<{ xid: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid');
    return { xid: row?.xid ?? '0', id: '0' };
  }

  /** Drops events older than `before` and remembers how far that went. */
  async forget(before: Date): Promise<number> {
    return this.db.transaction(async (tx) => {
      const gone: { xid: string; id: string }[] = await tx.query(
        `WITH gone AS (DELETE FROM events WHERE created_at < $1 RETURNING xid, id)
         SELECT xid::text, id::text FROM gone ORDER BY gone.xid DESC, gone.id DESC`,
        [before],
      );
      const [newest] = gone;
      if (newest) {
        await this.rememberForgotten(tx, newest);
      }
      return gone.length;
    });
  }

  /** Old events may be dropped out of order of their ids: the mark only ever moves on. */
  private async rememberForgotten(tx: Tx, newest: Cursor): Promise<void> {
    await tx.query(`INSERT INTO installation (key, value) VALUES ('events_forgotten', '0-0') ON CONFLICT DO NOTHING`);
    const [row]: { value: string }[] = await tx.query(
      `SELECT value FROM installation WHERE key = 'events_forgotten' FOR UPDATE`,
    );
    if (!isAfter(newest, parseCursor(row?.value ?? '0-0'))) return;
    await tx.query(`UPDATE installation SET value = $1 WHERE key = 'events_forgotten'`, [cursorText(newest)]);
  }

  private async refuseForgotten(cursor: Cursor): Promise<void> {
    if (cursor.xid === START.xid && cursor.id === START.id) return;
    const [row] = await this.db.query<{ value: string }>(
      `SELECT value FROM installation WHERE key = 'events_forgotten'`,
    );
    if (!row) return;
    const [xid = '0', id = '0'] = row.value.split('-');
    if (isAfter({ xid, id }, cursor)) throw new EventsGone();
  }

  private async read(where: string, cursor: Cursor, limit: number, params: unknown[]): Promise<StoredEvent[]> {
    const found = await this.db.query<Row>(
      `SELECT xid::text, id::text, account_id, task_id, type, data, created_at FROM events
       WHERE (xid, id) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot()) ${where}
       ORDER BY events.xid, events.id LIMIT $3`,
      [cursor.xid, cursor.id, limit, ...params],
    );
    return found.map((row) => ({
      cursor: { xid: row.xid, id: row.id },
      id: cursorText(row),
      type: row.type,
      accountId: row.account_id,
      taskId: row.task_id,
      data: row.data,
      createdAt: row.created_at,
    }));
  }
}
