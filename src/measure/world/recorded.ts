import { z } from 'zod';

/** What every agent would have scored on every task. */
export interface RecordedWorld {
  readonly agents: readonly { readonly id: string; readonly capabilities: readonly string[] | null }[];
  readonly tasks: readonly { readonly id: string; readonly category: string }[];
  /** By agent and task, in their order: 0-1000; null: it would not have answered. */
  readonly scores: readonly (readonly (number | null)[])[];
}

const Id = z.union([z.string(), z.number()]).transform(String);
const Capability = z.union([z.string(), z.object({ category: z.string() }).transform(({ category }) => category)]);
const Agent = z.union([
  Id.transform((id) => ({ id, capabilities: null })),
  z
    .object({ id: Id, capabilities: z.array(Capability).nullish() })
    .transform(({ id, capabilities }) => ({ id, capabilities: capabilities?.length ? capabilities : null })),
]);
const Score = z.number().min(0).max(1_000).nullable();
const Row = z.union([z.array(Score), z.record(z.string(), Score)]);

/** The file: agents as ids or with the categories they work in, scores by position or by id. */
export const WorldFile = z
  .object({
    agents: z.array(Agent).min(1).max(100_000),
    tasks: z
      .array(z.object({ id: Id, category: z.string().default('all') }))
      .min(1)
      .max(1_000_000),
    score: z.union([z.array(Row), z.record(z.string(), Row)]),
  })
  .transform(({ agents, tasks, score }, context): RecordedWorld => {
    const scores = agents.map((agent, a) => {
      const row = Array.isArray(score) ? score[a] : score[agent.id];
      return tasks.map((task, t) => (Array.isArray(row) ? row[t] : row?.[task.id]) ?? null);
    });
    if (scores.every((row) => row.every((value) => value === null)))
      context.addIssue({ code: 'custom', message: 'has no score for any of these agents and tasks', path: ['score'] });
    return { agents: withUndeclared(agents, tasks), tasks, scores };
  });

/** A category that no agent names is open to all: there is nothing to tell who works in it. */
function withUndeclared(agents: RecordedWorld['agents'], tasks: RecordedWorld['tasks']): RecordedWorld['agents'] {
  const declared = new Set(agents.flatMap(({ capabilities }) => capabilities ?? []));
  const open = [...new Set(tasks.map(({ category }) => category))].filter((category) => !declared.has(category));
  return agents.map(({ id, capabilities }) => ({ id, capabilities: capabilities && [...capabilities, ...open] }));
}

/** May the agent be asked? One that names no capability does everything. */
export function fits({ capabilities }: RecordedWorld['agents'][number], category: string): boolean {
  return capabilities === null || capabilities.includes(category);
}
