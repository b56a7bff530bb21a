import { type Random, random } from '../../platform/random.js';
import type { RecordedWorld } from './recorded.js';

/** A world of a known kind, made up to try a policy on. */
export interface Making {
  readonly agents: number;
  readonly tasks: number;
  readonly categories: number;
  /** Categories that each agent declares; 0: it declares none and does everything. */
  readonly declared: number;
  /** Standard deviations on the scale of 0-1000: of an agent's skill everywhere, in one category, of a task's difficulty, of luck. */
  readonly skill: number;
  readonly special: number;
  readonly difficulty: number;
  readonly luck: number;
  /** A score in the middle of the scale. */
  readonly level: number;
  /** One agent in so many is good at a category; the skill in a category is 0 for the others and twice `special` for it. 0: normal. */
  readonly goodOneIn: number;
  /** Scores are 1000 or 0: by luck as often as the score says. */
  readonly passOrFail: boolean;
  /** What the judge adds in the course of the world, from its start to its end. */
  readonly drift: number;
}

const USUAL: Making = {
  agents: 60,
  tasks: 600,
  categories: 6,
  declared: 0,
  skill: 120,
  special: 0,
  difficulty: 80,
  luck: 60,
  level: 550,
  goodOneIn: 0,
  passOrFail: false,
  drift: 0,
};

/** Worlds that differ in what makes triage hard. */
export const KINDS: Readonly<Record<string, Making>> = {
  generalists: USUAL,
  'generalists-few': { ...USUAL, agents: 30, tasks: 200, categories: 4 },
  'generalists-many': { ...USUAL, agents: 300, tasks: 2_000 },
  'generalists-crowd': { ...USUAL, agents: 200, tasks: 600, categories: 4 },
  'generalists-close': { ...USUAL, skill: 40, luck: 80 },
  'generalists-one-category': { ...USUAL, categories: 1, agents: 100, tasks: 500 },
  specialists: { ...USUAL, skill: 60, special: 160, declared: 0 },
  'specialists-declared': { ...USUAL, agents: 120, skill: 60, special: 160, declared: 3 },
  'specialists-few': { ...USUAL, agents: 30, tasks: 300, categories: 4, skill: 40, special: 160 },
  'specialists-many': { ...USUAL, agents: 300, tasks: 2_000, categories: 10, skill: 60, special: 160, declared: 4 },
  drifting: { ...USUAL, difficulty: 160, drift: -250 },
  'specialists-rare': { ...USUAL, agents: 100, tasks: 1_000, level: 350, skill: 60, special: 200, goodOneIn: 12 },
  'pass-or-fail': { ...USUAL, skill: 150, special: 100, passOrFail: true },
  'many-categories': { ...USUAL, agents: 80, tasks: 400, categories: 20, skill: 80, special: 80 },
  noisy: { ...USUAL, skill: 80, luck: 160 },
};

/** @throws Error no such kind */
export function makeWorld(kind: string, seed: string): RecordedWorld {
  const making = KINDS[kind];
  if (!making) throw new Error(`There is no kind of world "${kind}". There are: ${Object.keys(KINDS).join(', ')}.`);
  const next = random(seed, 'world', kind);
  const normal = normals(next);
  const categories = Array.from({ length: making.categories }, (_, index) => `category-${index + 1}`);
  const agents = Array.from({ length: making.agents }, (_, index) => ({
    id: `agent-${index + 1}`,
    capabilities: making.declared > 0 ? sample(categories, making.declared, normal) : null,
    skill: normal() * making.skill,
    special: new Map(categories.map((category) => [category, specialty(making, normal)])),
  }));
  const tasks = Array.from({ length: making.tasks }, (_, index) => ({
    id: `task-${index + 1}`,
    category: categories[Math.floor(index % categories.length)] ?? '',
    level: making.level + normal() * making.difficulty + (making.drift * index) / making.tasks,
  }));
  const scores = agents.map(({ skill, special }) =>
    tasks.map(({ level, category }) => {
      const score = bounded(level + skill + (special.get(category) ?? 0) + normal() * making.luck);
      return making.passOrFail ? (next() * 1_000 < score ? 1_000 : 0) : score;
    }),
  );
  return {
    agents: agents.map(({ id, capabilities }) => ({ id, capabilities })),
    tasks: tasks.map(({ id, category }) => ({ id, category })),
    scores,
  };
}

function specialty({ special, goodOneIn }: Making, normal: () => number): number {
  if (goodOneIn === 0) return normal() * special;
  return chanceOf(normal()) < 1 / goodOneIn ? 2 * special : 0;
}

/** The share of normal numbers below this one, nearly. */
function chanceOf(value: number): number {
  return 1 / (1 + Math.exp(-1.702 * value));
}

function bounded(score: number): number {
  return Math.round(Math.min(1_000, Math.max(0, score)));
}

/** Normal numbers, by Box and Muller. */
function normals(next: Random): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

function sample<T>(values: readonly T[], count: number, normal: () => number): T[] {
  return values
    .map((value) => ({ value, at: normal() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ value }) => value);
}
