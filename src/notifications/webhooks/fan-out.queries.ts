import { affected, type Db, type Tx } from '../../platform/database/db.js';
import { type Cursor, isAfter } from '../../platform/events/cursor.js';
import type { Wish } from './patterns.js';

const LAST_ID = String(2n ** 63n - 1n);

export interface Heard {
  readonly webhookId: string;
  readonly wish: Wish;
  readonly event: {
    readonly cursor: Cursor;
    readonly type: string;
    readonly taskId: string | null;
    readonly data: Record<string, unknown>;
    readonly createdAt: Date;
  };
}

export interface Batch {
  /** Each event with each webhook of its account. */
  readonly heard: readonly Heard[];
  readonly end: Cursor;
  readonly count: number;
}

/**
 * Where to read on: after the cursor, but not what came before the first webhook was there to hear it.
 *
 * @returns null when no webhook is on
 */
export async function startingPoint(db: Db): Promise<{ cursor: Cursor; from: Cursor } | null> {
  const [row] = await db.query<{ xid: string; id: string; since: string | null }>(
    `SELECT xid::text, id::text,
            (SELECT since_xid::text FROM webhooks WHERE enabled ORDER BY since_xid LIMIT 1) AS since FROM webhook_cursor`,
  );
  if (!row || row.since === null) return null;
  const cursor = { xid: row.xid, id: row.id };
  const since = { xid: row.since, id: LAST_ID };
  return { cursor, from: isAfter(since, cursor) ? since : cursor };
}

interface Row {
  xid: string;
  id: string;
  type: string;
  task_id: string | null;
  data: Record<string, unknown>;
  created_at: Date;
  webhook_id: string | null;
  types: string[];
  wish_agent: string | null;
  wish_task: string | null;
}

/** Reads as the event log does: in the order of (transaction, id), and only what no running transaction can still precede. */
export async function batchAfter(db: Db, { xid, id }: Cursor, limit: number): Promise<Batch | null> {
  const found = await db.query<Row>(
    `WITH batch AS MATERIALIZED (
       SELECT * FROM events
       WHERE (xid, id) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY xid, id LIMIT $3)
     SELECT e.xid::text, e.id::text, w.id AS webhook_id, w.types, w.agent_id AS wish_agent, w.task_id AS wish_task,
            CASE WHEN w.id IS NOT NULL THEN e.type END AS type, e.task_id,
            CASE WHEN w.id IS NOT NULL THEN e.data END AS data, e.created_at
     FROM batch e LEFT JOIN webhooks w ON w.account_id = e.account_id AND w.enabled AND w.since_xid < e.xid
     ORDER BY e.xid, e.id, w.id`,
    [xid, id, limit],
  );
  const last = found.at(-1);
  if (!last) return null;
  const events = new Set(found.map((row) => `${row.xid}-${row.id}`));
  return { heard: found.flatMap(heardOf), end: { xid: last.xid, id: last.id }, count: events.size };
}

function heardOf(row: Row): Heard[] {
  if (row.webhook_id === null) return [];
  const { xid, id, type, task_id: taskId, data, created_at: createdAt } = row;
  const wish = { types: row.types, agentId: row.wish_agent, taskId: row.wish_task };
  return [{ webhookId: row.webhook_id, wish, event: { cursor: { xid, id }, type, taskId, data, createdAt } }];
}

/** @returns false when somebody else has moved it meanwhile */
export async function moveCursor(tx: Tx, from: Cursor, to: Cursor): Promise<boolean> {
  const moved = await affected(
    tx,
    `UPDATE webhook_cursor SET xid = $3::xid8, id = $4::bigint WHERE xid = $1::xid8 AND id = $2::bigint`,
    [from.xid, from.id, to.xid, to.id],
  );
  return moved > 0;
}
