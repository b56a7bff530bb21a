import { rows, type Tx } from '../platform/database/db.js';
import type { Bid } from './bid.entity.js';

/**
 * Locks the bids of a task that are still out. Whoever ends a round from outside does so before locking the task: everybody locks
 * slots, then bids, then the round, then the task.
 */
export async function lockOpenBids(tx: Tx, taskId: string): Promise<void> {
  await rows(tx, `SELECT 1 FROM bids WHERE task_id = $1 AND status = 'called' ORDER BY id FOR UPDATE`, [taskId]);
}

/** @returns whether the bid was still out, so that this is what came of it */
export async function settleBid(tx: Tx, bid: Bid): Promise<boolean> {
  const settled = await rows(
    tx,
    `UPDATE bids SET status = $2, reason = $3, price = $4, summary = $5, message = $6, usage = $7, received_at = $8, took_ms = $9
     WHERE id = $1 AND status = 'called' RETURNING 1`,
    [bid.id, bid.status, bid.reason, bid.price, bid.summary, bid.message, bid.usage, bid.receivedAt, bid.tookMs],
  );
  return settled.length > 0;
}

/** Counts one bid less that is out. @returns how many are left */
export async function countDown(tx: Tx, { taskId, round }: Bid): Promise<number> {
  const [row] = await rows<{ outstanding: number }>(
    tx,
    'UPDATE rounds SET outstanding = outstanding - 1 WHERE task_id = $1 AND number = $2 RETURNING outstanding',
    [taskId, round],
  );
  return row?.outstanding ?? 0;
}

/** Ends the bids that are still out: late if the agent was called, and not called if our side never did. @returns their ids */
export async function endOpenBids(tx: Tx, taskId: string, round: number, now: Date): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    `UPDATE bids b SET received_at = $3, reason = 'no answer before the deadline', status = CASE WHEN EXISTS (
         SELECT FROM call_attempts t WHERE t.call_id = b.call_id AND t.outcome IS DISTINCT FROM 'unknown') THEN 'late' ELSE 'not_called' END
     WHERE task_id = $1 AND round = $2 AND status = 'called' RETURNING id`,
    [taskId, round, now],
  );
  return ended.map(({ id }) => id);
}

export interface Placing {
  readonly bidId: string;
  readonly rank: number;
  readonly presented: boolean;
}

export async function placeBids(tx: Tx, placings: readonly Placing[]): Promise<void> {
  await rows(
    tx,
    `UPDATE bids SET rank = p.rank, presented = p.presented
     FROM jsonb_to_recordset($1::jsonb) AS p ("bidId" uuid, rank integer, presented boolean) WHERE bids.id = p."bidId"`,
    [JSON.stringify(placings.map(({ bidId, rank, presented }) => ({ bidId, rank, presented })))],
  );
}
