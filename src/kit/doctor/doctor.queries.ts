import { affected, type Db, rows, type Tx } from '../../platform/database/db.js';
import type { DoctorRun, Kept } from './findings.js';

const COLUMNS = `id, agent_id AS "agentId", status, reason, attempt, findings, started_at AS "startedAt",
  deadline_at AS "deadlineAt", finished_at AS "finishedAt"`;

export interface Owned extends DoctorRun {
  readonly operatorId: string;
}

/** @returns null: one is running already */
export async function insertRun(
  tx: Tx,
  {
    id,
    agentId,
    operatorId,
    now,
    deadlineAt,
  }: { id: string; agentId: string; operatorId: string; now: Date; deadlineAt: Date },
): Promise<DoctorRun | null> {
  const [run] = await rows<DoctorRun>(
    tx,
    `INSERT INTO doctor_runs (id, agent_id, operator_id, status, started_at, deadline_at) VALUES ($1, $2, $3, 'running', $4, $5)
     ON CONFLICT (agent_id) WHERE status = 'running' DO NOTHING RETURNING ${COLUMNS}`,
    [id, agentId, operatorId, now, deadlineAt],
  );
  return run ?? null;
}

/** Runs of an agent that should be over for long: their job is lost, and they hold up the next. */
export async function closeLost(tx: Tx, agentId: string, before: Date, now: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE doctor_runs SET status = 'broken_off', reason = 'This server lost it.', finished_at = $3
     WHERE agent_id = $1 AND status = 'running' AND deadline_at < $2`,
    [agentId, before, now],
  );
}

export async function latestRun(db: Db, agentId: string): Promise<DoctorRun | null> {
  const [run] = await db.query<DoctorRun>(
    `SELECT ${COLUMNS} FROM doctor_runs WHERE agent_id = $1 ORDER BY id DESC LIMIT 1`,
    [agentId],
  );
  return run ?? null;
}

/** Begins a run, for the first time or again: what an earlier attempt found is found anew. */
export async function beginRun(db: Db, runId: string): Promise<Owned | null> {
  const [run] = await db.query<Owned>(
    `UPDATE doctor_runs SET attempt = attempt + 1, findings = '[]' WHERE id = $1 AND status = 'running'
     RETURNING ${COLUMNS}, operator_id AS "operatorId"`,
    [runId],
  );
  return run ?? null;
}

/** Only the latest attempt writes. */
export async function addFinding(db: Db, { id, attempt }: DoctorRun, finding: Kept): Promise<void> {
  await db.query(
    `UPDATE doctor_runs SET findings = findings || $3::jsonb WHERE id = $1 AND attempt = $2 AND status = 'running'`,
    [id, attempt, JSON.stringify([finding])],
  );
}

/** Ends it and lets its files go. @returns whether this ended it */
export async function endRun(
  tx: Tx,
  { id, attempt }: DoctorRun,
  end: { status: 'finished' | 'broken_off'; reason: string | null; now: Date },
): Promise<boolean> {
  const ended = await affected(
    tx,
    `UPDATE doctor_runs SET status = $3, reason = $4, finished_at = $5 WHERE id = $1 AND attempt = $2 AND status = 'running'`,
    [id, attempt, end.status, end.reason, end.now],
  );
  if (ended > 0) await rows(tx, 'DELETE FROM doctor_files WHERE run_id = $1', [id]);
  return ended > 0;
}

export async function forgetRuns(db: Db, before: Date): Promise<void> {
  await db.query('DELETE FROM doctor_runs WHERE started_at < $1', [before]);
}
