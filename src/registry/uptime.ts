/** From when on an agent answered its probes, did not, or was not asked (null). */
export interface Turn {
  readonly at: Date;
  readonly ok: boolean | null;
}

/**
 * The share of the time in which the agent's last probe was good, 0-1. Counted by time and not by probes, as one that fails is
 * asked less often. Time in which it was not asked does not count.
 *
 * @param turns oldest first; the last one before `from` says how the time began
 * @returns null: it was not asked at all
 */
export function uptime(turns: readonly Turn[], from: Date, now: Date): number | null {
  let upMs = 0;
  let askedMs = 0;
  for (const [index, { at, ok }] of turns.entries()) {
    const begins = Math.max(at.getTime(), from.getTime());
    const ends = Math.min(turns[index + 1]?.at.getTime() ?? now.getTime(), now.getTime());
    if (ok === null || ends <= begins) continue;
    askedMs += ends - begins;
    if (ok) upMs += ends - begins;
  }
  return askedMs === 0 ? null : upMs / askedMs;
}
