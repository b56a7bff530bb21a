import { byMerit, type Division, divisions, type Field, fieldOf, type Outsider, odds } from './places.js';
import type { Policy } from './policy.js';
import { type Random, random } from './random.js';
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
  const field = fieldOf(ranked);
  const jitter = ({ agentId }: Ranked) => 1 + policy.jitter * (2 * random(seed, 'jitter', agentId)() - 1);
  const jitters = new Map(ranked.map((agent) => [agent.agentId, jitter(agent)]));
  const [without, withExperiment] = divisions(field, { places, experimentation, policy, jitters });
  const division = random(seed, 'experiment')() < experimentation ? withExperiment : without;
  return {
    seats: seats(field, places, division, random(seed, 'places')),
    propensities: propensities(field, places, [without, withExperiment]),
  };
}

function seats(field: Field, places: number, { exploring, outsiders }: Division, next: Random): Seat[] {
  const drawn: number[] = [];
  for (const kind of exploring) drawn.push(pick(odds(kind, outsiders, drawn), next));
  const taken = at(outsiders, drawn);
  const merit = byMerit(field, places, taken).map((agent): Seat => ({ agent, place: 'merit', leastTried: false }));
  const explored = taken.map(
    ({ agent }, index): Seat => ({ agent, place: 'exploration', leastTried: exploring[index] === 'least_tried' }),
  );
  return [...merit, ...explored];
}

/** A position, each as often as its chance says. */
function pick(chances: readonly number[], next: Random): number {
  let left = next();
  for (const [position, chance] of chances.entries()) {
    left -= chance;
    if (left < 0) return position;
  }
  return chances.findLastIndex((chance) => chance > 0); // the chances summed to a hair less than 1
}

/** Exact but for rounding: every outcome is walked, and with two exploring places at most there are few enough. */
function propensities(field: Field, places: number, ways: readonly Division[]): Map<string, number> {
  const total = new Map<string, number>();
  const add = ({ agentId }: Ranked, chance: number) => total.set(agentId, (total.get(agentId) ?? 0) + chance);
  for (const way of ways) {
    if (way.chance > 0) addOutcomes(field, places, way, add);
  }
  return new Map([...total].map(([agentId, chance]) => [agentId, Math.round(chance * 1e12) / 1e12]));
}

function addOutcomes(field: Field, places: number, way: Division, add: (agent: Ranked, chance: number) => void): void {
  const { exploring, outsiders } = way;
  const seated = places - exploring.length;
  // Only an agent that takes the place of its operator's best changes the places by merit.
  const disturbs = outsiders.map(({ operator }) => operator < seated);
  const drawnAt = outsiders.map(() => 0);
  let undisturbed = 0;
  walk(way, (drawn, chance) => {
    for (const position of drawn) drawnAt[position] = (drawnAt[position] ?? 0) + chance;
    if (!drawn.some((position) => disturbs[position])) undisturbed += chance;
    else for (const agent of byMerit(field, places, at(outsiders, drawn))) add(agent, chance);
  });
  for (const [best] of field.slice(0, seated)) add(best, undisturbed);
  for (const [position, { agent }] of outsiders.entries()) add(agent, drawnAt[position] ?? 0);
}

function at(outsiders: readonly Outsider[], positions: readonly number[]): Outsider[] {
  return positions.flatMap((position) => outsiders[position] ?? []);
}

type Visit = (drawn: readonly number[], chance: number) => void;

function walk(way: Division, visit: Visit, drawn: readonly number[] = [], before = way.chance): void {
  const kind = way.exploring[drawn.length];
  const next = kind ? odds(kind, way.outsiders, drawn) : [];
  for (const [position, chance] of next.entries()) {
    if (chance > 0) walk(way, visit, [...drawn, position], before * chance);
  }
  if (!kind) visit(drawn, before);
}
