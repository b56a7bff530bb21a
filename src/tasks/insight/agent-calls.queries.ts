import type { Db } from '../../platform/database/db.js';
import type { Known } from './call-meaning.js';

export interface CallRow {
  readonly id: string;
  readonly task_id: string;
  readonly queue: string;
  readonly phase: string;
  readonly outcome: Known['outcome'];
  readonly reason: string | null;
  readonly attempts: number;
  readonly due_at: Date;
  readonly deadline_at: Date;
  readonly settled_at: Date | null;
  readonly request_bytes: number;
  readonly request_head: string;
  readonly answered_at: Date | null;
  readonly answer_attempt: number | null;
  readonly bid_id: string | null;
  readonly bid_round: number | null;
  readonly bid_status: string | null;
  readonly bid_reason: string | null;
  /** When it was due, as a cursor needs it: to the microsecond. */
  readonly position: string;
}

export interface AttemptRow {
  readonly attempt: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly problem: string | null;
  readonly status: number | null;
  readonly connect_ms: number | null;
  readonly first_byte_ms: number | null;
  readonly total_ms: number | null;
  readonly bytes_received: number | null;
  readonly response_head: string | null;
  readonly retry_at: Date | null;
  readonly acknowledged_at: Date | null;
  readonly eta_at: Date | null;
}

const CALLS = `SELECT c.id, c.task_id, c.queue, c.phase, c.outcome, c.reason, c.attempts, c.due_at, c.deadline_at, c.settled_at,
         c.request_bytes, c.request_head, c.answered_at, c.answer_attempt, b.id AS bid_id, b.round AS bid_round, b.status AS bid_status, b.reason AS bid_reason,
         to_char(c.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position
  FROM calls c LEFT JOIN bids b ON b.call_id = c.id WHERE c.agent_id = $1`;

export interface CallPage {
  readonly task: string | undefined;
  readonly outcome: string | undefined;
  readonly before: readonly [dueAt: string, id: string] | null;
  readonly limit: number;
}

/** The calls of an agent, the latest first. */
export async function callsOf(db: Db, agentId: string, { task, outcome, before, limit }: CallPage): Promise<CallRow[]> {
  return db.query(
    `${CALLS} AND ($2::uuid IS NULL OR c.task_id = $2) AND ($3::text IS NULL OR c.outcome = $3)
       AND ($4::timestamptz IS NULL OR (c.due_at, c.id) < ($4, $5::uuid))
     ORDER BY c.due_at DESC, c.id DESC LIMIT $6`,
    [agentId, task ?? null, outcome ?? null, before?.[0] ?? null, before?.[1] ?? null, limit],
  );
}

export async function callOf(db: Db, agentId: string, callId: string): Promise<CallRow | undefined> {
  const [row] = await db.query<CallRow>(`${CALLS} AND c.id = $2`, [agentId, callId]);
  return row;
}

export async function attemptsOf(db: Db, callId: string): Promise<AttemptRow[]> {
  return db.query(
    `SELECT attempt, started_at, finished_at, outcome, reason, problem, status, connect_ms, first_byte_ms, total_ms,
            bytes_received, response_head, retry_at, acknowledged_at, eta_at FROM call_attempts WHERE call_id = $1 ORDER BY attempt LIMIT 100`,
    [callId],
  );
}
