import type { Db } from '../platform/database/db.js';
import { random } from '../platform/random.js';
import type { Candidate, LeftOut, LeftOutReason, Remembered, TriageRequest } from './decision.js';
import { asVersion, NOTHING, summary } from './learning.js';

/** How many candidates are compared at most. */
export const CUT = 200;
/** How many declared capabilities are looked at to count who was left out. */
const COUNTED = 1_000;

/** What decides who is a candidate, besides the agents. */
export interface Asked
  extends Pick<
    TriageRequest,
    'taskId' | 'round' | 'buyerId' | 'category' | 'taskType' | 'budget' | 'seed' | 'windowMs'
  > {
  readonly now: Date;
  /** How often an operator's agents may be called in an hour. */
  readonly operatorQuota: number;
}

/** A candidate as it was found. */
export interface Found {
  readonly candidate: Omit<Candidate, 'relevance'>;
  /** Which version of its profile is as new as the agent; null: none is. */
  readonly profile: number | null;
  /** When its turn came, counted from 1; null: it is among the best by its record, or was asked for. */
  readonly turn: number | null;
}

/** Whether a standing in the category says that its agent mostly needs longer. Whoever was too slow is tried again after a day's rest. */
const isSlow = (standing: string) =>
  `${standing}.usual_ms > $8 AND ${standing}.answered_at > $7::timestamptz - interval '24 hours'`;

/**
 * What keeps an agent `a` out, whatever it can do: a candidate is whom none of these holds for. `busy` and `earlier` are as in {@link KNOWN},
 * parameters as in {@link params}.
 */
const NOT_ELIGIBLE = {
  not_visible: `a.visibility NOT IN ('live', 'beta')`,
  not_active: 'NOT a.active',
  paused: 'a.paused_at IS NOT NULL',
  unhealthy: `a.health NOT IN ('healthy', 'failing')`,
  own_agent: 'a.operator_id = $3',
  too_expensive: 'a.min_price > $4',
  earlier_round: 'a.id IN (SELECT agent_id FROM earlier)',
  // A value of its own, which PostgreSQL looks up for one agent after the other; as EXISTS it read every record there is.
  too_slow: `(SELECT ${isSlow('w')} FROM agent_standing w WHERE w.agent_id = a.id AND w.category = $1 AND w.task_type IS NULL) IS TRUE`,
  operator_quota: 'a.operator_id IN (SELECT operator_id FROM busy)',
} satisfies Partial<Record<LeftOutReason, string>>;

/** Operators that have had their calls of the hour, and agents that were called in an earlier round of the task. */
const KNOWN = `
  busy AS MATERIALIZED (
    SELECT operator_id FROM operator_calls WHERE since > $7::timestamptz - interval '1 hour' GROUP BY operator_id HAVING sum(called) >= $9
  ), earlier AS MATERIALIZED (
    SELECT (called ->> 'agentId')::uuid AS agent_id
    FROM triage_decisions d CROSS JOIN LATERAL jsonb_array_elements(d.decision -> 'chosen') called
    WHERE d.task_id = $5 AND d.round < $6
  )`;

/** A declared capability that covers the task. */
const COVERS = 'category = $1 AND (task_type IS NULL OR task_type = $2)';
/** All but the slow, whom their standing tells when it is read anyway. */
const ALLOWED = Object.entries(NOT_ELIGIBLE)
  .flatMap(([reason, holds]) => (reason === 'too_slow' ? [] : [`NOT (${holds})`]))
  .join(' AND ');
const HAS_PROVEN = `EXISTS (SELECT FROM agent_capabilities WHERE agent_id = a.id AND ${COVERS} AND passed_at IS NOT NULL)`;

// One agent after the other and only until there are enough: OFFSET keeps PostgreSQL from another order, in which it reads all of them.
const agentIf = (id: string, holds: string) => `
  CROSS JOIN LATERAL (
    SELECT a.id, a.operator_id, a.name, a.version, a.min_price, a.visibility, a.health, a.updated_at
    FROM agents a WHERE a.id = ${id} AND ${holds} OFFSET 0
  ) a`;
const ITS_STANDING = `
  LEFT JOIN LATERAL (
    SELECT * FROM agent_standing WHERE agent_id = a.id AND category = $1 AND task_type IS NULL OFFSET 0
  ) s ON true`;
const FACTS =
  'a.*, s.called, s.recent, s.recent_ms, s.presented, s.picked, s.weight, s.relative_sum, s.version AS judged_version';

/**
 * Round the circle of all who have proven the category, from the point that the seed gave. Who has proven the task type and the whole
 * category too has its turn with the first.
 */
