// A market: tasks with the budgets and the eyes of their buyers, and everybody who bids.
import type { Agent } from './agents.ts';
import { honestAgents } from './agents.ts';
import { ATTACKS, attackers, type OwnTasks } from './attacks.ts';
import { between, stream } from './chance.ts';
import { JOBS, type Job, VARIANTS } from './work.ts';

export interface MarketTask {
  readonly id: string;
  readonly job: Job;
  readonly variant: number;
  readonly buyerId: string;
  /** Whole credits. */
  readonly budget: number;
  /** What perfect work is worth to the buyer, in credits. */
  readonly worth: number;
  /** By how much the buyer misjudges quality (0-1): a standard deviation. */
  readonly blur: number;
  /** Posted by an attacker to itself: the one it will pick. */
  readonly star: string | null;
}

export interface World {
  readonly seed: string;
  readonly tasks: readonly MarketTask[];
  readonly agents: readonly Agent[];
}

export interface Size {
  readonly tasks: number;
  readonly honest: number;
}

/** Nobody attacks. */
export function honestWorld(seed: string, size: Size): World {
  return world(seed, size, []);
}

/** How the whole market is attacked at once: one person of each kind. */
export function mixedWorld(seed: string, size: Size): World {
  return world(
    seed,
    size,
    Object.keys(ATTACKS).map((name) => attackers(seed, name, size.tasks)),
  );
}

/** A market of honest agents that two persons of one kind attack, or where their honest twins work. */
export function attackedWorld(seed: string, size: Size, attack: string, twins: boolean): World {
  return world(
    seed,
    size,
    [0, 1].map((at) => attackers(seed, attack, size.tasks, at, twins)),
  );
}

function world(
  seed: string,
  { tasks, honest }: Size,
  bad: readonly { readonly agents: readonly Agent[]; readonly own: readonly OwnTasks[] }[],
): World {
  const own = bad.flatMap((one) => one.own);
  const all = Array.from({ length: tasks }, (_, at) => at).flatMap((at) => [
    realTask(seed, at),
    ...own.filter(({ every }) => at % every === 0).map((posted) => ownTask(posted, at)),
  ]);
  return { seed, tasks: all, agents: [...honestAgents(seed, honest, tasks), ...bad.flatMap(({ agents }) => agents)] };
}

function realTask(seed: string, at: number): MarketTask {
  const next = stream(seed, 'task', at);
  const budget = Math.round(between(next, 100, 400));
  return {
    ...{
      id: `task-${at}`,
      job: jobAt(at),
      variant: Math.floor(next() * VARIANTS),
      buyerId: `buyer-${Math.floor(next() * 30)}`,
    },
    ...{ budget, worth: budget * between(next, 1.5, 2.5), blur: between(next, 0.05, 0.2), star: null },
  };
}

function ownTask({ buyerId, budget, star, taskType }: OwnTasks, at: number): MarketTask {
  const job = JOBS.find((one) => one.taskType === taskType) ?? jobAt(at);
  return { id: `own-${star}-${at}`, job, variant: at % VARIANTS, buyerId, budget, worth: budget, blur: 0, star };
}

function jobAt(at: number): Job {
  const job = JOBS[at % JOBS.length];
  if (!job) throw new Error('There are no jobs.');
  return job;
}
