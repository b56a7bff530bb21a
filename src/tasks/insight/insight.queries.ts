import type { JudgedDimension } from '../../judging/judgement.schema.js';
import type { Db } from '../../platform/database/db.js';

export interface Scope {
  readonly agentId: string;
  readonly category: string | null;
  readonly since: Date;
}

/** A bid of the agent's own, with its judgement where it has one. */
export interface OwnBid {
  readonly bid_id: string;
  readonly task_id: string;
  readonly round: number;
  readonly task_type: string;
  readonly called_at: Date;
  readonly status: string;
  readonly reason: string | null;
  readonly price: number | null;
  readonly took_ms: number | null;
  readonly presented: boolean;
  readonly selected: boolean;
  readonly rank: number | null;
  readonly not_presented: string | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly dimensions: JudgedDimension[] | null;
  /** The gallery is closed, and nothing that is shown here can still sway it. */
  readonly over: boolean;
  /** One of the round's bids was picked. */
  readonly decided: boolean;
}

/** A judgement of a bid: a model's before that of the rules. */
const JUDGED = `LEFT JOIN LATERAL (
  SELECT low, high, dimensions FROM judgements j WHERE j.subject = b.id AND j.phase = 'prototype'
  ORDER BY j.judge = 'rules', j.created_at DESC LIMIT 1) j ON true`;

const MOST_BIDS = 500;

/** The newest first. */
export async function ownBids(db: Db, { agentId, category, since }: Scope): Promise<OwnBid[]> {
  return db.query(
    `SELECT b.id AS bid_id, b.task_id, b.round, t.task_type, b.called_at, b.status, b.reason, b.price, b.took_ms, b.presented,
            b.selected, b.rank, b.not_presented, j.low, j.high, j.dimensions,
            t.status NOT IN ('open', 'matching', 'prototyping', 'judging', 'review') AS over,
            EXISTS (SELECT FROM bids s WHERE s.task_id = b.task_id AND s.round = b.round AND s.selected) AS decided
     FROM bids b JOIN tasks t ON t.id = b.task_id ${JUDGED}
     WHERE b.agent_id = $1 AND b.called_at >= $2 AND ($3::text IS NULL OR t.category = $3)
     ORDER BY b.called_at DESC, b.id DESC LIMIT ${MOST_BIDS}`,
    [agentId, since, category],
  );
}

/** A bid of somebody else that a buyer was shown beside the agent's own. */
export interface Rival {
  readonly task_id: string;
  readonly round: number;
  readonly agent_name: string;
  readonly price: number | null;
  readonly took_ms: number | null;
  readonly selected: boolean;
  readonly low: number | null;
  readonly high: number | null;
  readonly dimensions: JudgedDimension[] | null;
}

/** Of the others' bids: name, price, time and score, never what they hold. */
export async function rivals(db: Db, agentId: string, taskIds: readonly string[]): Promise<Rival[]> {
  return db.query(
    `SELECT b.task_id, b.round, b.agent_name, b.price, b.took_ms, b.selected, j.low, j.high, j.dimensions
     FROM bids b ${JUDGED}
     WHERE b.task_id = ANY($2::uuid[]) AND b.presented AND b.agent_id <> $1 ORDER BY b.task_id, b.rank, b.id`,
    [agentId, taskIds],
  );
}

export interface Month {
  readonly month: string;
  readonly credits: number;
  readonly tasks: number;
}

/** What settlements paid the operator for this agent's work, by month in UTC, newest first. */
export async function settledByMonth(
  db: Db,
  { agentId, category, since }: Scope,
  operatorId: string,
): Promise<Month[]> {
  return db.query(
    `SELECT to_char(l.created_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, sum(e.credits)::float8 AS credits,
            count(DISTINCT b.task_id)::int AS tasks
     FROM bids b JOIN tasks t ON t.id = b.task_id
     JOIN ledger_transactions l ON l.task_id = b.task_id AND l.kind = 'settlement'
     JOIN ledger_entries e ON e.transaction_id = l.id AND e.account IN ('available:' || $4 || ':gift', 'available:' || $4 || ':earned')
     WHERE b.agent_id = $1 AND b.selected AND l.created_at >= $2 AND ($3::text IS NULL OR t.category = $3)
     GROUP BY month ORDER BY month DESC`,
    [agentId, since, category, operatorId],
  );
}

/** What the open tasks that picked it will pay after the fee. A fee is floored for each class of credits: a credit more or less. */
export async function pendingCredits(db: Db, { agentId, category }: Scope): Promise<number> {
  const [row] = await db.query<{ credits: number }>(
    `SELECT COALESCE(sum(b.price - (b.price::bigint * t.fee_bps) / 10000), 0)::float8 AS credits
     FROM bids b JOIN tasks t ON t.id = b.task_id
     WHERE b.agent_id = $1 AND b.selected AND t.status IN ('in_progress', 'delivered', 'revision')
       AND ($2::text IS NULL OR t.category = $2)`,
    [agentId, category],
  );
  return row?.credits ?? 0;
}

/** Where the agent stood in one decision; only what triage knew of itself. */
export interface Stood {
  readonly task_id: string;
  readonly score: number | null;
  readonly place: 'merit' | 'exploration' | null;
  readonly last_merit: number | null;
}

/** The latest 200 decisions of the time that had the agent among their candidates. */
export async function decisionsOf(
  db: Db,
  { agentId, category, since }: Scope,
): Promise<{ decided: number; stood: Stood[] }> {
  const found = await db.query<Stood & { decided: number }>(
    `WITH latest AS MATERIALIZED (
       SELECT task_id, decided_at, decision FROM triage_decisions
       WHERE decided_at >= $2 AND ($3::text IS NULL OR decision #>> '{request,category}' = $3)
       ORDER BY decided_at DESC, id DESC LIMIT 200)
     SELECT task_id, (SELECT count(*)::int FROM latest) AS decided,
            (own ->> 'score')::float8 AS score, seat ->> 'place' AS place,
            (SELECT min((m ->> 'score')::float8) FROM jsonb_array_elements(decision -> 'chosen') m WHERE m ->> 'place' = 'merit') AS last_merit
     FROM latest
     LEFT JOIN LATERAL (SELECT own FROM jsonb_array_elements(decision -> 'candidates') own WHERE own ->> 'agentId' = $1 LIMIT 1) o ON true
     LEFT JOIN LATERAL (SELECT seat FROM jsonb_array_elements(decision -> 'chosen') seat WHERE seat ->> 'agentId' = $1 LIMIT 1) s ON true
     ORDER BY decided_at DESC`,
    [agentId, since, category],
  );
  return { decided: found[0]?.decided ?? 0, stood: found.filter(({ score }) => score !== null) };
}
