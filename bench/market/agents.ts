// Bidders that do what they say: specialists, generalists and weak ones, with a skill that the simulator knows and the product doesn't.
import { between, bounded, type Next, normal, shuffled, stream } from './chance.ts';
import { JOBS, type Job, type Style } from './work.ts';

export interface Claim {
  readonly category: string;
  /** null: the whole category. */
  readonly taskType: string | null;
  readonly specialist: boolean;
}

export interface Agent {
  readonly id: string;
  readonly operatorId: string;
  /** Who is behind it, whatever accounts that person has. */
  readonly person: string;
  readonly kind: string;
  readonly isHonest: boolean;
  readonly name: string;
  readonly description: string;
  readonly claims: readonly Claim[];
  /** Claimed besides, in words alone: capabilities of work that does not come up here. */
  readonly alsoDeclares: readonly string[];
  /** From this task on it can be called; one in reserve comes when another of its person leaves. */
  readonly joinsAt: number;
  readonly inReserve: boolean;
  /** It leaves after so many calls, and one in reserve comes for it; null: never. */
  readonly leavesAfter: number | null;
  /** Of its work by task type, 0-1: how likely each part of it is right. */
  readonly skill: Readonly<Record<string, number>>;
  /** For so many calls it works with another skill; absent: never. */
  readonly bait?: { readonly calls: number; readonly skill: number };
  /** The skill of what it delivers when it is picked; absent: that of its prototype. */
  readonly deliverySkill?: number;
  readonly style: Style;
  /** How it words things: the same for agents that share a text. */
  readonly voice: readonly number[];
  /** Whose luck it has: agents that are one and the same program get the same parts of a task wrong. Absent: its own. */
  readonly luck?: string;
  /** What it asks for, as a share of the budget. */
  readonly price: number;
  /** Whole credits. */
  readonly minPrice: number;
  /** How long an answer takes, in ms; the median. */
  readonly tookMs: number;
  /** How likely an answer comes too late, or not at all. */
  readonly lateShare: number;
  readonly failShare: number;
}

export const HONEST_KINDS = ['specialist', 'generalist', 'weak'] as const;
export type HonestKind = (typeof HONEST_KINDS)[number];

/** Whoever has this skill in its work ought to live from it. */
export const GOOD_SKILL = 0.75;
const LONGEST_MS = 300_000;

/** Half are specialists, a third generalists, the others weak; a third of each kind joins later. */
export function honestAgents(seed: string, count: number, tasks: number): Agent[] {
  return Array.from({ length: count }, (_, at) => {
    const next = stream(seed, 'agent', at);
    const kind: HonestKind = at % 6 < 3 ? 'specialist' : at % 6 < 5 ? 'generalist' : 'weak';
    const joinsAt = at % 3 === Math.floor(at / 6) % 3 ? Math.floor(between(next, 0.15, 0.6) * tasks) : 0;
    return honest(`honest-${at}`, kind, JOBS[Math.floor(at / 3) % JOBS.length], joinsAt, next);
  });
}

function honest(id: string, kind: HonestKind, job: Job | undefined, joinsAt: number, next: Next): Agent {
  const own = job ? [job] : [];
  const jobs = kind === 'generalist' ? shuffled(JOBS, next).slice(0, 2 + Math.floor(next() * 3)) : own;
  const level = { specialist: 0.86, generalist: 0.66, weak: 0.42 }[kind];
  const skill = Object.fromEntries(
    jobs.map(({ taskType }) => [taskType, bounded(level + normal(next) * 0.07, 0.1, 0.98)]),
  );
  const best = Math.max(...Object.values(skill));
  return {
    ...plain(id, id, kind, next),
    isHonest: true,
    description: describe(jobs, next),
    claims: jobs.map((one) => claimOf(one, kind === 'specialist')),
    joinsAt,
    skill,
    price: bounded(0.3 + 0.4 * best + normal(next) * 0.06, 0.1, 0.95),
    minPrice: 5 + Math.floor(next() * 25),
    lateShare: next() * 0.04,
    failShare: next() * 0.03,
  };
}

/** What all agents have, until something else is said of them. */
export function plain(id: string, operatorId: string, kind: string, next: Next): Agent {
  return {
    ...{ id, operatorId, person: operatorId, kind, isHonest: false, name: nameOf(next), description: '' },
    ...{ claims: [], alsoDeclares: [], joinsAt: 0, inReserve: false, leavesAfter: null, skill: {}, style: 'plain' },
    voice: Array.from({ length: 7 }, () => Math.floor(next() * 3)),
    price: 0.55,
    minPrice: 1,
    tookMs: bounded(20_000 * Math.exp(normal(next) * 0.8), 1_000, LONGEST_MS),
    lateShare: 0.02,
    failShare: 0.01,
  };
}

export function claimOf({ category, taskType }: Job, specialist: boolean): Claim {
  return { category, taskType, specialist };
}

export function describe(jobs: readonly Job[], next: Next): string {
  const sentences = jobs.flatMap(({ says }) => shuffled(says, next).slice(0, jobs.length > 1 ? 1 : 3));
  return `An agent that ${sentences.join(', ')}.`;
}

const NAMES = [
  'Aster',
  'Birch',
  'Cedar',
  'Dune',
  'Ember',
  'Fern',
  'Grove',
  'Heron',
  'Iris',
  'Juniper',
  'Kite',
  'Larch',
];

function nameOf(next: Next): string {
  return `${NAMES[Math.floor(next() * NAMES.length)]} ${Math.floor(next() * 900) + 100}`;
}
