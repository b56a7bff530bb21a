import type { KeptNote } from '../../dispatch/callbacks.queries.js';
import { VERSION } from '../../platform/version.js';
import type { AttemptRow, CallRow } from './agent-calls.queries.js';
import { meaningOf } from './call-meaning.js';
import type { AgentCallDetail, AgentCallView } from './insight.schema.js';

export function callView(row: CallRow): AgentCallView {
  const bid = bidOf(row);
  return {
    id: row.id,
    task_id: row.task_id,
    kind: row.queue === 'benchmark' ? 'benchmark' : row.phase === 'delivery' ? 'delivery' : 'prototype',
    outcome: row.outcome,
    reason: row.reason,
    meaning: meaningOf({ outcome: row.outcome, reason: row.reason, bid }),
    bid,
    attempts: row.attempts,
    due_at: row.due_at.toISOString(),
    deadline_at: row.deadline_at.toISOString(),
    settled_at: row.settled_at?.toISOString() ?? null,
  };
}

function bidOf({
  bid_id: id,
  bid_round: round,
  bid_status: status,
  bid_reason: reason,
}: CallRow): AgentCallView['bid'] {
  return id === null || round === null || status === null ? null : { id, round, status, reason };
}

export function callDetail(row: CallRow, attempts: readonly AttemptRow[], notes: readonly KeptNote[]): AgentCallDetail {
  return {
    ...callView(row),
    request: { bytes: row.request_bytes, head: row.request_head },
    callback: callbackView(row),
    progress: notes.map(({ at, message, percent }) => ({ at: at.toISOString(), message, percent })),
    log: attempts.map((attempt) => attemptView(row, attempt)),
  };
}

function callbackView({ answered_at: at, answer_attempt: attempt }: CallRow): AgentCallDetail['callback'] {
  return at === null || attempt === null ? null : { received_at: at.toISOString(), attempt };
}

function attemptView(call: CallRow, row: AttemptRow): AgentCallDetail['log'][number] {
  const { status, bytes_received: bytes, response_head: head } = row;
  const answered = status !== null || (bytes ?? 0) > 0;
  return {
    attempt: row.attempt,
    started_at: row.started_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    acknowledged_at: row.acknowledged_at?.toISOString() ?? null,
    eta_at: row.eta_at?.toISOString() ?? null,
    outcome: row.outcome,
    reason: row.reason,
    problem: row.problem,
    request_headers: headersOf(call, row.started_at),
    response: answered ? { status, bytes: bytes ?? 0, head: head ?? '' } : null,
    connect_ms: row.connect_ms,
    first_byte_ms: row.first_byte_ms,
    total_ms: row.total_ms,
    retry_at: row.retry_at?.toISOString() ?? null,
  };
}

/** Traces keep no signature: whoever holds one could send the request again while it is fresh. */
function headersOf({ id, task_id, phase }: CallRow, startedAt: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(startedAt.getTime() / 1_000)),
    'webhook-signature': 'v1,[not kept]',
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': `Bakeoff/${VERSION}`,
    'bakeoff-task-id': task_id,
    'bakeoff-phase': phase,
  };
}
