/** Scores 0-100. */
interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A prototype below this promised too little to be set against. */
const LEAST_PROMISE = 5;

/** What finished work scores, as a share of its prototype's score by the same judge (0-1). Null: there was nothing promised to speak of. */
export function keptShare(promised: Interval, delivered: Interval): number | null {
  const before = middle(promised);
  return before < LEAST_PROMISE ? null : Math.min(1, middle(delivered) / before);
}

function middle({ low, high }: Interval): number {
  return (low + high) / 2;
}
