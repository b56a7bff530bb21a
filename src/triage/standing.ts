/** Something that goes on an agent's record: in its category, and in the task type. */
export type StandingChange = { readonly agentId: string; readonly category: string; readonly taskType: string } & (
  | {
      readonly happened: 'judged';
      /** 0-100. */
      readonly score: number;
      readonly tookMs: number;
    }
  | { readonly happened: 'presented' | 'picked' | 'late' | 'failed' | 'delivered' }
);

/** A place in a pool was given to the agent. Only triage itself notes this. */
export type Called = Pick<StandingChange, 'agentId' | 'category' | 'taskType'> & { readonly happened: 'called' };

/** What one row of the standing grows by. Columns by their names in SQL. */
export interface Growth {
  readonly agent_id: string;
  readonly category: string;
  /** null: the row of the whole category. */
  readonly task_type: string | null;
  called: number;
  judged: number;
  score_sum: number;
  presented: number;
  picked: number;
  late: number;
  failed: number;
  delivered: number;
  /** Newest first. */
  readonly recent: number[];
  readonly recent_ms: number[];
}

/** How many judged bids a standing remembers one by one. */
export const REMEMBERED = 20;

/** The rows that these changes make grow, each once and in one order, so that two transactions wait for each other and never both. */
export function growths(changes: readonly (StandingChange | Called)[]): Growth[] {
  const rows = new Map<string, Growth>();
  for (const change of changes) {
    for (const taskType of [null, change.taskType]) {
      const key = JSON.stringify([change.agentId, change.category, taskType ?? '']);
      const row = rows.get(key) ?? nothing(change, taskType);
      rows.set(key, row);
      grow(row, change);
    }
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function grow(row: Growth, change: StandingChange | Called): void {
  row[change.happened] += 1;
  if (change.happened !== 'judged') return;
  row.score_sum += change.score;
  row.recent.unshift(change.score);
  row.recent_ms.unshift(Math.round(change.tookMs));
}

function nothing({ agentId, category }: StandingChange | Called, taskType: string | null): Growth {
  const counts = { called: 0, judged: 0, score_sum: 0, presented: 0, picked: 0, late: 0, failed: 0, delivered: 0 };
  return { agent_id: agentId, category, task_type: taskType, ...counts, recent: [], recent_ms: [] };
}
