import { type Example, type Fit, fit, sigmoid } from './fit.js';
import { dot } from './matrix.js';

/** Whom a panel believes how much. Plain values, learned anew from the stored votes whenever they are wanted. */
export interface Weights extends Fit {
  readonly judges: readonly string[];
  /** The decisions that they were learned from. */
  readonly labels: number;
}

/** What the panel says of one question: who is right, and between which bounds that is known. */
export interface Verdict {
  readonly verdict: 'a' | 'b' | 'tie';
  /** That a is right. */
  readonly probability: number;
  /** 95 % of what the weights may be lies between. */
  readonly low: number;
  readonly high: number;
  /** The interval leaves out one half. A verdict that is not sure is a lean, and should be shown as a tie. */
  readonly sure: boolean;
}

/**
 * Before anything is known every judge is believed a little and all the same, so the first verdicts are the majority's
 * with an interval that says how little that means.
 */
const TRUST = 0.1;
const TOGETHER = 3;

/** The other thought: one of them knows, and the rest is noise. */
const TRUST_ALONE = 0.5;
const ALONE = 1;

/** Before anything is known neither thought is the likelier. */
const EITHER = 0.5;

/** Of two judges the one that stands by its vote twice as often is sixteen times as likely to be the one that knows. */
const FIRMNESS = 4;
const LEAST_FIRM = 0.02;

/** Two-sided 95 % of a normal distribution. */
const Z = 1.96;

/** What cancels out to this is no lean. */
const NOTHING = 1e-9;

/**
 * Weights for these judges, in log odds a full vote. Two thoughts are weighed by how well they foretell the examples: that all judges
 * count together (with shared errors discounted), and that one alone is to be believed. With few examples that finds the
 * one good judge among many that err alike; with many it uses what each adds. A judge that is mostly wrong gets a negative weight.
 *
 * @param firm how often each judge leans to a side at all, over labelled and other questions alike, 0 to 1: one that
 *   says the opposite when the answers change places has not looked, which shows without a label
 */
export function learnWeights(
  judges: readonly string[],
  examples: readonly Example[],
  firm: readonly number[] = judges.map(() => 1),
): Weights {
  const about = { judges, labels: examples.length };
  const together = fit(examples, { mean: judges.map(() => TRUST), precision: TOGETHER });
  const alone = judges.map((_, judge) => onlyOne(judges.length, judge, examples));
  const chances = firm.map((often) => Math.max(LEAST_FIRM, often) ** FIRMNESS);
  const all = chances.reduce((sum, chance) => sum + chance, 0);
  const thoughts = [
    { ...together, prior: EITHER },
    ...alone.map((thought, at) => ({ ...thought, prior: ((1 - EITHER) * (chances[at] ?? 0)) / all })),
  ];
  return { ...about, ...mixed(thoughts) };
}

/** The same judges on one kind of question: where they stand on all others, moved by the examples of this kind. */
export function learnKind(start: Weights, examples: readonly Example[]): Weights {
  const { judges, mean } = start;
  return { judges, labels: examples.length, ...fit(examples, { mean, precision: TOGETHER }) };
}

/** Which way the panel leans on this question, each judge's vote from -1 to 1. */
export function verdictOf({ mean, covariance }: Fit, leans: readonly number[]): Verdict {
  const logOdds = dot(mean, leans);
  const variance = Math.max(
    0,
    leans.reduce((sum, lean, i) => sum + lean * dot(covariance[i] ?? [], leans), 0),
  );
  const spread = Z * Math.sqrt(variance);
  // The mean of the logistic over a normal, as MacKay approximates it: doubt about the weights pulls towards one half.
  const probability = sigmoid(logOdds / Math.sqrt(1 + (Math.PI * variance) / 8));
  const verdict = Math.abs(logOdds) < NOTHING ? 'tie' : logOdds > 0 ? 'a' : 'b';
  const [low, high] = [sigmoid(logOdds - spread), sigmoid(logOdds + spread)];
  return { verdict, probability, low, high, sure: verdict !== 'tie' && (low > 0.5 || high < 0.5) };
}

function onlyOne(size: number, judge: number, examples: readonly Example[]): Fit {
  const own = examples.map((example) => ({ ...example, leans: [example.leans[judge] ?? 0] }));
  const { mean, covariance, logEvidence } = fit(own, { mean: [TRUST_ALONE], precision: ALONE });
  const zeros = Array.from({ length: size }, () => 0);
  return {
    mean: zeros.with(judge, mean[0] ?? 0),
    covariance: zeros.map((_, i) => (i === judge ? zeros.with(judge, covariance[0]?.[0] ?? 0) : zeros)),
    logEvidence,
  };
}

/** One normal with the mean and the covariance of several, each as likely as its prior and the examples make it. */
function mixed(fits: readonly (Fit & { readonly prior: number })[]): Fit {
  const best = Math.max(...fits.map(({ logEvidence }) => logEvidence));
  const raw = fits.map(({ prior, logEvidence }) => prior * Math.exp(logEvidence - best));
  const all = raw.reduce((sum, share) => sum + share, 0);
  const shares = raw.map((share) => share / all);
  const size = fits[0]?.mean.length ?? 0;
  const over = (value: (fit: Fit) => number) => fits.reduce((sum, one, k) => sum + (shares[k] ?? 0) * value(one), 0);
  const at = Array.from({ length: size }, (_, i) => over(({ mean }) => mean[i] ?? 0));
  const covariance = at.map((mi, i) =>
    at.map((mj, j) =>
      over(({ mean, covariance: own }) => (own[i]?.[j] ?? 0) + ((mean[i] ?? 0) - mi) * ((mean[j] ?? 0) - mj)),
    ),
  );
  return { mean: at, covariance, logEvidence: best + Math.log(all) };
}
