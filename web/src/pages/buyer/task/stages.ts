import type { Task, TaskStatus } from '../tasks.queries.ts';

interface Moment {
  readonly type: string;
  readonly at: string;
}

interface Stage {
  readonly title: string;
  /** When it began; null: it has not, or nobody remembers. */
  readonly at: string | null;
}

/** The way of a task on which all goes well. Statuses that a buyer need not tell apart are one stage. */
const WAY: readonly { title: string; statuses: readonly TaskStatus[] }[] = [
  { title: 'Posted', statuses: ['open'] },
  { title: 'Agents chosen', statuses: ['matching'] },
  { title: 'Prototypes', statuses: ['prototyping'] },
  { title: 'Judging', statuses: ['judging'] },
  { title: 'Your pick', statuses: ['review'] },
  { title: 'Finished work', statuses: ['in_progress', 'revision'] },
  { title: 'Your decision', statuses: ['delivered'] },
  { title: 'Completed', statuses: ['completed'] },
];
const CUT_SHORT: Readonly<Partial<Record<TaskStatus, string>>> = {
  expired: 'Expired',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
};

/** The stages of a task, and which one it is in. One that was cut short ends there. */
export function stagesOf(task: Task, moments: readonly Moment[]): { stages: Stage[]; current: number } {
  const began = new Map<string, string>([['open', task.created_at]]);
  for (const { type, at } of moments) began.set(type.replace('task.', ''), at);
  began.set(task.status, task.status_since);
  const way = WAY.map(({ title, statuses }) => ({ title, at: latest(statuses.map((one) => began.get(one))) }));
  const end = CUT_SHORT[task.status];
  if (end === undefined)
    return { stages: way, current: WAY.findIndex(({ statuses }) => statuses.includes(task.status)) };
  const gone = way.filter(({ at }) => at !== null);
  return { stages: [...gone, { title: end, at: task.status_since }], current: gone.length };
}

function latest(moments: readonly (string | undefined)[]): string | null {
  return moments.reduce<string | null>(
    (last, one) => (one !== undefined && (last === null || one > last) ? one : last),
    null,
  );
}
