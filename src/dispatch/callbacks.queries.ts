import type { ProgressNote } from '@bakeoff/agent-kit';
import { affected, type Db, rows, type Tx } from '../platform/database/db.js';
import type { Attempt } from './call.js';

/** A call as whoever answers it later meets it. */
export interface OpenCall {
  readonly id: string;
  readonly queue: string;
  readonly deadline_at: Date;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly answer_hash: string | null;
  readonly answered_at: Date | null;
}

export async function callById(db: Db, callId: string): Promise<OpenCall | undefined> {
  const [call] = await db.query<OpenCall>(
    'SELECT id, queue, deadline_at, outcome, reason, answer_hash, answered_at FROM calls WHERE id = $1',
    [callId],
  );
  return call;
}

/** What the 202 looked like. */
export interface Seen {
  readonly status: number | null;
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  readonly bytesSent: number;
  readonly etaAt: Date | null;
}

/** From here on the agent has it, and its slot stays taken. @returns false when the attempt was ended meanwhile */
export async function acknowledge(tx: Tx, { callId, attempt }: Attempt, seen: Seen, now: Date): Promise<boolean> {
  const acknowledged = await affected(
    tx,
    `UPDATE call_attempts SET acknowledged_at = $3, eta_at = $4, status = $5, connect_ms = $6, first_byte_ms = $7, total_ms = $8, bytes_sent = $9
     WHERE call_id = $1 AND attempt = $2 AND outcome IS NULL`,
    [callId, attempt, now, seen.etaAt, seen.status, seen.connectMs, seen.firstByteMs, seen.totalMs, seen.bytesSent],
  );
  return acknowledged > 0;
}

/** An answer that came by callback, its bytes stored. */
export interface NewAnswer {
  readonly hash: string;
  readonly bytes: number;
  readonly receivedAt: Date;
  /** Which try of the agent's it was, from 1. */
  readonly attempt: number;
}

/** Keeps the first answer of an open call. @returns false when there is one, or the call is over */
export async function keepAnswer(tx: Tx, callId: string, answer: NewAnswer): Promise<boolean> {
  const kept = await affected(
    tx,
    `UPDATE calls SET answer_hash = $2, answer_bytes = $3, answered_at = $4, answer_attempt = $5
     WHERE id = $1 AND outcome IS NULL AND answer_hash IS NULL`,
    [callId, answer.hash, answer.bytes, answer.receivedAt, answer.attempt],
  );
  return kept > 0;
}

/** An attempt that was acknowledged or answered by callback, as far as it is known. */
export interface LaterAnswer {
  readonly answer_hash: string | null;
  readonly answer_bytes: number | null;
  readonly answered_at: Date | null;
  readonly started_at: Date;
  readonly status: number | null;
  readonly connect_ms: number | null;
  readonly first_byte_ms: number | null;
  readonly bytes_sent: number | null;
  /** What was wrong with the last callback that was refused. */
  readonly problem: string | null;
  /** Of one that came too late. */
  readonly response_hash: string | null;
  readonly response_head: string | null;
  readonly bytes_received: number | null;
}

export async function laterAnswer(db: Db, { callId, attempt }: Attempt): Promise<LaterAnswer> {
  const [found] = await db.query<LaterAnswer>(
    `SELECT c.answer_hash, c.answer_bytes, c.answered_at, t.started_at, t.status, t.connect_ms, t.first_byte_ms, t.bytes_sent, t.problem,
            t.response_hash, t.response_head, t.bytes_received
     FROM calls c JOIN call_attempts t ON t.call_id = c.id AND t.attempt = $2 WHERE c.id = $1`,
    [callId, attempt],
  );
  if (!found) throw new Error(`The call ${callId} has no attempt ${attempt}.`);
  return found;
}

/** Notes for the agent's operator why a callback was refused, while the call stays open. */
export async function noteRefused(db: Db, callId: string, problem: string): Promise<void> {
  await db.query('UPDATE call_attempts SET problem = $2 WHERE call_id = $1 AND outcome IS NULL', [
    callId,
    problem.slice(0, 1_000).toWellFormed(),
  ]);
}

/** What came too late is kept for the trace, and never judged. */
export async function keepLate(
  db: Db,
  callId: string,
  late: { hash: string; size: number; head: string },
): Promise<void> {
  await db.query(
    `UPDATE call_attempts SET response_hash = $2, bytes_received = $3, response_head = $4
     WHERE call_id = $1 AND acknowledged_at IS NOT NULL AND response_hash IS NULL`,
    [callId, late.hash, late.size, late.head],
  );
}

/** Ends what agents acknowledged of a call that nobody wants any more: nobody's fault. */
export async function releaseAcknowledged(tx: Tx, callId: string, now: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE call_attempts SET outcome = 'unknown', reason = 'not_wanted', finished_at = $2
     WHERE call_id = $1 AND outcome IS NULL AND acknowledged_at IS NOT NULL`,
    [callId, now],
  );
}

/** A note as it is kept. */
export interface NewNote {
  readonly callId: string;
  readonly messageId: string;
  readonly at: Date;
  readonly note: ProgressNote;
}

/** @returns false for a note that was kept before */
export async function insertNote(tx: Tx, { callId, messageId, at, note }: NewNote): Promise<boolean> {
  const inserted = await affected(
    tx,
    `INSERT INTO call_progress (call_id, message_id, at, message, percent) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [callId, messageId, at, note.message, note.percent ?? null],
  );
  return inserted > 0;
}

/** Counts a note of a call that is open. @returns false when there are too many of them, or they come too fast */
export async function countNote(tx: Tx, callId: string, at: Date, most: number, everyMs: number): Promise<boolean> {
  const counted = await affected(
    tx,
    `UPDATE calls SET progress_notes = progress_notes + 1, progress_at = $2
     WHERE id = $1 AND progress_notes < $3 AND (progress_at IS NULL OR progress_at <= $4)`,
    [callId, at, most, new Date(at.getTime() - everyMs)],
  );
  return counted > 0;
}

export interface KeptNote {
  readonly call_id: string;
  readonly at: Date;
  readonly message: string;
  readonly percent: number | null;
}

/** The last note of each of the calls that has one. */
export async function lastNotes(db: Db, callIds: readonly string[]): Promise<ReadonlyMap<string, KeptNote>> {
  const notes = await db.query<KeptNote>(
    `SELECT DISTINCT ON (call_id) call_id, at, message, percent FROM call_progress WHERE call_id = ANY($1::uuid[])
     ORDER BY call_id, at DESC`,
    [callIds],
  );
  return new Map(notes.map((note) => [note.call_id, note]));
}

/** All notes of a call, oldest first. */
export async function notesOf(db: Db, callId: string): Promise<KeptNote[]> {
  return db.query('SELECT call_id, at, message, percent FROM call_progress WHERE call_id = $1 ORDER BY at', [callId]);
}
