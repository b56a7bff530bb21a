/** Something that goes on an agent's record: in its category, in the task type, and over all. */
export type StandingChange = Subject &
  (
    | {
        readonly happened: 'judged';
        /** 0-100. */
        readonly score: number;
        readonly tookMs: number;
        /** Of the agent, when it was called. An older version's record counts for less. */
        readonly agentVersion: number;
        /** Of the task type's rubric. Plain scores of different ones are never put into one mean. */
        readonly rubricVersion: number;
      }
    | {
        readonly happened: 'late';
        /** How long it was waited for, in ms; absent: not known. */
        readonly waitedMs?: number;
      }
    | {
        readonly happened: 'kept';
        /** What a delivery scored, as a share of what its prototype did (0-1). */
        readonly share: number;
      }
    | { readonly happened: 'presented' | 'picked' | 'failed' | 'delivered' }
  );

interface Subject {
  readonly agentId: string;
  readonly category: string;
  readonly taskType: string;
}

export type Judged = Extract<StandingChange, { happened: 'judged' }>;

/** A place in a pool was given to the agent. Only triage itself notes this. */
export type Called = Subject & { readonly happened: 'called' };

/** What one row of the standing grows by. Columns by their names in SQL. */
export interface Growth {
  readonly agent_id: string;
  /** null: the row of the whole agent. */
  readonly category: string | null;
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
  readonly recent_ms: number[];
  readonly answer_ms: number[];
  readonly kept: number[];
}

/** How many judged bids a standing remembers one by one. */
export const REMEMBERED = 20;
/** How many deliveries it remembers, set against their prototypes. */
export const KEPT_REMEMBERED = 6;

/** Names a row. */
export function rowKey(agentId: string, category: string | null, taskType: string | null): string {
  return JSON.stringify([agentId, category ?? '', taskType ?? '']);
}

/** The rows that these changes make grow, each once and in one order, so that two transactions wait for each other and never both. */
export function growths(changes: readonly (StandingChange | Called)[]): Growth[] {
  const rows = new Map<string, Growth>();
  for (const change of changes) {
    const { agentId, category, taskType } = change;
    const scopes: [category: string | null, taskType: string | null][] = [
      [null, null],
      [category, null],
      [category, taskType],
    ];
    for (const scope of scopes) {
      const key = rowKey(agentId, ...scope);
      const row = rows.get(key) ?? nothing(agentId, ...scope);
      rows.set(key, row);
      grow(row, change);
    }
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function grow(row: Growth, change: StandingChange | Called): void {
  if (change.happened === 'kept') {
    row.kept.unshift(change.share);
    return;
  }
  row[change.happened] += 1;
  // A late agent would have taken longer than it was waited for: by how much, nobody knows.
  if (change.happened === 'late' && change.waitedMs !== undefined)
    row.answer_ms.unshift(Math.round(change.waitedMs) + 1);
  if (change.happened !== 'judged') return;
  row.score_sum += change.score;
  row.recent_ms.unshift(Math.round(change.tookMs));
  row.answer_ms.unshift(Math.round(change.tookMs));
}

function nothing(agentId: string, category: string | null, taskType: string | null): Growth {
  const counts = { called: 0, judged: 0, score_sum: 0, presented: 0, picked: 0, late: 0, failed: 0, delivered: 0 };
  return { agent_id: agentId, category, task_type: taskType, ...counts, recent_ms: [], answer_ms: [], kept: [] };
}
