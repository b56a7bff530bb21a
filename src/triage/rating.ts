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

/** How far luck in one round spreads what an agent shows: half the spread of a new agent's rating. */
const BETA = NEW_RATING.sigma / 2;
/** Agents change: before each round a rating is a little less sure. */
const TAU = NEW_RATING.sigma / 100;
/** However much a round tells, so much of the doubt stays. */
const LEAST_DOUBT = 0.0001;

/**
 * The ratings after they were ranked against each other. A rating of one alone stays as it was.
 *
 * The Plackett-Luce model of Weng and Lin, "A Bayesian approximation method for online ranking" (JMLR 12, 2011), algorithm 4: the best is
 * drawn among all, the next among the rest, and so on; each agent moves by what these draws tell of it.
 *
 * @param ranks 1 is the best, in the order of the ratings; equal ranks are ties
 */
export function rated(ratings: readonly Rating[], ranks: readonly number[]): Rating[] {
  if (ratings.length < 2) return [...ratings];
  const variances = ratings.map(({ sigma }) => sigma ** 2 + TAU ** 2);
  const c = Math.sqrt(variances.reduce((sum, variance) => sum + variance + BETA ** 2, 0));
  const strengths = ratings.map(({ mu }) => Math.exp(mu / c));
  const rankOf = (index: number) => ranks[index] ?? 1;
  const draws = ratings.map((_, drawn) => ({
    rank: rankOf(drawn),
    among: strengths.reduce((sum, one, index) => (rankOf(index) >= rankOf(drawn) ? sum + one : sum), 0),
    ties: ranks.filter((rank) => rank === rankOf(drawn)).length,
  }));
  return ratings.map((before, index) => {
    let [surprise, told] = [0, 0];
    for (const [drawn, { rank, among, ties }] of draws.entries()) {
      if (rank > rankOf(index)) continue;
      const chance = (strengths[index] ?? 0) / among;
      surprise += (drawn === index ? 1 - chance : -chance) / ties;
      told += (chance * (1 - chance)) / ties;
    }
    const variance = variances[index] ?? 0;
    const doubt = Math.max(1 - told * (Math.sqrt(variance) / c) ** 3, LEAST_DOUBT);
    return {
      mu: before.mu + (variance / c) * surprise,
      sigma: Math.sqrt(variance * doubt),
      compared: before.compared + ratings.length - 1,
    };
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
