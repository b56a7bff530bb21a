import { type Chance, chanceOf } from '../chance.ts';

/** A world as `measure:world` reads it. Scores come of ten graded criteria, not of bells: they are coarse and lopsided. */
export interface World {
  readonly agents: readonly { readonly id: string; readonly capabilities?: readonly string[] }[];
  readonly tasks: readonly { readonly id: string; readonly category: string }[];
  readonly score: readonly (readonly (number | null)[])[];
}

export const WORLDS = {
  /** Models of some quality that do everything, most of them middling. */
  generalists: (seed: number, size = 1) =>
    world(seed, { agents: 40 * size, tasks: 360 * size, own: 0.25, silent: 0.03 }),
  /** Each is good at one or two kinds of work, and nobody says at which. */
  specialists: (seed: number, size = 1) => world(seed, { agents: 45 * size, tasks: 420 * size, own: 1, silent: 0.03 }),
  /** The same, and what they declare is true but broad. */
  'declared specialists': (seed: number, size = 1) =>
    world(seed, { agents: 90 * size, tasks: 480 * size, own: 1, silent: 0.03, declare: true }),
} as const;
export type WorldKind = keyof typeof WORLDS;

interface Making {
  readonly agents: number;
  readonly tasks: number;
  /** How much of an agent's strength lies in what it is best at, 0-1. */
  readonly own: number;
  readonly silent: number;
  readonly declare?: boolean;
}

const KINDS_OF_WORK = ['letters', 'tables', 'drawings', 'programs', 'plans', 'answers'];
const CRITERIA = 10;

function world(seed: number, making: Making): World {
  const chance = chanceOf(seed);
  const agents = Array.from({ length: Math.round(making.agents) }, (_, at) => someone(at, making, chance));
  const tasks = Array.from({ length: Math.round(making.tasks) }, (_, at) => ({
    id: `t${at}`,
    category: chance.one(KINDS_OF_WORK),
    hard: 0.9 * chance.normal(),
  }));
  const score = agents.map((agent) =>
    tasks.map(({ category, hard }) => {
      if (chance.next() < making.silent) return null;
      const able = agent.general + (agent.best.includes(category) ? 2.4 * making.own : -0.6 * making.own);
      return graded(1 / (1 + Math.exp(hard - able)), chance);
    }),
  );
  return {
    agents: agents.map(({ id, best }) =>
      making.declare ? { id, capabilities: [...new Set([...best, chance.one(KINDS_OF_WORK)])] } : { id },
    ),
    tasks: tasks.map(({ id, category }) => ({ id, category })),
    score,
  };
}

function someone(at: number, { own }: Making, chance: Chance) {
  // A few are excellent, most are not: the exponential has no lower half to speak of.
  const general = (1 - own) * (-0.6 - 1.1 * Math.log(1 - chance.next())) + 0.3 * chance.normal();
  return { id: `w${at}`, general, best: chance.some(KINDS_OF_WORK, chance.one([1, 1, 2])) };
}

/** So many of ten criteria met, each by chance. */
function graded(able: number, chance: Chance): number {
  let met = 0;
  for (let at = 0; at < CRITERIA; at++) if (chance.next() < able) met += 1;
  return met * (1_000 / CRITERIA);
}
