import { fits, type RecordedWorld } from './recorded.js';
import type { Run, Step } from './simulate.js';

/** What a run shows. Shares are of the scores that the buyers got. */
export interface Marks {
  /** Of what the best K in hindsight would have given: over all tasks, and over the last quarter. */
  readonly share_of_best_k: { readonly whole: number; readonly last_quarter: number };
  /** Of what the single best agent of each task would have given. */
  readonly share_of_best: { readonly whole: number; readonly last_quarter: number };
  /** The share of newcomers called at least twice in the first half of the tasks that came after they joined. */
  readonly newcomers_tried_twice_early: number | null;
  /** Of how often each agent was called: 0 is all alike, 1 is one agent alone. */
  readonly gini: number;
  /** Agents that fitted a task and were never called. */
  readonly never_tried: number;
}

export function marks(world: RecordedWorld, run: Run, places: number): Marks {
  const inHindsight = bestInHindsight(world, run, places);
  const best = run.steps.map(({ task }, step) => bestOf(world, fitting(world, run, step), task));
  const calls = callsOf(world, run.steps);
  const fitted = fittingAgents(world, run);
  return {
    share_of_best_k: shares(run.steps, inHindsight),
    share_of_best: shares(run.steps, best),
    newcomers_tried_twice_early: triedEarly(world, run, fitted),
    gini: rounded(gini([...fitted].map((agent) => calls[agent] ?? 0))),
    never_tried: [...fitted].filter((agent) => calls[agent] === 0).length,
  };
}

/**
 * Per step: the best score on its task of the K agents that, in this category and this half (before or after the newcomers), would have
 * given most together, had they been called every time. They are found greedily, one after another.
 */
function bestInHindsight(world: RecordedWorld, { steps, joined }: Run, places: number): number[] {
  const half = joined.reduce((latest, step) => Math.max(latest, step), 0);
  const groups = Map.groupBy(steps.keys(), (step) =>
    JSON.stringify([world.tasks[steps[step]?.task ?? 0]?.category, step >= half]),
  );
  const best: number[] = [];
  for (const group of groups.values()) {
    const tasks = group.map((step) => steps[step]?.task ?? 0);
    const gains = greedy(world, fitting(world, { steps, joined }, group[0] ?? 0), tasks, places);
    for (const [index, step] of group.entries()) best[step] = gains[index] ?? 0;
  }
  return best;
}

/** By task: the best score of the so many agents that add most, one after another. */
function greedy(
  { scores }: RecordedWorld,
  agents: readonly number[],
  tasks: readonly number[],
  places: number,
): readonly number[] {
  let reached: readonly number[] = tasks.map(() => 0);
  for (let place = 0; place < Math.min(places, agents.length); place++) {
    const before = reached;
    const withEach = agents.map((agent) =>
      tasks.map((task, at) => Math.max(before[at] ?? 0, scores[agent]?.[task] ?? 0)),
    );
    reached = withEach.reduce((most, one) => (sum(one) > sum(most) ? one : most), before);
  }
  return reached;
}

function fitting(world: RecordedWorld, { steps, joined }: Run, step: number): number[] {
  const category = world.tasks[steps[step]?.task ?? 0]?.category ?? '';
  return world.agents.flatMap((agent, position) =>
    (joined[position] ?? 0) <= step && fits(agent, category) ? [position] : [],
  );
}

function fittingAgents(world: RecordedWorld, { steps, joined }: Run): Set<number> {
  const last = new Map(steps.map(({ task }, step) => [world.tasks[task]?.category ?? '', step]));
  return new Set(
    world.agents.flatMap((agent, position) =>
      [...last].some(([category, step]) => (joined[position] ?? 0) <= step && fits(agent, category)) ? [position] : [],
    ),
  );
}

function bestOf({ scores }: RecordedWorld, agents: readonly number[], task: number): number {
  return agents.reduce((most, agent) => Math.max(most, scores[agent]?.[task] ?? 0), 0);
}

function shares(steps: readonly Step[], best: readonly number[]): { whole: number; last_quarter: number } {
  const from = Math.floor((steps.length * 3) / 4);
  const share = (start: number) => {
    const possible = sum(best.slice(start));
    return possible > 0 ? rounded(sum(steps.slice(start).map(({ got }) => got)) / possible) : 1;
  };
  return { whole: share(0), last_quarter: share(from) };
}

function triedEarly(world: RecordedWorld, { steps, joined }: Run, fitted: ReadonlySet<number>): number | null {
  const newcomers = [...fitted].filter((agent) => (joined[agent] ?? 0) > 0);
  if (newcomers.length === 0) return null;
  const start = joined[newcomers[0] ?? 0] ?? 0;
  const calls = callsOf(world, steps.slice(start, start + Math.ceil((steps.length - start) / 2)));
  return rounded(newcomers.filter((agent) => (calls[agent] ?? 0) >= 2).length / newcomers.length);
}

function callsOf({ agents }: RecordedWorld, steps: readonly Step[]): number[] {
  const calls = agents.map(() => 0);
  for (const agent of steps.flatMap(({ called }) => called)) calls[agent] = (calls[agent] ?? 0) + 1;
  return calls;
}

/** The Gini coefficient; 0 for no calls at all. */
export function gini(values: readonly number[]): number {
  const total = sum(values);
  if (total === 0) return 0;
  const weighted = sum(values.toSorted((a, b) => a - b).map((value, index) => (index + 1) * value));
  return (2 * weighted) / (values.length * total) - (values.length + 1) / values.length;
}

export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
