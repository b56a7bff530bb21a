import type { ExecutionMode } from '@bakeoff/agent-kit';
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
  readonly endpoint_url: string;
  readonly max_concurrency: number;
  /** Attempts of this agent that hold a slot. */
  readonly running: number;
  /** The worker that has an attempt of this call open right now, or `WITH_AGENT`. */
  readonly under_way_by: string | null;
  readonly execution_mode: ExecutionMode;
  /** By callback. */
  readonly is_answered: boolean;
}

/** In the place of a worker: the agent has acknowledged, and nobody of ours waits for it. */
export const WITH_AGENT = 'agent';

/** Those of the calls that are still open. */
export async function callStates(tx: Tx, callIds: readonly string[], now: Date): Promise<CallState[]> {
  return rows(
    tx,
    `SELECT c.id AS call_id, c.agent_id, c.task_id, c.phase, c.queue, c.request_hash, c.due_at, c.deadline_at, c.attempts,
            c.answer_hash IS NOT NULL AS is_answered, a.endpoint_url, a.max_concurrency, a.execution_mode,
            (SELECT count(*)::int FROM call_attempts t
              WHERE t.agent_id = c.agent_id AND t.outcome IS NULL AND t.lease_until > $2) AS running,
            (SELECT CASE WHEN t.acknowledged_at IS NULL THEN t.worker_id::text ELSE '${WITH_AGENT}' END FROM call_attempts t
              WHERE t.call_id = c.id AND t.outcome IS NULL AND (t.lease_until > $2 OR t.acknowledged_at IS NOT NULL)
              LIMIT 1) AS under_way_by
     FROM calls c JOIN agents a ON a.id = c.agent_id WHERE c.id = ANY($1::uuid[]) AND c.outcome IS NULL`,
    [callIds, now],
  );
}

export function nextAttempt(call: CallState): Attempt {
  return { ...lastAttempt(call), attempt: call.attempts + 1 };
}

