/** How often something happened of the times it could have. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  /** Null: it could never have happened. */
  readonly share: number | null;
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/** A share with Wilson's 95 % interval, which holds for few and for none. Hits may be halves. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: null, low: 0, high: 1 };
  const p = hits / of;
  const middle = p + Z ** 2 / (2 * of);
  const spread = Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  const [low, high] = [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
  return { hits, of, share: p, low, high };
}
