import { affected, rows, type Tx } from '../platform/database/db.js';
import type { Attempt, NewCall } from './call.js';
import type { Exchanged } from './outcome.js';

/** Everything that decides whether an attempt may start now, read under the lock on the agent's slots. */
export interface CallState {
  readonly call_id: string;
  readonly agent_id: string;
  readonly task_id: string;
  readonly phase: 'prototype' | 'delivery';
  readonly queue: string;
  readonly request_hash: string;
  readonly due_at: Date;
  readonly deadline_at: Date;
  readonly attempts: number;
  readonly outcome: string | null;
  readonly endpoint_url: string;
  readonly max_concurrency: number;
  /** Attempts of this agent that hold a slot. */
  readonly running: number;
  /** The worker that has an attempt of this call open right now. */
  readonly under_way_by: string | null;
}

/** Locks the agent's slots until the transaction ends. */
export async function lockSlots(tx: Tx, agentId: string): Promise<void> {
  await rows(
    tx,
    'INSERT INTO agent_slots (agent_id) VALUES ($1) ON CONFLICT (agent_id) DO UPDATE SET agent_id = excluded.agent_id',
    [agentId],
  );
}

/** The same for the agent of a call that is still open. @returns the agent */
export async function lockSlotsOf(tx: Tx, callId: string): Promise<string | undefined> {
  const [slots] = await rows<{ agent_id: string }>(
    tx,
    `INSERT INTO agent_slots (agent_id) SELECT agent_id FROM calls WHERE id = $1 AND outcome IS NULL
     ON CONFLICT (agent_id) DO UPDATE SET agent_id = excluded.agent_id RETURNING agent_id`,
    [callId],
  );
  return slots?.agent_id;
}

export async function callState(tx: Tx, callId: string, now: Date): Promise<CallState | undefined> {
  const [state] = await rows<CallState>(
    tx,
    `SELECT c.id AS call_id, c.agent_id, c.task_id, c.phase, c.queue, c.request_hash, c.due_at, c.deadline_at, c.attempts,
            c.outcome, a.endpoint_url, a.max_concurrency,
            (SELECT count(*)::int FROM call_attempts t
              WHERE t.agent_id = c.agent_id AND t.outcome IS NULL AND t.lease_until > $2) AS running,
            (SELECT t.worker_id FROM call_attempts t
              WHERE t.call_id = c.id AND t.outcome IS NULL AND t.lease_until > $2 LIMIT 1) AS under_way_by
     FROM calls c JOIN agents a ON a.id = c.agent_id WHERE c.id = $1`,
    [callId, now],
  );
  return state;
}

export function nextAttempt(call: CallState): Attempt {
  return {
    callId: call.call_id,
    attempt: call.attempts + 1,
    agentId: call.agent_id,
    taskId: call.task_id,
    phase: call.phase,
    queue: call.queue,
    endpointUrl: call.endpoint_url,
    requestHash: call.request_hash,
    deadlineAt: call.deadline_at,
  };
}

export async function insertCalls(tx: Tx, calls: readonly NewCall[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO calls (id, agent_id, task_id, phase, queue, request_hash, request_bytes, request_head, due_at, deadline_at)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, agent_id uuid, task_id uuid, phase text, queue text,
       request_hash text, request_bytes integer, request_head text, due_at timestamptz, deadline_at timestamptz)`,
    [JSON.stringify(calls.map(rowOf))],
  );
}

function rowOf({ id, agentId, taskId, phase, queue, request, dueAt, deadlineAt }: NewCall) {
  const { hash, size, head } = request;
  const stored = { request_hash: hash, request_bytes: size, request_head: head };
  return { id, agent_id: agentId, task_id: taskId, phase, queue, ...stored, due_at: dueAt, deadline_at: deadlineAt };
}

export async function insertAttempt(
  tx: Tx,
  attempt: Attempt,
  workerId: string,
  startedAt: Date,
  leaseUntil: Date,
): Promise<void> {
  await rows(
    tx,
    `WITH counted AS (UPDATE calls SET attempts = $2, waiting_since = NULL WHERE id = $1)
     INSERT INTO call_attempts (call_id, attempt, agent_id, phase, worker_id, started_at, lease_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [attempt.callId, attempt.attempt, attempt.agentId, attempt.phase, workerId, startedAt, leaseUntil],
  );
}

export async function waitForSlot(tx: Tx, callId: string, now: Date): Promise<void> {
  await rows(tx, 'UPDATE calls SET waiting_since = COALESCE(waiting_since, $2) WHERE id = $1', [callId, now]);
}

/**
 * Ends an attempt and, unless it is tried again, its call; the slot goes to whoever has waited longest. One statement, since
 * every bid of every round runs it under the lock on its agent's slots.
 *
 * @returns whether this settled the call, and the call that may take the slot
 */
