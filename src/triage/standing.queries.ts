import { type Db, rows, type Tx } from '../platform/database/db.js';
import { type Lesson, lessons } from './lessons.js';
import { POLICY } from './policy.js';
import { type ShownRating, shownRating } from './rating.js';
import { trend } from './score.js';
import { type Called, growths, KEPT_REMEMBERED, REMEMBERED, rowKey, type StandingChange } from './standing.js';

/** What an agent's record says in a category (`taskType` null) or in one task type of it. */
export interface Standing {
  readonly agentId: string;
  readonly category: string;
  readonly taskType: string | null;
  readonly called: number;
  readonly judged: number;
  /** Of the bids judged by the latest version of each task type's rubric, 0-100; null: there is none. */
  readonly mean: number | null;
  /** How its bids compared with the others of their rounds, 0-100, where 50 is the market's middle; null: none was judged. */
  readonly relative: number | null;
  /** Points by which the latest bids lie above those before them, relative to their rounds. */
  readonly trend: number;
  /** How long the latest bids took, in ms; null: there is none. */
  readonly medianMs: number | null;
  readonly presented: number;
  readonly picked: number;
  readonly late: number;
  readonly failed: number;
  readonly delivered: number;
  /** What its latest deliveries scored, as shares of their prototypes (0-1), newest first. */
  readonly kept: readonly number[];
  readonly rating: ShownRating;
}

const MOST_SETBACKS = 10;
/** From so many answers on it is known how long an agent usually takes. */
const USUAL_FROM = 5;

// Whoever adds to a row holds it until the commit, so what is returned stays true for the lessons.
const GROW = `
  INSERT INTO agent_standing AS s (agent_id, category, task_type, called, judged, score_sum, recent, recent_ms, presented, picked, late, failed,
                                   delivered, setbacks, setback_at, updated_at, answer_ms, answered_at, kept)
  SELECT agent_id, category, task_type, called, judged, score_sum, '{}', recent_ms[:$3], presented, picked, late, failed,
         delivered, LEAST(late + failed, $4), CASE WHEN late + failed > 0 THEN $2::timestamptz END, $2,
         answer_ms[:$3], CASE WHEN cardinality(answer_ms) > 0 THEN $2::timestamptz END, kept[:$6]
  FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
    agent_id uuid, category text, task_type text, called integer, judged integer, score_sum double precision, recent_ms integer[],
    answer_ms integer[], presented integer, picked integer, late integer, failed integer, delivered integer, kept real[]
  )) WITH ORDINALITY ORDER BY ordinality
  ON CONFLICT ON CONSTRAINT agent_standing_once DO UPDATE SET
    called = s.called + excluded.called,
    judged = s.judged + excluded.judged,
    score_sum = s.score_sum + excluded.score_sum,
    recent_ms = (excluded.recent_ms || s.recent_ms)[:$3],
    presented = s.presented + excluded.presented,
    picked = s.picked + excluded.picked,
    late = s.late + excluded.late,
    failed = s.failed + excluded.failed,
    delivered = s.delivered + excluded.delivered,
    kept = (excluded.kept || s.kept)[:$6],
    setbacks = LEAST(s.setbacks / (1 << LEAST(excluded.judged, 4)) + excluded.setbacks, $4),
    setback_at = COALESCE(excluded.setback_at, s.setback_at),
    answer_ms = (excluded.answer_ms || s.answer_ms)[:$3],
    answered_at = COALESCE(excluded.answered_at, s.answered_at),
    usual_ms = CASE
      WHEN cardinality(excluded.answer_ms) = 0 THEN s.usual_ms
      WHEN cardinality(excluded.answer_ms || s.answer_ms) >= $5 THEN (
        SELECT percentile_disc(0.8) WITHIN GROUP (ORDER BY ms) FROM unnest((excluded.answer_ms || s.answer_ms)[:$3]) ms) END,
    updated_at = excluded.updated_at
  RETURNING id, agent_id AS "agentId", category, task_type AS "taskType", version, weight, relative_sum AS relative, level_sum AS level,
            mu, sigma, compared, recent, rubric_version AS "rubricVersion", rubric_judged AS "rubricJudged", rubric_sum AS "rubricSum"`;

const LEARN = `
  UPDATE agent_standing s SET version = l.version, weight = l.weight, relative_sum = l.relative, level_sum = l.level, recent = l.recent,
         mu = l.mu, sigma = l.sigma, compared = l.compared,
         rubric_version = l.rubric_version, rubric_judged = l.rubric_judged, rubric_sum = l.rubric_sum
  FROM jsonb_to_recordset($1::jsonb) AS l (
    id bigint, version integer, weight double precision, relative double precision, level double precision, recent real[],
    mu double precision, sigma double precision, compared integer, rubric_version integer, rubric_judged integer, rubric_sum double precision)
  WHERE s.id = l.id`;