/** The one that was made last. */
export function lastAttempt(call: CallState): Attempt {
  return {
    callId: call.call_id,
    attempt: call.attempts,
    agentId: call.agent_id,
    taskId: call.task_id,
    phase: call.phase,
    queue: call.queue,
    endpointUrl: call.endpoint_url,
    requestHash: call.request_hash,
    deadlineAt: call.deadline_at,
    isAsync: call.execution_mode === 'async',
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

/** An attempt that takes its slot. */
export interface Started {
  readonly attempt: Attempt;
  readonly leaseUntil: Date;
}

export async function insertAttempts(
  tx: Tx,
  started: readonly Started[],
  workerId: string,
  startedAt: Date,
): Promise<void> {
  await rows(
    tx,
    `WITH s AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS s (call_id uuid, attempt integer, agent_id uuid, phase text, lease_until timestamptz)
     ), counted AS (
       UPDATE calls SET attempts = s.attempt, waiting_since = NULL FROM s WHERE calls.id = s.call_id
     )
     INSERT INTO call_attempts (call_id, attempt, agent_id, phase, worker_id, started_at, lease_until)
     SELECT call_id, attempt, agent_id, phase, $2, $3, lease_until FROM s`,
    [JSON.stringify(started.map(startedRow)), workerId, startedAt],
  );
}

function startedRow({ attempt: { callId, attempt, agentId, phase }, leaseUntil }: Started) {
  return { call_id: callId, attempt, agent_id: agentId, phase, lease_until: leaseUntil };
}

export async function waitForSlot(tx: Tx, callIds: readonly string[], now: Date): Promise<void> {
  const sql = 'UPDATE calls SET waiting_since = COALESCE(waiting_since, $2) WHERE id = ANY($1::uuid[])';
  await rows(tx, sql, [callIds, now]);
}

/** What came of an attempt, and when it is tried again, if it is. */
export interface Finished {
  readonly attempt: Attempt;
  readonly exchanged: Exchanged;
  readonly retryAt: Date | null;
}

/** A call and the queue of its job. */
export interface QueuedCall {
  readonly id: string;
  readonly queue: string;
}

/**
 * Ends attempts and, unless they are tried again, their calls; each slot goes to whoever has waited longest for it. One statement, since
 * every bid of every round runs it under the lock on its agent's slots. What came by callback first stands, whatever came of the request.
 *
 * @returns the calls that this settled, and those that may take a slot
 */
export async function finishAttempts(
  tx: Tx,
  finished: readonly Finished[],
  now: Date,
): Promise<{ settled: ReadonlySet<string>; next: readonly QueuedCall[] }> {
  const [row] = await rows<{ settled: string[]; next: QueuedCall[] }>(
    tx,
    `WITH f AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS f (call_id uuid, attempt integer, agent_id uuid, outcome text, reason text, problem text,
         status integer, connect_ms real, first_byte_ms real, total_ms real, bytes_sent integer, bytes_received integer,
         response_hash text, response_head text, retry_at timestamptz, called_back boolean)
     ), ended AS (
       UPDATE call_attempts t SET outcome = f.outcome, reason = f.reason, problem = f.problem, finished_at = $2, status = f.status,
         connect_ms = f.connect_ms, first_byte_ms = f.first_byte_ms, total_ms = f.total_ms, bytes_sent = f.bytes_sent,
         bytes_received = f.bytes_received, response_hash = f.response_hash, response_head = f.response_head, retry_at = f.retry_at
       FROM f WHERE t.call_id = f.call_id AND t.attempt = f.attempt AND (t.outcome IS NULL OR t.outcome = 'unknown')
     ), settled AS (
       UPDATE calls c SET outcome = f.outcome, reason = f.reason, settled_at = $2, waiting_since = NULL
       FROM f WHERE c.id = f.call_id AND c.outcome IS NULL AND f.retry_at IS NULL AND (c.answer_hash IS NULL OR f.called_back)
       RETURNING c.id
     ), next AS (
       UPDATE calls SET waiting_since = NULL, due_at = $2 WHERE id IN (
         SELECT w.id FROM (SELECT agent_id, count(*) AS slots FROM f GROUP BY agent_id) freed, LATERAL (
           SELECT id FROM calls WHERE agent_id = freed.agent_id AND waiting_since IS NOT NULL AND outcome IS NULL
             AND id NOT IN (SELECT call_id FROM f)
           ORDER BY waiting_since, id LIMIT freed.slots) w) RETURNING id, queue
     )
     SELECT ARRAY(SELECT id FROM settled) AS settled,
            COALESCE((SELECT jsonb_agg(jsonb_build_object('id', id, 'queue', queue)) FROM next), '[]') AS next`,
    [JSON.stringify(finished.map(finishedRow)), now],
  );
  return { settled: new Set(row?.settled), next: row?.next ?? [] };
}

function finishedRow({ attempt: { callId, attempt, agentId }, exchanged, retryAt }: Finished) {
  const { outcome } = exchanged;
  return {
    call_id: callId,
    attempt,
    agent_id: agentId,
    outcome: outcome.kind,
    reason: outcome.kind === 'answered' ? null : cut(outcome.reason, 500),
    problem: outcome.kind === 'failed' ? cut(outcome.problem, 1_000) : null,
    status: exchanged.status,
    connect_ms: exchanged.connectMs,
    first_byte_ms: exchanged.firstByteMs,
    total_ms: exchanged.totalMs,
    bytes_sent: exchanged.bytesSent,
    bytes_received: exchanged.bytesReceived,
    response_hash: exchanged.responseHash,
    response_head: exchanged.responseHead,
    retry_at: retryAt,
    called_back: exchanged.calledBack ?? false,
  };
}

/** PostgreSQL's JSON knows no half of a surrogate pair, which is what a cut may leave. */
function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/** Attempts that ended with a result of the agent's, by call: those our side lost do not count against it. */
export async function countTries(tx: Tx, callIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = await rows<{ id: string; tries: number }>(
    tx,
    `SELECT call_id AS id, count(*)::int AS tries FROM call_attempts
     WHERE call_id = ANY($1::uuid[]) AND outcome <> 'unknown' GROUP BY call_id`,
    [callIds],
  );
  return new Map(counts.map(({ id, tries }) => [id, tries]));
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
    [callId, outcome, reason === null ? null : cut(reason, 500), now],
  );
  return settled > 0;
}

/** The call that has waited longest for a slot of this agent; it stops waiting. */
export async function nextWaiting(tx: Tx, agentId: string, now: Date): Promise<QueuedCall | undefined> {
  const [next] = await rows<QueuedCall>(
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

/** Ends the attempts of a worker that died; what the agents did with them is not known. What they acknowledged goes on. */
export async function orphanAttempts(tx: Tx, workerId: string, now: Date): Promise<{ agent_id: string }[]> {
  return rows(
    tx,
    `UPDATE call_attempts SET outcome = 'unknown', reason = 'worker_gone', finished_at = $2
     WHERE worker_id = $1 AND outcome IS NULL AND acknowledged_at IS NULL RETURNING agent_id`,
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