const turnsFrom = (side: '>=' | '<', most: number) => `
  SELECT ${FACTS} FROM agent_capabilities c ${agentIf('c.agent_id', `${ALLOWED} AND ${COVERS_FIRST}`)} ${ITS_STANDING}
  WHERE c.category = $1 AND c.passed_at IS NOT NULL AND c.turn ${side} $10
    AND NOT COALESCE(${isSlow('s')}, false) AND c.agent_id NOT IN (SELECT id FROM best)
  ORDER BY c.turn, c.agent_id LIMIT ${most}`;
const COVERS_FIRST = `(c.task_type = $2 OR c.task_type IS NULL AND (
  SELECT true FROM agent_capabilities t
  WHERE t.agent_id = c.agent_id AND t.category = $1 AND t.task_type = $2 AND t.passed_at IS NOT NULL) IS NULL)`;

// The best by their record, through the index, are half of the cut. Everybody else takes turns, in an order that nobody chose,
// so that in the largest category too nobody is passed over for ever. Limits stand in the text: with them PostgreSQL plans once for all.
const byRecordAndTurn = (most: number) => `
  best AS MATERIALIZED (
    SELECT ${FACTS}, NULL::bigint AS turn FROM agent_standing s ${agentIf('s.agent_id', `${ALLOWED} AND ${HAS_PROVEN}`)}
    WHERE s.category = $1 AND s.task_type IS NULL AND NOT COALESCE(${isSlow('s')}, false)
    ORDER BY s.proven_mean DESC, s.agent_id LIMIT ${Math.floor(most / 2)}
  ), cut AS (
    SELECT * FROM best
    UNION ALL
    (SELECT *, row_number() OVER () FROM ((${turnsFrom('>=', most)}) UNION ALL (${turnsFrom('<', most)})) circle
     LIMIT ${most} - (SELECT count(*) FROM best))
  )`;

const ASKED_FOR = `
  cut AS (
    SELECT ${FACTS}, NULL::bigint AS turn
    FROM unnest($10::uuid[]) wanted ${agentIf('wanted', `${ALLOWED} AND ${HAS_PROVEN}`)} ${ITS_STANDING}
    WHERE NOT COALESCE(${isSlow('s')}, false)
  )`;

const candidatesOf = (cut: string) => `
  WITH ${KNOWN}, ${cut}
  SELECT a.id AS "agentId", a.operator_id AS "operatorId", a.name, a.version, a.min_price AS "minPrice",
         a.visibility = 'beta' OR NOT c.decided AS beta, a.health, c.exact AS "exactType", c.specialist,
         COALESCE(a.called, 0) AS tries, COALESCE(o.called, 0) AS "triesAnywhere",
         COALESCE(a.recent, '{}') AS recent, COALESCE(a.recent_ms, '{}') AS "recentMs",
         COALESCE(a.presented, 0) AS presented, COALESCE(a.picked, 0) AS picked,
         COALESCE(o.kept, '{}') AS kept, COALESCE(o.setbacks, 0) AS setbacks, o.setback_at AS "setbackAt",
         a.weight AS "hereWeight", a.relative_sum AS "hereSum", a.judged_version AS "hereVersion",
         o.weight AS "allWeight", o.relative_sum AS "allSum", o.version AS "allVersion",
         CASE WHEN p.source_at >= a.updated_at AND p.proven = c.proven THEN p.version END AS profile, a.turn::int AS turn
  FROM cut a
  CROSS JOIN LATERAL (
    SELECT bool_or(task_type IS NOT NULL) FILTER (WHERE ${COVERS}) AS exact, bool_or(specialist) FILTER (WHERE ${COVERS}) AS specialist,
           bool_or(decided) FILTER (WHERE ${COVERS}) AS decided,
           count(*) AS proven
    FROM agent_capabilities WHERE agent_id = a.id AND passed_at IS NOT NULL
  ) c
  LEFT JOIN agent_standing o ON o.agent_id = a.id AND o.category IS NULL AND o.task_type IS NULL
  LEFT JOIN agent_profiles p ON p.agent_id = a.id
  ORDER BY a.id`;

type Row = Omit<Candidate, 'record'> &
  Pick<Candidate['record'], 'recent' | 'recentMs' | 'presented' | 'picked' | 'setbacks'> & {
    readonly kept: readonly number[];
    readonly setbackAt: Date | null;
    readonly hereWeight: number | null;
    readonly hereSum: number | null;
    readonly hereVersion: number | null;
    readonly allWeight: number | null;
    readonly allSum: number | null;
    readonly allVersion: number | null;
    readonly profile: number | null;
    readonly turn: number | null;
  };

/**
 * Who may be called for the task, by agent id: live or beta, active, not paused, not out of health, with a proven capability,
 * within the budget, not the buyer's own, not asked in an earlier round, not too slow for the window by its own history, and of an
 * operator whose agents have not been called too often. At most `cut`: half of them the best by their record, the others by turns.
 */