interface GrownRow {
  readonly id: string;
  readonly agentId: string;
  readonly category: string | null;
  readonly taskType: string | null;
  readonly version: number;
  readonly weight: number;
  readonly relative: number;
  readonly level: number;
  readonly mu: number;
  readonly sigma: number;
  readonly compared: number;
  readonly recent: readonly number[];
  readonly rubricVersion: number;
  readonly rubricJudged: number;
  readonly rubricSum: number;
}

/** Adds to the standing: counts row after row in one order for all, then what the rounds teach. */
export async function addToStanding(tx: Tx, changes: readonly (StandingChange | Called)[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const grown = await rows<GrownRow>(tx, GROW, [
    JSON.stringify(growths(changes)),
    now,
    REMEMBERED,
    MOST_SETBACKS,
    USUAL_FROM,
    KEPT_REMEMBERED,
  ]);
  const before = new Map(grown.map((row) => [rowKey(row.agentId, row.category, row.taskType), lessonOf(row)]));
  const after = [
    ...lessons(
      before,
      changes.filter((change) => change.happened !== 'called'),
    ).values(),
  ];
  if (after.length > 0) await rows(tx, LEARN, [JSON.stringify(after.map(columns))]);
}

function lessonOf({ id, version, weight, relative, level, mu, sigma, compared, recent, ...rubric }: GrownRow): Lesson {
  return {
    id,
    memory: { version, weight, relative, level },
    rating: { mu, sigma, compared },
    recent,
    rubric: { version: rubric.rubricVersion, judged: rubric.rubricJudged, sum: rubric.rubricSum },
  };
}

function columns({ id, memory, rating, recent, rubric }: Lesson) {
  const { version, judged, sum } = rubric;
  return { id, ...memory, ...rating, recent, rubric_version: version, rubric_judged: judged, rubric_sum: sum };
}

type StandingRow = Omit<Standing, 'trend' | 'rating'> & {
  readonly recent: readonly number[];
  readonly mu: number;
  readonly sigma: number;
  readonly compared: number;
};

/** By agent, category and task type; the row of a whole category comes before those of its task types. */
export async function standingOf(db: Db, agentIds: readonly string[]): Promise<Standing[]> {
  const found = await db.query<StandingRow>(
    `SELECT agent_id AS "agentId", category, task_type AS "taskType", called, judged,
            CASE WHEN task_type IS NULL
              THEN sum(rubric_sum) OVER same / NULLIF(sum(rubric_judged) OVER same, 0)
              ELSE rubric_sum / NULLIF(rubric_judged, 0) END AS mean,
            100 * relative_sum / NULLIF(weight, 0) AS relative, recent, mu, sigma, compared,
            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM unnest(recent_ms) ms) AS "medianMs",
            presented, picked, late, failed, delivered, kept
     FROM agent_standing WHERE agent_id = ANY($1::uuid[]) AND category IS NOT NULL
     WINDOW same AS (PARTITION BY agent_id, category)
     ORDER BY agent_id, category, task_type NULLS FIRST`,
    [agentIds],
  );
  return found.map(({ recent, mu, sigma, compared, ...standing }) => ({
    ...standing,
    trend: trend(recent, POLICY) * 100,
    rating: shownRating({ mu, sigma, compared }),
  }));
}

const SLICE_MS = 300_000;
const HOUR_MS = 3_600_000;

/** Counts the places that a decision gave to operators. */
export async function countOperatorCalls(tx: Tx, operatorIds: readonly string[], now: Date): Promise<void> {
  const since = new Date(Math.floor(now.getTime() / SLICE_MS) * SLICE_MS);
  await rows(
    tx,
    `INSERT INTO operator_calls AS o (operator_id, since, called)
     SELECT operator_id, $2, count(*) FROM unnest($1::uuid[]) operator_id GROUP BY operator_id ORDER BY operator_id
     ON CONFLICT ON CONSTRAINT operator_calls_pkey DO UPDATE SET called = o.called + excluded.called`,
    [operatorIds, since],
  );
}

/** Forgets the counts that no quota asks for any more. */
export async function forgetOperatorCalls(db: Db, now: Date): Promise<void> {
  await db.query('DELETE FROM operator_calls WHERE since < $1', [new Date(now.getTime() - 2 * HOUR_MS)]);
}
