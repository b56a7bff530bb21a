export interface Judged {
  readonly bidId: string;
  readonly low: number;
  readonly high: number;
  readonly price: number;
  readonly receivedAt: Date;
}

export interface Ranked extends Judged {
  /** 1 is the best. */
  readonly rank: number;
  readonly presented: boolean;
}

/**
 * The order of a round: by the middle of the score's interval, then by what is certain, then the cheaper, then the earlier.
 * Presented are the best `places` of those whose score can reach `minScore` at all.
 */
export function ranking(bids: readonly Judged[], places: number, minScore: number): Ranked[] {
  const ordered = [...bids].sort(
    (a, b) =>
      b.low + b.high - (a.low + a.high) ||
      b.low - a.low ||
      a.price - b.price ||
      a.receivedAt.getTime() - b.receivedAt.getTime() ||
      (a.bidId < b.bidId ? -1 : 1),
  );
  let left = places;
  return ordered.map((bid, index) => {
    const presented = bid.high >= minScore && left > 0;
    if (presented) left--;
    return { ...bid, rank: index + 1, presented };
  });
}