export async function eligible(db: Db, asked: Asked, cut: number = CUT): Promise<Found[]> {
  const start = random(asked.seed, 'turns')();
  return (await db.query<Row>(candidatesOf(byRecordAndTurn(cut)), [...params(asked), start])).map(found);
}

/** Those of these agents that may be called for the task. */
export async function eligibleOf(db: Db, asked: Asked, agentIds: readonly string[]): Promise<Found[]> {
  return (await db.query<Row>(candidatesOf(ASKED_FOR), [...params(asked), agentIds])).map(found);
}

/** The cut with agents that were asked for: those of the others whose turn came last make room for them. */
export function withNamed(cut: readonly Found[], named: readonly Found[]): Found[] {
  const best = cut.filter(({ turn }) => turn === null);
  const known = new Set(best.map(({ candidate }) => candidate.agentId));
  const more = named.filter(({ candidate }) => !known.has(candidate.agentId));
  for (const { candidate } of more) known.add(candidate.agentId);
  const others = cut
    .filter(({ candidate }) => !known.has(candidate.agentId))
    .toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
  return [...best, ...more, ...others.slice(0, cut.length - best.length - more.length)];
}

const FIRST_REASON = `CASE WHEN NOT c.covers THEN 'other_task_type' ${Object.entries(NOT_ELIGIBLE)
  .map(([reason, holds]) => `WHEN ${holds} THEN '${reason}'`)
  .join(' ')} WHEN NOT c.proven THEN 'unproven' END`;

const COUNTS = `
  WITH ${KNOWN}
  SELECT reason, count(*)::int AS agents, sum(declared)::int AS declared
  FROM (
    SELECT c.declared, ${FIRST_REASON} AS reason
    FROM (
      SELECT agent_id, count(*) AS declared, bool_or(${COVERS}) AS covers, bool_or(${COVERS} AND passed_at IS NOT NULL) AS proven
      FROM (SELECT * FROM agent_capabilities WHERE category = $1 LIMIT ${COUNTED}) looked_at
      GROUP BY agent_id
    ) c CROSS JOIN LATERAL (SELECT * FROM agents WHERE id = c.agent_id OFFSET 0) a
  ) counted
  GROUP BY reason`;

/** Who declares something in the category and is no candidate, and who could be one. */
export interface Counted {
  readonly eligible: number;
  readonly leftOut: LeftOut;
}

/** Counts the agents that declare something in the category: each once, by the first reason that holds. */
export async function counted(db: Db, asked: Asked): Promise<Counted> {
  const found = await db.query<{ reason: LeftOutReason | null; agents: number; declared: number }>(
    COUNTS,
    params(asked),
  );
  const declared = found.reduce((sum, row) => sum + row.declared, 0);
  const counts = Object.fromEntries(found.flatMap(({ reason, agents }) => (reason ? [[reason, agents] as const] : [])));
  const eligible = found.find(({ reason }) => reason === null)?.agents ?? 0;
  return { eligible, leftOut: { counts, complete: declared < COUNTED } };
}

/** $1 category, $2 task type, $3 buyer, $4 budget, $5 task, $6 round, $7 now, $8 window in ms, $9 an operator's calls an hour. */
function params({
  category,
  taskType,
  buyerId,
  budget,
  taskId,
  round,
  now,
  windowMs,
  operatorQuota,
}: Asked): unknown[] {
  return [category, taskType, buyerId, budget, taskId, round, now, windowMs ?? MOST_MS, operatorQuota];
}

/** Nobody takes longer. */
const MOST_MS = 2 ** 31 - 1;

function found(row: Row): Found {
  return { candidate: candidate(row), profile: row.profile, turn: row.turn };
}

/** Field by field, which is quicker by far for hundreds of rows than to copy all but some. */
function candidate(row: Row): Candidate {
  const { version } = row;
  return {
    agentId: row.agentId,
    operatorId: row.operatorId,
    name: row.name,
    version,
    minPrice: row.minPrice,
    beta: row.beta,
    health: row.health,
    exactType: row.exactType,
    specialist: row.specialist,
    tries: row.tries,
    triesAnywhere: row.triesAnywhere ?? 0,
    record: {
      recent: row.recent,
      recentMs: row.recentMs,
      presented: row.presented,
      picked: row.picked,
      kept: row.kept,
      setbacks: row.setbacks,
      setbackAt: row.setbackAt?.toISOString() ?? null,
      here: known(version, row.hereWeight, row.hereSum, row.hereVersion),
      all: known(version, row.allWeight, row.allSum, row.allVersion),
    },
  };
}

/** As it counts for the version that would be called. */
function known(version: number, weight: number | null, relative: number | null, ofVersion: number | null): Remembered {
  if (weight === null || relative === null) return summary(NOTHING);
  return summary(asVersion({ weight, relative, level: 0, version: ofVersion ?? version }, version));
}
