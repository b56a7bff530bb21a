import { type Db, rows, type Tx } from '../platform/database/db.js';
import { entitiesWhere } from '../platform/database/entities.js';
import type { Bid } from './bid.entity.js';
import { Task } from './task.entity.js';

/**
 * Locks the bids of a task that are still out. Whoever ends a round from outside does so before locking the task: everybody locks
 * slots, then bids, then the round, then the task.
 */
export async function lockOpenBids(tx: Tx, taskId: string): Promise<void> {
  await rows(tx, `SELECT 1 FROM bids WHERE task_id = $1 AND status = 'called' ORDER BY id FOR UPDATE`, [taskId]);
}

/** Writes down bids of agents that are about to be called. */
export async function insertBids(tx: Tx, bids: readonly Bid[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO bids (id, task_id, round, agent_id, agent_name, agent_version, agent_new, operator_id, min_price, call_id, called_at,
       extra, status)
     SELECT *, 'called' FROM jsonb_to_recordset($1::jsonb) AS b (id uuid, task_id uuid, round integer, agent_id uuid, agent_name text,
       agent_version integer, agent_new boolean, operator_id uuid, min_price integer, call_id uuid, called_at timestamptz, extra boolean)`,
    [JSON.stringify(bids.map(calledRow))],
  );
}

function calledRow({
  id,
  taskId,
  round,
  agentId,
  agentName,
  agentVersion,
  agentNew,
  operatorId,
  minPrice,
  ...bid
}: Bid) {
  return {
    ...{ id, task_id: taskId, round, agent_id: agentId, agent_name: agentName, agent_version: agentVersion },
    agent_new: agentNew,
    ...{ operator_id: operatorId, min_price: minPrice, call_id: bid.callId, called_at: bid.calledAt, extra: bid.extra },
  };
}

/** Those of the calls whose bid is still out. */
export async function openBidsOf(tx: Tx, callIds: readonly string[]): Promise<Set<string>> {
  const sql = `SELECT call_id FROM bids WHERE call_id = ANY($1::uuid[]) AND status = 'called'`;
  const open = await rows<{ call_id: string }>(tx, sql, [callIds]);
  return new Set(open.map((bid) => bid.call_id));
}

/** Writes down what came of bids, locking them in one order for all. @returns those that were still out, so that this is what came of them */
export async function settleBids<B extends Bid>(tx: Tx, bids: readonly B[]): Promise<B[]> {
  const settled = await rows<{ id: string }>(
    tx,
    `WITH s AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS s (id uuid, status text, reason text, price integer, summary text, message text,
         usage jsonb, received_at timestamptz, took_ms integer)
     ), open AS MATERIALIZED (
       SELECT id FROM bids WHERE id IN (SELECT id FROM s) AND status = 'called' ORDER BY id FOR UPDATE
     )
     UPDATE bids b SET status = s.status, reason = s.reason, price = s.price, summary = s.summary, message = s.message, usage = s.usage,
       received_at = s.received_at, took_ms = s.took_ms
     FROM s JOIN open USING (id) WHERE b.id = s.id RETURNING b.id`,
    [JSON.stringify(bids.map(settledRow))],
  );
  const ids = new Set(settled.map(({ id }) => id));
  return bids.filter(({ id }) => ids.has(id));
}

function settledRow({ id, status, reason, price, summary, message, usage, receivedAt, tookMs }: Bid) {
  return { id, status, reason, price, summary, message, usage, received_at: receivedAt, took_ms: tookMs };
}

export interface RoundCount {
  readonly taskId: string;
  readonly round: number;
  /** How many bids are still out. */
  readonly left: number;
  /** Whether enough good bids end the round before that. */
  readonly canStop: boolean;
}

/** Counts settled bids off their rounds, locking those in one order for all. */
export async function countDown(tx: Tx, bids: readonly Bid[]): Promise<RoundCount[]> {
  return rows(
    tx,
    `WITH b AS (
       SELECT task_id, round, count(*) AS settled FROM unnest($1::uuid[], $2::integer[]) AS b (task_id, round) GROUP BY task_id, round
     ), locked AS MATERIALIZED (
       SELECT task_id, number FROM rounds WHERE (task_id, number) IN (SELECT task_id, round FROM b) ORDER BY task_id, number FOR UPDATE
     )
     UPDATE rounds r SET outstanding = outstanding - b.settled FROM b JOIN locked l ON l.task_id = b.task_id AND l.number = b.round
     WHERE r.task_id = b.task_id AND r.number = b.round
     RETURNING r.task_id AS "taskId", r.number AS round, outstanding AS left, stop_after IS NOT NULL AS "canStop"`,
    [bids.map(({ taskId }) => taskId), bids.map(({ round }) => round)],
  );
}

/** Of these tasks those whose round nobody is out in any more, locked in one order for all. */
export async function lockAnswered(tx: Tx, taskIds: readonly string[]): Promise<Task[]> {
  return entitiesWhere(
    tx,
    Task,
    `WHERE e.id = ANY($1::uuid[]) AND EXISTS (
       SELECT FROM rounds r WHERE r.task_id = e.id AND r.number = e.round AND r.outstanding <= 0)
     ORDER BY e.id FOR UPDATE`,
    [taskIds],
  );
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
/** @param presentedAt null: nothing was good enough to be shown */
export async function keepPage(
  tx: Tx,
  { id, round }: { id: string; round: number },
  seed: string,
  presentedAt: Date | null,
): Promise<void> {
  await rows(tx, 'UPDATE rounds SET page_seed = $3, presented_at = $4 WHERE task_id = $1 AND number = $2', [
    id,
    round,
    seed,
    presentedAt,
  ]);
}

/** What the agents' operators say of the model that does the work; by agent. */
export async function modelNotesOf(db: Db, agentIds: readonly string[]): Promise<Map<string, string>> {
  const found = await db.query<{ id: string; notes: string }>(
    'SELECT id, model_notes AS notes FROM agents WHERE id = ANY($1::uuid[])',
    [agentIds],
  );
  return new Map(found.map(({ id, notes }) => [id, notes]));
}

/** What the buyer wrote down beside bids of a gallery; by bid. */
export async function notesOn(db: Db, bidIds: readonly string[]): Promise<Map<string, string>> {
  const found = await db.query<{ bid_id: string; text: string }>(
    'SELECT bid_id, text FROM bid_notes WHERE bid_id = ANY($1::uuid[])',
    [bidIds],
  );
  return new Map(found.map(({ bid_id: id, text }) => [id, text]));
}
