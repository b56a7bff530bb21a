import { type Db, rows, type Tx } from '../../platform/database/db.js';

/** One row of `webhook_deliveries`, without its body. */
export interface DeliveryRow {
  readonly id: string;
  readonly webhook_id: string;
  readonly event_id: string | null;
  readonly type: string;
  readonly status: 'pending' | 'delivered' | 'failed';
  readonly reason: string | null;
  readonly attempts: number;
  readonly tries: number;
  readonly next_at: Date | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly started_at: Date;
  readonly outcome: 'delivered' | 'failed' | 'unknown' | null;
  readonly problem: string | null;
  readonly status: number | null;
  readonly connect_ms: number | null;
  readonly first_byte_ms: number | null;
  readonly total_ms: number | null;
  readonly request_headers: Record<string, string> | null;
  readonly response_headers: Record<string, string> | null;
  readonly response_head: string | null;
}

const COLUMNS = 'id, webhook_id, event_id, type, status, reason, attempts, tries, next_at, created_at, finished_at';

export interface NewDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string | null;
  readonly type: string;
  readonly body: string;
}

/** Writes deliveries that are due now, for webhooks that are on, each event once a webhook. @returns the ids written */
export async function insertDeliveries(tx: Tx, made: readonly NewDelivery[], now: Date): Promise<string[]> {
  if (made.length === 0) return [];
  const inserted = await rows<{ id: string }>(
    tx,
    `INSERT INTO webhook_deliveries (id, webhook_id, event_id, type, body, status, next_at, created_at)
     SELECT d.id, d.webhook_id, d.event_id, d.type, d.body, 'pending', $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS d (id uuid, webhook_id uuid, event_id text, type text, body text)
     JOIN webhooks w ON w.id = d.webhook_id AND w.enabled
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      JSON.stringify(
        made.map(({ id, webhookId, eventId, type, body }) => ({
          id,
          webhook_id: webhookId,
          event_id: eventId,
          type,
          body,
        })),
      ),
      now,
    ],
  );
  return inserted.map(({ id }) => id);
}

export async function deliveryOf(
  db: Db,
  webhookId: string,
  id: string,
): Promise<(DeliveryRow & { body: string }) | undefined> {
  const [row] = await db.query<DeliveryRow & { body: string }>(
    `SELECT ${COLUMNS}, body FROM webhook_deliveries WHERE id = $1 AND webhook_id = $2`,
    [id, webhookId],
  );
  return row;
}

export async function attemptsOf(db: Db, deliveryId: string): Promise<AttemptRow[]> {
  return db.query(
    `SELECT attempt, started_at, outcome, problem, status, connect_ms, first_byte_ms, total_ms, request_headers,
            response_headers, response_head
     FROM webhook_attempts WHERE delivery_id = $1 ORDER BY attempt DESC LIMIT 100`,
    [deliveryId],
  );
}

export interface LogPage {
  readonly status: string | undefined;
  readonly type: string | undefined;
  readonly before: string | undefined;
  readonly limit: number;
}

export async function deliveriesOf(
  db: Db,
  webhookId: string,
  { status = null, type = null, before = null, limit }: { [K in keyof LogPage]: LogPage[K] | null } & { limit: number },
): Promise<DeliveryRow[]> {
  return db.query(
    `SELECT ${COLUMNS} FROM webhook_deliveries WHERE webhook_id = $1 AND ($2::text IS NULL OR status = $2)
       AND ($3::text IS NULL OR type = $3) AND ($4::uuid IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
    [webhookId, status, type, before, limit],
  );
}

/** Begins a delivery's schedule anew, now. One that is under way or waits is only moved up. */
export async function sendAgain(tx: Tx, webhookId: string, id: string, now: Date): Promise<DeliveryRow | undefined> {
  const [row] = await rows<DeliveryRow>(
    tx,
    `UPDATE webhook_deliveries SET status = 'pending', tries = 0, next_at = $3, finished_at = NULL
     WHERE id = $1 AND webhook_id = $2 RETURNING ${COLUMNS}`,
    [id, webhookId, now],
  );
  return row;
}

/** The same for those that failed, oldest first. @returns their ids */
export async function sendFailedAgain(
  tx: Tx,
  webhookId: string,
  since: Date,
  most: number,
  now: Date,
): Promise<string[]> {
  const again = await rows<{ id: string }>(
    tx,
    `UPDATE webhook_deliveries SET status = 'pending', tries = 0, next_at = $4, finished_at = NULL WHERE id IN (
       SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND status = 'failed' AND created_at >= $2
       ORDER BY id LIMIT $3) RETURNING id`,
    [webhookId, since, most, now],
  );
  return again.map(({ id }) => id);
}

export async function hasFailedSince(tx: Tx, webhookId: string, since: Date): Promise<boolean> {
  const found = await rows(
    tx,
    `SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1 AND status = 'failed' AND created_at >= $2 LIMIT 1`,
    [webhookId, since],
  );
  return found.length > 0;
}

/** A first try has its own job; only when that was lost long ago is it sent again. */
export async function dueDeliveries(db: Db, now: Date, limit: number): Promise<{ id: string; attempts: number }[]> {
  return db.query(
    `SELECT d.id, d.attempts FROM webhook_deliveries d
     WHERE d.status = 'pending' AND d.next_at <= $1::timestamptz - CASE WHEN d.tries = 0 THEN interval '30 s' ELSE interval '0' END
       AND d.waiting_since IS NULL AND NOT EXISTS (
         SELECT FROM webhook_attempts a WHERE a.delivery_id = d.id AND a.outcome IS NULL AND a.lease_until > $1)
     ORDER BY d.next_at LIMIT $2`,
    [now, limit],
  );
}

/** Webhooks with deliveries that wait although nothing is under way: a hint got lost. */
export async function idleWithWaiting(db: Db, now: Date): Promise<{ webhook_id: string }[]> {
  return db.query(
    `SELECT DISTINCT d.webhook_id FROM webhook_deliveries d WHERE d.waiting_since IS NOT NULL AND NOT EXISTS (
       SELECT FROM webhook_attempts a WHERE a.webhook_id = d.webhook_id AND a.outcome IS NULL AND a.lease_until > $1)`,
    [now],
  );
}

/** Forgets deliveries, with their attempts, that were over before. @returns how many */
export async function forgetDeliveries(tx: Tx, before: Date): Promise<number> {
  const gone = await rows(
    tx,
    `DELETE FROM webhook_deliveries WHERE id IN (
       SELECT id FROM webhook_deliveries WHERE created_at < $1 AND status <> 'pending' ORDER BY created_at LIMIT 10000)
     RETURNING 1`,
    [before],
  );
  return gone.length;
}
