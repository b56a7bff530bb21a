import type { Gate, Interval, JudgedCriterion, JudgedDimension } from './judgement.schema.js';

/** Answers to a rubric's questions of one dimension. */
export interface Answered {
  readonly key: string;
  readonly name: string;
  /** Of the total; weights of dimensions that don't apply go to the others. */
  readonly weight: number;
  readonly criteria: readonly JudgedCriterion[];
}

/** What missed rules may take off together, in points. */
const MOST_PENALTY = 50;

/** From all unknown criteria missed to all of them met, in points of 100. */
export function dimensionScore({ key, name, weight, criteria }: Answered): JudgedDimension {
  const all = criteria.reduce((sum, criterion) => sum + criterion.weight, 0);
  const met = (...accepted: readonly string[]) =>
    criteria
      .filter((criterion) => accepted.includes(criterion.met))
      .reduce((sum, criterion) => sum + criterion.weight, 0);
  return { key, name, weight, low: points(met('yes') / all), high: points(met('yes', 'unknown') / all) };
}

/**
 * The total: the dimensions' weighted mean, minus the points of rules that were missed, below every closed gate's cap.
 * A rule that is unknown takes its points off the low end alone. Without a dimension that applies nothing is known.
 */
export function totalScore(
  dimensions: readonly JudgedDimension[],
  rules: readonly JudgedCriterion[],
  gates: readonly Gate[],
): Interval {
  const weight = dimensions.reduce((sum, dimension) => sum + dimension.weight, 0);
  const mean = (end: 'low' | 'high', otherwise: number) =>
    weight === 0
      ? otherwise
      : dimensions.reduce((sum, dimension) => sum + dimension.weight * dimension[end], 0) / weight;
  const cap = Math.min(100, ...gates.flatMap((gate) => gate.cap ?? []));
  const bounded = (value: number) => points(Math.min(cap, Math.max(0, value)) / 100);
  return {
    low: bounded(mean('low', 0) - penalty(rules, 'no', 'unknown')),
    high: bounded(mean('high', 100) - penalty(rules, 'no')),
  };
}

function penalty(rules: readonly JudgedCriterion[], ...missed: readonly string[]): number {
  const sum = rules.filter(({ met }) => missed.includes(met)).reduce((total, { weight }) => total + weight, 0);
  return Math.min(MOST_PENALTY, sum);
}

/** A share as points, to one decimal. */
function points(share: number): number {
  return Math.round(share * 1_000) / 10;
}
