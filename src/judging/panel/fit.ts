import { cholesky, dot, inverse, logDeterminant, type Matrix, solved } from './matrix.js';

/** One decision that is known, and how each judge leaned in it. */
export interface Example {
  /** A judge each, from -1 (all for b) to 1 (all for a); 0: no vote, or one that its other order took back. */
  readonly leans: readonly number[];
  /** 1: a was right. */
  readonly right: 1 | -1;
  /** Several that come from one decision share its weight. Default 1. */
  readonly weight?: number;
}

/** What is thought of the weights before anything is known. */
export interface Prior {
  readonly mean: readonly number[];
  /** The larger, the more decisions it takes to change it. */
  readonly precision: number;
}

/** Weights with their uncertainty: a normal distribution. */
export interface Fit {
  readonly mean: readonly number[];
  readonly covariance: Matrix;
  /** How well these judges under this prior foretold the examples: what fits are compared by. */
  readonly logEvidence: number;
}

const MOST_STEPS = 50;
const STILL = 1e-9;

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * Bayesian logistic regression of what was right on how the judges leaned: the weights of all judges together, so that
 * judges who share their errors also share their weight. Newton's way to the top, Laplace's normal around it.
 */
export function fit(examples: readonly Example[], prior: Prior): Fit {
  let mean = [...prior.mean];
  let lower = cholesky(curvature(examples, prior, mean));
  for (let step = 0; step < MOST_STEPS; step++) {
    const moves = solved(lower, slope(examples, prior, mean));
    mean = mean.map((weight, j) => weight + (moves[j] ?? 0));
    lower = cholesky(curvature(examples, prior, mean));
    if (Math.max(0, ...moves.map(Math.abs)) < STILL) break;
  }
  return { mean, covariance: inverse(lower), logEvidence: logEvidence(examples, prior, mean, lower) };
}

function slope(examples: readonly Example[], prior: Prior, at: readonly number[]): number[] {
  const sums = at.map((weight, j) => prior.precision * ((prior.mean[j] ?? 0) - weight));
  for (const { leans, right, weight: share = 1 } of examples) {
    const pull = share * right * sigmoid(-right * dot(leans, at));
    for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] ?? 0) + pull * (leans[j] ?? 0);
  }
  return sums;
}

function curvature(examples: readonly Example[], prior: Prior, at: readonly number[]): number[][] {
  const sums = at.map((_, i) => at.map((_weight, j) => (i === j ? prior.precision : 0)));
  for (const { leans, weight: share = 1 } of examples) {
    const p = sigmoid(dot(leans, at));
    for (const [i, row] of sums.entries()) {
      const scaled = share * p * (1 - p) * (leans[i] ?? 0);
      if (scaled !== 0) for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) + scaled * (leans[j] ?? 0);
    }
  }
  return sums;
}

function logEvidence(examples: readonly Example[], { precision, mean }: Prior, at: readonly number[], lower: Matrix) {
  const likelihood = examples.reduce(
    (sum, { leans, right, weight = 1 }) => sum + weight * logSigmoid(right * dot(leans, at)),
    0,
  );
  const distance = at.reduce((sum, weight, j) => sum + (weight - (mean[j] ?? 0)) ** 2, 0);
  return likelihood - (precision * distance) / 2 + (at.length * Math.log(precision) - logDeterminant(lower)) / 2;
}

function logSigmoid(x: number): number {
  return x > 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
}
