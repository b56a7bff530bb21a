import type { RoundRules } from '../triage/decision.js';

/**
 * Whether the bids that are in are enough to end a round before everybody has answered.
 *
 * @param lows of each bid received, the least score that a quick look was sure of (0-100); null: nobody has looked yet
 */
export function isEnough(
  lows: readonly (number | null)[],
  { stopAfter, stopScore }: Pick<RoundRules, 'stopAfter' | 'stopScore'>,
): boolean {
  if (stopAfter === null) return false;
  return lows.filter((low) => low !== null && low >= stopScore).length >= stopAfter;
}
