export interface Judged {
  readonly bidId: string;
  readonly low: number;
  readonly high: number;
  readonly price: number;
  readonly receivedAt: Date;
  /** Pairs won less pairs lost, where a model compared the best with one another. */
  readonly pairs?: number;
}

export interface Ranked extends Judged {
  /** 1 is the best. */
  readonly rank: number;
}

/** What a pair won is worth in the order, in points of the score; the score itself stays. */
const PAIR_POINTS = 3;

/** The order of a round: by the middle of the score's interval and the pairs won, then by what is certain, then the cheaper, then the earlier. */
export function ranking(bids: readonly Judged[]): Ranked[] {
  const ordered = [...bids].sort(
    (a, b) =>
      placeOf(b) - placeOf(a) ||
      b.low - a.low ||
      a.price - b.price ||
      a.receivedAt.getTime() - b.receivedAt.getTime() ||
      (a.bidId < b.bidId ? -1 : 1),
  );
  return ordered.map((bid, index) => ({ ...bid, rank: index + 1 }));
}

function placeOf({ low, high, pairs = 0 }: Judged): number {
  return (low + high) / 2 + PAIR_POINTS * pairs;
}
