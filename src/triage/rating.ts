import { rate } from 'openskill';

/** An agent's strength among those it bid against, by Weng and Lin: a normal guess that each round narrows. */
export interface Rating {
  readonly mu: number;
  readonly sigma: number;
  /** Other bids that its own were compared with, one by one. */
  readonly compared: number;
}

export const NEW_RATING: Rating = { mu: 25, sigma: 25 / 3, compared: 0 };

/** Before so many comparisons an agent's place among others is not known. */
export const KNOWN_AFTER = 100;

/**
 * The ratings after they were ranked against each other. A rating of one alone stays as it was.
 *
 * @param ranks 1 is the best, in the order of the ratings; equal ranks are ties
 */
export function rated(ratings: readonly Rating[], ranks: readonly number[]): Rating[] {
  if (ratings.length < 2) return [...ratings];
  const teams = rate(
    ratings.map(({ mu, sigma }) => [{ mu, sigma }]),
    { rank: [...ranks] },
  );
  return ratings.map((before, index) => {
    const after = teams[index]?.[0] ?? before;
    return { mu: after.mu, sigma: after.sigma, compared: before.compared + ratings.length - 1 };
  });
}

/** On a scale where a new agent is 1500; `low..high` holds the true value 19 times in 20, if the model does. */
export interface ShownRating {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly comparisons: number;
  /** False: so few comparisons that the order among others is not known yet. */
  readonly known: boolean;
}

const POINTS = 40;
const MIDDLE = 1_500;

export function shownRating({ mu, sigma, compared }: Rating): ShownRating {
  const at = (value: number) => Math.round(MIDDLE + (value - NEW_RATING.mu) * POINTS);
  return {
    value: at(mu),
    low: at(mu - 1.96 * sigma),
    high: at(mu + 1.96 * sigma),
    comparisons: compared,
    known: compared >= KNOWN_AFTER,
  };
}

/** 1 for the highest score; equal scores share a rank. */
export function ranksOf(scores: readonly number[]): number[] {
  return scores.map((score) => 1 + scores.filter((other) => other > score).length);
}