export async function finishAttempt(
  tx: Tx,
  { callId, attempt, agentId }: Attempt,
  exchanged: Exchanged,
  finishedAt: Date,
  retryAt: Date | null,
): Promise<{ settled: boolean; next: { id: string; queue: string } | null }> {
  const { outcome } = exchanged;
  const reason = outcome.kind === 'answered' ? null : outcome.reason.slice(0, 500);
  const [row] = await rows<{ settled: boolean; next_id: string | null; next_queue: string | null }>(
    tx,
    `WITH ended AS (
       UPDATE call_attempts SET outcome = $3, reason = $4, problem = $5, finished_at = $6, status = $7, connect_ms = $8,
         first_byte_ms = $9, total_ms = $10, bytes_sent = $11, bytes_received = $12, response_hash = $13, response_head = $14, retry_at = $15
       WHERE call_id = $1 AND attempt = $2
     ), settled AS (
       UPDATE calls SET outcome = $3, reason = $4, settled_at = $6, waiting_since = NULL
       WHERE id = $1 AND outcome IS NULL AND $15::timestamptz IS NULL RETURNING id
     ), next AS (
       UPDATE calls SET waiting_since = NULL, due_at = $6 WHERE id = (
         SELECT id FROM calls WHERE agent_id = $16 AND waiting_since IS NOT NULL AND outcome IS NULL AND id <> $1
         ORDER BY waiting_since, id LIMIT 1) RETURNING id, queue
     )
     SELECT EXISTS (SELECT FROM settled) AS settled, (SELECT id FROM next) AS next_id, (SELECT queue FROM next) AS next_queue`,
    [
      callId,
      attempt,
      outcome.kind,
      reason,
      outcome.kind === 'failed' ? outcome.problem.slice(0, 1_000) : null,
      finishedAt,
      exchanged.status,
      exchanged.connectMs,
      exchanged.firstByteMs,
      exchanged.totalMs,
      exchanged.bytesSent,
      exchanged.bytesReceived,
      exchanged.responseHash,
      exchanged.responseHead,
      retryAt,
      agentId,
    ],
  );
  const next = row?.next_id && row.next_queue ? { id: row.next_id, queue: row.next_queue } : null;
  return { settled: row?.settled ?? false, next };
}

/** Attempts of a call that ended with a result of the agent's: those our side lost do not count against it. */
export async function countTries(tx: Tx, callId: string): Promise<number> {
  const [row] = await rows<{ tries: number }>(
    tx,
    `SELECT count(*)::int AS tries FROM call_attempts WHERE call_id = $1 AND outcome <> 'unknown'`,
    [callId],
  );
  return row?.tries ?? 0;
}

/** @returns whether this is what settled it; false when it was settled before */
export async function settleCall(
  tx: Tx,
  callId: string,
  outcome: string,
  reason: string | null,
  now: Date,
): Promise<boolean> {
  const settled = await affected(
    tx,
    'UPDATE calls SET outcome = $2, reason = $3, settled_at = $4, waiting_since = NULL WHERE id = $1 AND outcome IS NULL',
    [callId, outcome, reason?.slice(0, 500) ?? null, now],
  );
  return settled > 0;
}

/** The call that has waited longest for a slot of this agent; it stops waiting. */
export async function nextWaiting(
  tx: Tx,
  agentId: string,
  now: Date,
): Promise<{ id: string; queue: string } | undefined> {
  const [next] = await rows<{ id: string; queue: string }>(
    tx,
    `UPDATE calls SET waiting_since = NULL, due_at = $2 WHERE id = (
       SELECT id FROM calls WHERE agent_id = $1 AND waiting_since IS NOT NULL AND outcome IS NULL
       ORDER BY waiting_since, id LIMIT 1) RETURNING id, queue`,
    [agentId, now],
  );
  return next;
}

/** Ends one attempt that our side lost. */
export async function loseAttempt(tx: Tx, callId: string, attempt: number, now: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE call_attempts SET outcome = 'unknown', reason = 'our_fault', finished_at = $3
     WHERE call_id = $1 AND attempt = $2 AND outcome IS NULL`,
    [callId, attempt, now],
  );
}

/** Ends the attempts of a worker that died; what the agents did with them is not known. */
export async function orphanAttempts(tx: Tx, workerId: string, now: Date): Promise<{ agent_id: string }[]> {
  return rows(
    tx,
    `UPDATE call_attempts SET outcome = 'unknown', reason = 'worker_gone', finished_at = $2
     WHERE worker_id = $1 AND outcome IS NULL RETURNING agent_id`,
    [workerId, now],
  );
}

/** Agents that have a call waiting and a slot free: a hint got lost, or they were allowed more at a time. */
export async function idleWithWaiting(tx: Tx, now: Date): Promise<{ agent_id: string }[]> {
  return rows(
    tx,
    `SELECT DISTINCT c.agent_id FROM calls c JOIN agents a ON a.id = c.agent_id
     WHERE c.waiting_since IS NOT NULL AND c.outcome IS NULL AND a.max_concurrency > (
       SELECT count(*) FROM call_attempts t WHERE t.agent_id = c.agent_id AND t.outcome IS NULL AND t.lease_until > $1)`,
    [now],
  );
}

export async function deleteSettledBefore(tx: Tx, before: Date): Promise<void> {
  await rows(
    tx,
    `WITH gone AS (SELECT id FROM calls WHERE settled_at < $1 ORDER BY settled_at LIMIT 10000),
       attempts AS (DELETE FROM call_attempts WHERE call_id IN (SELECT id FROM gone))
     DELETE FROM calls WHERE id IN (SELECT id FROM gone)`,
    [before],
  );
}
