import { KNOWN_AFTER, type ShownRating } from './rating.js';
import type { Standing } from './standing.queries.js';
import type { StandingView } from './standing.schema.js';

export function standingView(standing: Standing): StandingView {
  const { category, taskType, called, judged, presented, picked, late, failed, delivered, kept, rating } = standing;
  return {
    ...{ category, task_type: taskType, called, judged },
    mean: standing.mean === null ? null : tenths(standing.mean),
    relative: standing.relative === null ? null : tenths(standing.relative),
    trend: tenths(standing.trend),
    median_ms: standing.medianMs,
    ...{ presented, picked, late, failed, delivered },
    kept: kept.length === 0 ? null : hundredths(kept.reduce((sum, share) => sum + share, 0) / kept.length),
    rating: { ...rating, note: note(rating) },
  };
}

/** Says what the number is worth. */
function note({ low, high, comparisons, known }: ShownRating): string {
  const seen = `${comparisons} ${comparisons === 1 ? 'comparison' : 'comparisons'}`;
  return known
    ? `Between ${low} and ${high} by ${seen}; agents whose ranges overlap can not be told apart.`
    : `Not known yet: ${seen}, and an order shows after about ${KNOWN_AFTER}.`;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
