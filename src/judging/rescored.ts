import type { JudgedCriterion, Judgement } from './judgement.schema.js';
import { dimensionScore, totalScore } from './score.js';

/** Weights to judge by instead of those that a judgement was made with; what is not named keeps its own. */
export interface OtherWeights {
  /** By dimension: its share of the total, against the shares of the others. */
  readonly dimensions?: Readonly<Record<string, number>>;
  /** By criterion: of the rubric its weight in its dimension, of a rule the points that a miss takes off. 0 takes it out. */
  readonly criteria?: Readonly<Record<string, number>>;
}

/** The same answers to the same questions, counted anew: dimensions and total follow from the criteria, below the same gates. */
export function rescored(judgement: Judgement, { dimensions = {}, criteria = {} }: OtherWeights = {}): Judgement {
  const answered = judgement.criteria.map((criterion) => ({
    ...criterion,
    weight: weightOf(criteria, criterion.key) ?? criterion.weight,
  }));
  const counted = judgement.dimensions
    .map(({ key, name, weight }) => ({
      ...{ key, name, weight: weightOf(dimensions, key) ?? weight },
      criteria: answered.filter(({ dimension }) => dimension === key),
    }))
    .filter(({ weight, criteria: own }) => weight > 0 && sumOf(own) > 0);
  const scored = counted.map(dimensionScore);
  const rules = answered.filter(({ dimension, source }) => dimension === null && source !== 'gate');
  const total = totalScore(scored, rules, judgement.gates);
  return { ...judgement, criteria: answered, dimensions: scored, total };
}

function weightOf(weights: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(weights, key) ? weights[key] : undefined;
}

function sumOf(criteria: readonly JudgedCriterion[]): number {
  return criteria.reduce((sum, { weight }) => sum + weight, 0);
}
