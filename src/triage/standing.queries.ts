import { type Db, rows, type Tx } from '../platform/database/db.js';
import { POLICY } from './policy.js';
import { trend } from './score.js';
import { type Growth, REMEMBERED } from './standing.js';

/** What an agent's record says in a category (`taskType` null) or in one task type of it. */
export interface Standing {
  readonly agentId: string;
  readonly category: string;
  readonly taskType: string | null;
  readonly called: number;
  readonly judged: number;
  /** Of every judged bid, 0-100; null: there is none. */
  readonly mean: number | null;
  /** Points by which the latest bids lie above those before them. */
  readonly trend: number;
  /** How long the latest bids took, in ms; null: there is none. */
  readonly medianMs: number | null;
  readonly presented: number;
  readonly picked: number;
  readonly late: number;
  readonly failed: number;
  readonly delivered: number;
}

const MOST_SETBACKS = 10;

const GROW = `
  INSERT INTO agent_standing AS s (agent_id, category, task_type, called, judged, score_sum, recent, recent_ms,
                                   presented, picked, late, failed, delivered, setbacks, setback_at, updated_at)
  SELECT agent_id, category, task_type, called, judged, score_sum, recent[:$3], recent_ms[:$3],
         presented, picked, late, failed, delivered, LEAST(late + failed, $4), CASE WHEN late + failed > 0 THEN $2::timestamptz END, $2
  FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
    agent_id uuid, category text, task_type text, called integer, judged integer, score_sum double precision, recent real[],
    recent_ms integer[], presented integer, picked integer, late integer, failed integer, delivered integer
  )) WITH ORDINALITY ORDER BY ordinality
  ON CONFLICT ON CONSTRAINT agent_standing_once DO UPDATE SET
    called = s.called + excluded.called,
    judged = s.judged + excluded.judged,
    score_sum = s.score_sum + excluded.score_sum,
    recent = (excluded.recent || s.recent)[:$3],
    recent_ms = (excluded.recent_ms || s.recent_ms)[:$3],
    presented = s.presented + excluded.presented,
    picked = s.picked + excluded.picked,
    late = s.late + excluded.late,
    failed = s.failed + excluded.failed,
    delivered = s.delivered + excluded.delivered,
    setbacks = LEAST(s.setbacks / (1 << LEAST(excluded.judged, 4)) + excluded.setbacks, $4),
    setback_at = COALESCE(excluded.setback_at, s.setback_at),
    updated_at = excluded.updated_at`;

/** Adds to the standing, row after row in the order given. */
export async function addToStanding(tx: Tx, growths: readonly Growth[], now: Date): Promise<void> {
  if (growths.length > 0) await rows(tx, GROW, [JSON.stringify(growths), now, REMEMBERED, MOST_SETBACKS]);
}

/** By agent, category and task type; the row of a whole category comes before those of its task types. */
export async function standingOf(db: Db, agentIds: readonly string[]): Promise<Standing[]> {
  const found = await db.query<Omit<Standing, 'trend'> & { recent: number[] }>(
    `SELECT agent_id AS "agentId", category, task_type AS "taskType", called, judged, score_sum / NULLIF(judged, 0) AS mean, recent,
            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM unnest(recent_ms) ms) AS "medianMs",
            presented, picked, late, failed, delivered
     FROM agent_standing WHERE agent_id = ANY($1::uuid[]) ORDER BY agent_id, category, task_type NULLS FIRST`,
    [agentIds],
  );
  return found.map(({ recent, ...standing }) => ({ ...standing, trend: trend(recent, POLICY) * 100 }));
}
