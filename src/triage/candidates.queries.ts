import type { Db } from '../platform/database/db.js';
import type { Candidate, LeftOut, LeftOutReason, TriageRequest } from './decision.js';
import { random } from './random.js';

/** How many candidates are compared at most. */
export const CUT = 500;
/** How many declared capabilities are looked at to count who was left out. */
const COUNTED = 2_000;

type Asked = Pick<TriageRequest, 'buyerId' | 'category' | 'taskType' | 'budget' | 'seed'>;

/**
 * What keeps an agent `a` out, whatever it can do: a candidate is whom none of these holds for.
 * Parameters as in {@link params}.
 */
const NOT_ELIGIBLE = {
  not_visible: `a.visibility NOT IN ('live', 'beta')`,
  not_active: 'NOT a.active',
  paused: 'a.paused_at IS NOT NULL',
  unhealthy: `a.health NOT IN ('healthy', 'failing')`,
  own_agent: 'a.operator_id = $3',
  too_expensive: 'a.min_price > $4',
} satisfies Partial<Record<LeftOutReason, string>>;

/** A declared capability that covers the task. */
const COVERS = 'category = $1 AND (task_type IS NULL OR task_type = $2)';
const ALLOWED = Object.values(NOT_ELIGIBLE)
  .map((holds) => `NOT (${holds})`)
  .join(' AND ');
const ELIGIBLE = `${ALLOWED} AND EXISTS (SELECT FROM agent_capabilities WHERE agent_id = a.id AND ${COVERS} AND passed_at IS NOT NULL)`;

// The best by their record, through the index, are half of the cut. Everybody else takes turns, in an order that the seed
// shuffles, so that in the largest category too nobody is passed over for ever.
const CANDIDATES = `
  WITH best AS (
    SELECT a.id FROM agent_standing s JOIN agents a ON a.id = s.agent_id
    WHERE s.category = $1 AND s.task_type IS NULL AND ${ELIGIBLE}
    ORDER BY s.proven_mean DESC, s.agent_id LIMIT $6 / 2
  ), turns AS (
    SELECT a.id FROM agents a WHERE ${ELIGIBLE} ORDER BY uuid_hash_extended(a.id, $5), a.id LIMIT $6
  ), cut AS (
    SELECT id FROM best
    UNION ALL
    (SELECT id FROM turns WHERE id NOT IN (SELECT id FROM best) ORDER BY uuid_hash_extended(id, $5), id LIMIT $6 - (SELECT count(*) FROM best))
  )
  SELECT a.id AS "agentId", a.operator_id AS "operatorId", a.name, a.version, a.min_price AS "minPrice",
         a.visibility = 'beta' AS beta, a.health, c.exact AS "exactType", c.specialist,
         COALESCE(s.called, 0) AS tries,
         COALESCE(s.recent, '{}') AS recent, COALESCE(s.recent_ms, '{}') AS "recentMs",
         COALESCE(s.presented, 0) AS presented, COALESCE(s.picked, 0) AS picked,
         COALESCE(s.setbacks, 0) AS setbacks, s.setback_at AS "setbackAt",
         o.judged AS "allJudged", o.mean AS "allMean"
  FROM cut JOIN agents a ON a.id = cut.id
  CROSS JOIN LATERAL (
    SELECT bool_or(task_type IS NOT NULL) AS exact, bool_or(specialist) AS specialist
    FROM agent_capabilities WHERE agent_id = a.id AND ${COVERS} AND passed_at IS NOT NULL
  ) c
  LEFT JOIN agent_standing s ON s.agent_id = a.id AND s.category = $1 AND s.task_type IS NULL
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(judged), 0)::int AS judged, COALESCE(sum(score_sum) / NULLIF(sum(judged), 0), 0) AS mean
    FROM agent_standing WHERE agent_id = a.id AND task_type IS NULL
  ) o
  ORDER BY a.id`;

type Row = Omit<Candidate, 'record'> &
  Omit<Candidate['record'], 'setbackAt' | 'all'> & { setbackAt: Date | null; allJudged: number; allMean: number };

/**
 * Who may be called for the task, by agent id: live or beta, active, not paused, not out of health, with a proven capability,
 * within the budget, not the buyer's own. At most `cut`: half of them the best by their record, the others by turns.
 */
export async function eligible(db: Db, asked: Asked, cut: number = CUT): Promise<Candidate[]> {
  return (await db.query<Row>(CANDIDATES, [...params(asked), cut])).map(candidate);
}

const FIRST_REASON = `CASE WHEN NOT c.covers THEN 'other_task_type' ${Object.entries(NOT_ELIGIBLE)
  .map(([reason, holds]) => `WHEN ${holds} THEN '${reason}'`)
  .join(' ')} WHEN NOT c.proven THEN 'unproven' END`;

const COUNTS = `
  SELECT reason, count(*)::int AS agents, sum(declared)::int AS declared
  FROM (
    SELECT c.declared, ${FIRST_REASON} AS reason
    FROM (
      SELECT agent_id, count(*) AS declared, bool_or(${COVERS}) AS covers, bool_or(${COVERS} AND passed_at IS NOT NULL) AS proven
      FROM (SELECT * FROM agent_capabilities WHERE category = $1 LIMIT $5) looked_at
      GROUP BY agent_id
    ) c JOIN agents a ON a.id = c.agent_id
  ) counted
  GROUP BY reason`;

/** Who declares something in the category and is no candidate, and who could be one. */
export interface Counted {
  readonly eligible: number;
  readonly leftOut: LeftOut;
}

/** Counts the agents that declare something in the category: each once, by the first reason that holds. */
export async function counted(db: Db, asked: Asked): Promise<Counted> {
  const found = await db.query<{ reason: LeftOutReason | null; agents: number; declared: number }>(COUNTS, [
    ...params(asked).slice(0, 4),
    COUNTED,
  ]);
  const declared = found.reduce((sum, row) => sum + row.declared, 0);
  const counts = Object.fromEntries(found.flatMap(({ reason, agents }) => (reason ? [[reason, agents] as const] : [])));
  const eligible = found.find(({ reason }) => reason === null)?.agents ?? 0;
  return { eligible, leftOut: { counts, complete: declared < COUNTED } };
}

/** $1 category, $2 task type, $3 buyer, $4 budget, $5 what shuffles the turns. */
function params({ category, taskType, buyerId, budget, seed }: Asked): unknown[] {
  return [category, taskType, buyerId, budget, Math.floor(random(seed, 'turns')() * 2 ** 53)];
}

function candidate({
  recent,
  recentMs,
  presented,
  picked,
  setbacks,
  setbackAt,
  allJudged,
  allMean,
  ...agent
}: Row): Candidate {
  const record = { recent, recentMs, presented, picked, setbacks, setbackAt: setbackAt?.toISOString() ?? null };
  return { ...agent, record: { ...record, all: { judged: allJudged, mean: allMean } } };
}
