import { rows, type Tx } from '../../platform/database/db.js';

/** Everything that decides whether an attempt may start now, read under the lock on its webhook. */
export interface Standing {
  readonly id: string;
  readonly webhook_id: string;
  readonly url: string;
  readonly type: string;
  readonly body: string;
  readonly status: string;
  readonly attempts: number;
  readonly next_at: Date | null;
  readonly failing: boolean;
  readonly slow: boolean;
  /** Attempts of the webhook that hold a place. */
  readonly running: number;
  readonly under_way: boolean;
}

/** Locks the delivery's webhook until the transaction ends and reads where it stands. */
export async function lockedStanding(tx: Tx, deliveryId: string, now: Date): Promise<Standing | undefined> {
  await rows(
    tx,
    `SELECT 1 FROM webhooks WHERE id = (SELECT webhook_id FROM webhook_deliveries WHERE id = $1) FOR NO KEY UPDATE`,
    [deliveryId],
  );
  const [standing] = await rows<Standing>(
    tx,
    `SELECT d.id, d.webhook_id, w.url, d.type, d.body, d.status, d.attempts, d.next_at,
            w.failing_since IS NOT NULL AS failing, w.slow,
            (SELECT count(*)::int FROM webhook_attempts a
              WHERE a.webhook_id = w.id AND a.outcome IS NULL AND a.lease_until > $2) AS running,
            EXISTS (SELECT FROM webhook_attempts a
              WHERE a.delivery_id = d.id AND a.outcome IS NULL AND a.lease_until > $2) AS under_way
     FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1`,
    [deliveryId, now],
  );
  return standing;
}

export interface Opened {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly attempt: number;
  readonly workerId: string;
  readonly startedAt: Date;
  readonly leaseUntil: Date;
}

/** Writes the attempt down before the first byte goes out. One that was left open before it is lost. */
export async function openAttempt(tx: Tx, opened: Opened): Promise<void> {
  const { deliveryId, webhookId, attempt, workerId, startedAt, leaseUntil } = opened;
  await rows(
    tx,
    `UPDATE webhook_attempts SET outcome = 'unknown', finished_at = $2 WHERE delivery_id = $1 AND outcome IS NULL`,
    [deliveryId, startedAt],
  );
  await rows(
    tx,
    `WITH counted AS (UPDATE webhook_deliveries SET attempts = $2, tries = tries + 1, waiting_since = NULL WHERE id = $1)
     INSERT INTO webhook_attempts (delivery_id, attempt, webhook_id, worker_id, started_at, lease_until)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [deliveryId, attempt, webhookId, workerId, startedAt, leaseUntil],
  );
}

export async function waitForPlace(tx: Tx, deliveryId: string, now: Date): Promise<void> {
  await rows(tx, 'UPDATE webhook_deliveries SET waiting_since = COALESCE(waiting_since, $2) WHERE id = $1', [
    deliveryId,
    now,
  ]);
}

export interface Ended {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'failed';
  readonly problem: string | null;
  readonly status: number | null;
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  readonly responseHead: string | null;
}

/** @returns the tries of its delivery so far; undefined when the webhook is gone, or the attempt was counted as lost */
export async function endAttempt(tx: Tx, ended: Ended, now: Date): Promise<number | undefined> {
  const [row] = await rows<{ tries: number }>(
    tx,
    `UPDATE webhook_attempts a SET outcome = $3, problem = $4, finished_at = $5, status = $6, connect_ms = $7,
       first_byte_ms = $8, total_ms = $9, request_headers = $10, response_headers = $11, response_head = $12
     FROM webhook_deliveries d WHERE a.delivery_id = $1 AND a.attempt = $2 AND d.id = a.delivery_id AND a.outcome IS NULL
     RETURNING d.tries`,
    [
      ended.deliveryId,
      ended.attempt,
      ended.outcome,
      ended.problem,
      now,
      ended.status,
      ended.connectMs,
      ended.firstByteMs,
      ended.totalMs,
      JSON.stringify(ended.requestHeaders),
      ended.responseHeaders === null ? null : JSON.stringify(ended.responseHeaders),
      ended.responseHead,
    ],
  );
  return row?.tries;
}

/** Delivered is delivered, even if the webhook was switched off meanwhile. */
export async function markDelivered(tx: Tx, deliveryId: string, now: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE webhook_deliveries SET status = 'delivered', reason = NULL, next_at = NULL, finished_at = $2, waiting_since = NULL WHERE id = $1`,
    [deliveryId, now],
  );
}

/** Tried again at `nextAt`, or failed for good. */
export async function markFailed(
  tx: Tx,
  deliveryId: string,
  problem: string,
  nextAt: Date | null,
  now: Date,
): Promise<void> {
  await rows(
    tx,
    `UPDATE webhook_deliveries SET reason = $2, next_at = $3::timestamptz, waiting_since = NULL,
       status = CASE WHEN $3::timestamptz IS NULL THEN 'failed' ELSE 'pending' END,
       finished_at = CASE WHEN $3::timestamptz IS NULL THEN $4::timestamptz END
     WHERE id = $1 AND status = 'pending'`,
    [deliveryId, problem, nextAt, now],
  );
}

/** How the receiver does: what failing and slow ones get fewer places by. */
export async function noteReceiver(
  tx: Tx,
  webhookId: string,
  { failingSince, slow }: { failingSince: Date | null; slow: boolean },
): Promise<void> {
  await rows(
    tx,
    `UPDATE webhooks SET failing_since = $2, slow = $3
     WHERE id = $1 AND (failing_since IS DISTINCT FROM $2 OR slow <> $3)`,
    [webhookId, failingSince, slow],
  );
}

/** Takes up to `places` deliveries out of the wait, longest first. @returns their ids */
export async function takeWaiting(tx: Tx, webhookId: string, places: number, now: Date): Promise<string[]> {
  const taken = await rows<{ id: string }>(
    tx,
    `UPDATE webhook_deliveries SET waiting_since = NULL WHERE id IN (
       SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND waiting_since IS NOT NULL
       ORDER BY waiting_since, id LIMIT GREATEST(0, $2 - (
         SELECT count(*) FROM webhook_attempts WHERE webhook_id = $1 AND outcome IS NULL AND lease_until > $3))
     ) RETURNING id`,
    [webhookId, places, now],
  );
  return taken.map(({ id }) => id);
}

/** Ends the attempts of a worker that died: what the receivers did with them is not known, and they cost no try. */
export async function orphanAttempts(tx: Tx, workerId: string, now: Date): Promise<void> {
  await rows(
    tx,
    `WITH lost AS (
       UPDATE webhook_attempts SET outcome = 'unknown', finished_at = $2 WHERE worker_id = $1 AND outcome IS NULL
       RETURNING delivery_id)
     UPDATE webhook_deliveries SET tries = GREATEST(tries - 1, 0) WHERE id IN (SELECT delivery_id FROM lost)`,
    [workerId, now],
  );
}
