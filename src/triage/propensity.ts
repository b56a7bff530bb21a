import { byMerit, type Division, type Field, type Outsider, weightsFor } from './places.js';

/** One thing that a draw can come to, as far as merit sees it: which outsiders among the first operators, and how many in all. */
interface Outcome {
  /** Positions of outsiders whose operators merit would look at. */
  readonly near: readonly number[];
  readonly drawn: number;
  readonly chance: number;
}

/** What the first draw can come to: one near outsider, any of the far ones, or nobody. */
interface First extends Outcome {
  /** The sum over those it stands for of their chance / the weight that is left when they are out. */
  readonly scale: number;
  /** The same times their own admitted weight, which the second draw can't use. */
  readonly own: number;
  readonly far: boolean;
}

/**
 * By agent: how likely it is to get a place, over every outcome of the draw with these weights. Exact but for rounding, in time that
 * grows with the candidates: only those outsiders that change who is seated by merit are looked at one by one.
 */
export function propensities(field: Field, places: number, ways: readonly Division[]): Map<string, number> {
  const total = new Map<string, number>();
  const add = (agentId: string, chance: number) => total.set(agentId, (total.get(agentId) ?? 0) + chance);
  for (const way of ways.filter(({ chance }) => chance > 0)) {
    const { outcomes, drawnAt } = outcomesOf(way, places);
    for (const [position, { agent }] of way.outsiders.entries())
      add(agent.agentId, way.chance * (drawnAt[position] ?? 0));
    for (const { near, drawn, chance } of outcomes) {
      const taken = new Set(near.map((position) => way.outsiders[position]?.operator ?? -1));
      for (const { agentId } of byMerit(field, places - drawn, taken)) add(agentId, way.chance * chance);
    }
  }
  return new Map([...total].map(([agentId, chance]) => [agentId, Math.min(1, Math.round(chance * 1e12) / 1e12)]));
}

interface Outcomes {
  readonly outcomes: readonly Outcome[];
  /** By position: how likely the outsider is to be drawn. */
  readonly drawnAt: readonly number[];
}

function outcomesOf({ exploring, outsiders }: Division, places: number): Outcomes {
  const [first, second] = exploring;
  if (!first) return { outcomes: [{ near: [], drawn: 0, chance: 1 }], drawnAt: outsiders.map(() => 0) };
  const seen = places + exploring.length;
  const isNear = outsiders.map(({ operator }) => operator < seen);
  const chances = chancesOf(weightsFor(first, outsiders), outsiders);
  const weights = second ? weightsFor(second, outsiders) : outsiders.map(() => 0);
  const firsts = firstsOf(chances, weights, outsiders, isNear);
  if (!second) return { outcomes: firsts, drawnAt: chances };
  return {
    outcomes: firsts.flatMap((one) => seconds(one, weights, outsiders, isNear)),
    drawnAt: drawnInTwo(chances, weights, outsiders),
  };
}

function chancesOf(weights: readonly number[], outsiders: readonly Outsider[]): number[] {
  const total = sum(weights);
  return weights.map((weight, position) => (weight * (outsiders[position]?.admitted ?? 0)) / total);
}

/** @param weights of the second draw; all 0 if there is none */
function firstsOf(
  chances: readonly number[],
  weights: readonly number[],
  outsiders: readonly Outsider[],
  isNear: readonly boolean[],
): First[] {
  const total = sum(weights);
  const scales = chances.map((chance, position) => ratio(chance, total - (weights[position] ?? 0)));
  const own = scales.map((scale, position) => scale * admittedWeight(weights, outsiders, position));
  const far = <T>(values: readonly T[]) => values.filter((_, position) => !isNear[position]);
  const near = chances.flatMap((chance, position): First[] =>
    isNear[position] && chance > 0
      ? [{ near: [position], drawn: 1, chance, scale: scales[position] ?? 0, own: own[position] ?? 0, far: false }]
      : [],
  );
  const nobody = Math.max(0, 1 - sum(chances));
  return [
    ...near,
    { near: [], drawn: 1, chance: sum(far(chances)), scale: sum(far(scales)), own: sum(far(own)), far: true },
    { near: [], drawn: 0, chance: nobody, scale: ratio(nobody, total), own: 0, far: false },
  ];
}

/** What the second draw can come to after the first. */
function seconds(
  first: First,
  weights: readonly number[],
  outsiders: readonly Outsider[],
  isNear: readonly boolean[],
): Outcome[] {
  const all = weights.map((_, position) => admittedWeight(weights, outsiders, position));
  const { near, drawn, chance, scale, own } = first;
  const others = all.flatMap((weight, position): Outcome[] =>
    isNear[position] && !near.includes(position)
      ? [{ near: [...near, position], drawn: drawn + 1, chance: scale * weight }]
      : [],
  );
  const far = scale * sum(all.filter((_, position) => !isNear[position])) - (first.far ? own : 0);
  const nobody = Math.max(0, chance - (scale * sum(all) - own));
  return [...others, { near, drawn: drawn + 1, chance: far }, { near, drawn, chance: nobody }];
}

/** Drawn first, or second after anybody else or nobody. */
function drawnInTwo(chances: readonly number[], weights: readonly number[], outsiders: readonly Outsider[]): number[] {
  const total = sum(weights);
  const scales = chances.map((chance, position) => ratio(chance, total - (weights[position] ?? 0)));
  const all = sum(scales) + ratio(Math.max(0, 1 - sum(chances)), total);
  return chances.map(
    (chance, position) => chance + admittedWeight(weights, outsiders, position) * (all - (scales[position] ?? 0)),
  );
}

function admittedWeight(weights: readonly number[], outsiders: readonly Outsider[], position: number): number {
  return (weights[position] ?? 0) * (outsiders[position]?.admitted ?? 0);
}

function ratio(chance: number, weight: number): number {
  return chance > 0 && weight > 0 ? chance / weight : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
