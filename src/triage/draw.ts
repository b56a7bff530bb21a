import { type Random, random } from '../platform/random.js';
import { byMerit, type Division, divisions, type Field, fieldOf, type Outsider, weightsFor } from './places.js';
import type { Policy } from './policy.js';
import { propensities } from './propensity.js';
import type { Ranked } from './score.js';

export interface DrawRequest {
  readonly places: number;
  readonly experimentation: number;
  /** Hex. */
  readonly seed: string;
}

export interface Seat {
  readonly agent: Ranked;
  readonly place: 'merit' | 'exploration';
  readonly leastTried: boolean;
}

export interface Draw {
  /** Places by merit first, best first; one agent an operator. */
  readonly seats: readonly Seat[];
  /** By agent: how likely it was to get a place, over every outcome of the draw with these weights. Absent: impossible. */
  readonly propensities: ReadonlyMap<string, number>;
}

/**
 * Fills the places: most by merit, one for the least tried while somebody needs trying, and `experimentation` of one more by
 * a draw, in which an agent's weight is 1 / (1 + tries), give or take the jitter. Nothing else is left to chance, and all chance
 * comes from the seed: "experiment" is whether there is the extra place, "places" who is drawn, "jitter" with an agent's id its jitter.
 *
 * @param ranked best first
 */
export function draw(ranked: readonly Ranked[], { places, experimentation, seed }: DrawRequest, policy: Policy): Draw {
  const field = fieldOf(ranked, policy);
  const jitters = jittersFrom(seed, policy);
  const [without, withExperiment] = divisions(field, { places, experimentation, policy, jitters });
  const division = random(seed, 'experiment')() < experimentation ? withExperiment : without;
  return {
    seats: seats(field, places, division, random(seed, 'places')),
    propensities: propensities(field, places, [without, withExperiment]),
  };
}

/** Each agent has one, however often it is asked for. */
function jittersFrom(seed: string, { jitter }: Policy): (agent: Ranked) => number {
  const known = new Map<string, number>();
  return ({ agentId }) => {
    const made = known.get(agentId) ?? 1 + jitter * (2 * random(seed, 'jitter', agentId)() - 1);
    known.set(agentId, made);
    return made;
  };
}

function seats(field: Field, places: number, { exploring, outsiders }: Division, next: Random): Seat[] {
  const drawn: { readonly outsider: Outsider; readonly leastTried: boolean }[] = [];
  for (const kind of exploring) {
    const taken = new Set(drawn.map(({ outsider }) => outsider));
    const outsider = pick(outsiders, weightsFor(kind, outsiders), taken, next);
    if (outsider) drawn.push({ outsider, leastTried: kind === 'least_tried' });
  }
  const operators = new Set(drawn.map(({ outsider }) => outsider.operator));
  const merit = byMerit(field, places - drawn.length, operators);
  return [
    ...merit.map((agent): Seat => ({ agent, place: 'merit', leastTried: false })),
    ...drawn.map(({ outsider: { agent }, leastTried }): Seat => ({ agent, place: 'exploration', leastTried })),
  ];
}

/** Each as often as its weight says, and of that the share that setbacks leave it; null: nobody, and the place goes by merit. */
function pick(
  outsiders: readonly Outsider[],
  weights: readonly number[],
  taken: ReadonlySet<Outsider>,
  next: Random,
): Outsider | null {
  const open = outsiders.map((outsider, position) => ({
    outsider,
    weight: taken.has(outsider) ? 0 : (weights[position] ?? 0),
  }));
  const total = open.reduce((sum, { weight }) => sum + weight, 0);
  let left = next();
  for (const { outsider, weight } of open) {
    left -= (weight / total) * outsider.admitted;
    if (left < 0) return outsider;
  }
  // The chances summed to a hair less than 1, or what is left was taken from those that failed.
  const isWhole = open.every(({ outsider: { admitted }, weight }) => admitted === 1 || weight === 0);
  return isWhole ? (open.findLast(({ weight }) => weight > 0)?.outsider ?? null) : null;
}
