import type { Db } from '../platform/database/db.js';
import type { Decision } from './decision.js';

/** Which decisions; a bound that is absent bounds nothing. */
export interface Which {
  readonly category?: string | undefined;
  readonly taskId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The latest decision of a task, or that of one round, with the agents that were called besides. */
export async function decisionOf(
  db: Db,
  taskId: string,
  round?: number,
): Promise<{ decision: Decision; extra: string[] } | undefined> {
  const [row] = await db.query<{ decision: Decision; extra: string[] }>(
    'SELECT decision, extra FROM triage_decisions WHERE task_id = $1 AND ($2::int IS NULL OR round = $2) ORDER BY round DESC LIMIT 1',
    [taskId, round ?? null],
  );
  return row;
}

/** Ids of decisions, the latest first. Decisions are large: read them one by one. */
export async function decisionIds(db: Db, { category, taskId, from, to }: Which, limit: number): Promise<string[]> {
  const wanted: [sql: string, value: string | undefined][] = [
    [`decision #>> '{request,category}' =`, category],
    ['task_id =', taskId],
    ['decided_at >=', from],
    ['decided_at <', to],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const where = given.map(([sql], index) => `AND ${sql} $${index + 2}`).join(' ');
  const found = await db.query<{ id: string }>(
    `SELECT id FROM triage_decisions WHERE true ${where} ORDER BY decided_at DESC, id DESC LIMIT $1`,
    [limit, ...given.map(([, value]) => value)],
  );
  return found.map(({ id }) => id);
}

export async function decisionById(db: Db, id: string): Promise<Decision | undefined> {
  const [row] = await db.query<{ decision: Decision }>('SELECT decision FROM triage_decisions WHERE id = $1', [id]);
  return row?.decision;
}
