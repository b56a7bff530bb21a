import { type Db, rows, type Tx } from '../platform/database/db.js';
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

/** Counts one bid less that is out. @returns how many are left, and whether enough good ones end the round before that */
export async function countDown(tx: Tx, { taskId, round }: Bid): Promise<{ left: number; canStop: boolean }> {
  const [row] = await rows<{ left: number; canStop: boolean }>(
    tx,
    `UPDATE rounds SET outstanding = outstanding - 1 WHERE task_id = $1 AND number = $2
     RETURNING outstanding AS left, stop_after IS NOT NULL AS "canStop"`,
    [taskId, round],
  );
  return row ?? { left: 0, canStop: false };
}

/**
 * Ends the bids that are still out: late if the agent was called, and not called if our side never did. An extra bidder had less
 * time than the others, so being late costs it nothing.
 *
 * @returns their ids
 */
export async function endOpenBids(tx: Tx, taskId: string, round: number, now: Date): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    `UPDATE bids b SET received_at = $3, reason = 'no answer before the deadline', status = CASE WHEN b.extra THEN 'cancelled' WHEN EXISTS (
         SELECT FROM call_attempts t WHERE t.call_id = b.call_id AND t.outcome IS DISTINCT FROM 'unknown') THEN 'late' ELSE 'not_called' END
     WHERE task_id = $1 AND round = $2 AND status = 'called' RETURNING id`,
    [taskId, round, now],
  );
  return ended.map(({ id }) => id);
}

/** Ends the bids that are still out because enough good ones came: nobody's fault. @returns their ids */
export async function releaseOpenBids(tx: Tx, taskId: string, round: number, now: Date): Promise<string[]> {
  const released = await rows<{ id: string }>(
    tx,
    `UPDATE bids SET status = 'cancelled', received_at = $3, reason = 'enough good bids came before it'
     WHERE task_id = $1 AND round = $2 AND status = 'called' RETURNING id`,
    [taskId, round, now],
  );
  return released.map(({ id }) => id);
}

export interface Placing {
  readonly bidId: string;
  readonly rank: number;
  /** null: not presented. */
  readonly position: number | null;
  readonly why: string | null;
  readonly declaredModel: string | null;
}

export async function placeBids(tx: Tx, placings: readonly Placing[]): Promise<void> {
  await rows(
    tx,
    `UPDATE bids SET rank = p.rank, presented = p.position IS NOT NULL, position = p.position, not_presented = p.why, declared_model = p.model
     FROM jsonb_to_recordset($1::jsonb) AS p (id uuid, rank integer, position integer, why text, model text) WHERE bids.id = p.id`,
    [
      JSON.stringify(
        placings.map(({ bidId, rank, position, why, declaredModel }) => ({
          id: bidId,
          rank,
          position,
          why,
          model: declaredModel,
        })),
      ),
    ],
  );
}

/** Keeps what shuffled the page of a round. */
export async function keepPageSeed(tx: Tx, { id, round }: { id: string; round: number }, seed: string): Promise<void> {
  await rows(tx, 'UPDATE rounds SET page_seed = $3 WHERE task_id = $1 AND number = $2', [id, round, seed]);
}

/** What the agents' operators say of the model that does the work; by agent. */
export async function modelNotesOf(db: Db, agentIds: readonly string[]): Promise<Map<string, string>> {
  const found = await db.query<{ id: string; notes: string }>(
    'SELECT id, model_notes AS notes FROM agents WHERE id = ANY($1::uuid[])',
    [agentIds],
  );
  return new Map(found.map(({ id, notes }) => [id, notes]));
}
