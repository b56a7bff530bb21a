/** What one attempt of a call took, in ms from its own beginning; null where it did not come to that. */
export interface Timed {
  readonly attempt: number;
  readonly started_at: string;
  readonly connect_ms: number | null;
  readonly first_byte_ms: number | null;
  readonly total_ms: number | null;
  /** Of an answer that comes later: from its acknowledgement on somebody works. */
  readonly acknowledged_at?: string | null;
}

export const PHASES = ['connect', 'wait', 'receive', 'work'] as const;
export type Phase = (typeof PHASES)[number];

export interface Bar {
  readonly attempt: number;
  /** Of the whole axis, 0 to 100. */
  readonly from: number;
  readonly parts: readonly { readonly phase: Phase; readonly ms: number; readonly share: number }[];
}

/**
 * Attempts as bars on one axis of time, from the first one's beginning.
 *
 * @param endAt when the last of it was over; an attempt that is under way, or an answer that is worked on, lasts until then
 * @returns `spanMs` is the length of the axis, at least 1
 */
export function waterfall(attempts: readonly Timed[], endAt: Date): { spanMs: number; bars: Bar[] } {
  const origin = Math.min(...attempts.map(({ started_at: at }) => Date.parse(at)));
  const measured = attempts.map((one) => ({ one, parts: partsOf(one, endAt) }));
  const ends = measured.map(({ one, parts }) => Date.parse(one.started_at) - origin + sum(parts.map(({ ms }) => ms)));
  const spanMs = Math.max(1, ...ends);
  const share = (ms: number) => (100 * ms) / spanMs;
  const bars = measured.map(({ one, parts }) => ({
    attempt: one.attempt,
    from: share(Date.parse(one.started_at) - origin),
    parts: parts.map((part) => ({ ...part, share: share(part.ms) })),
  }));
  return { spanMs, bars };
}

function partsOf(one: Timed, endAt: Date): { phase: Phase; ms: number }[] {
  const lasted = Math.max(0, endAt.getTime() - Date.parse(one.started_at));
  const total = one.total_ms ?? lasted;
  const connected = Math.min(one.connect_ms ?? 0, total);
  const answered = Math.min(Math.max(one.first_byte_ms ?? total, connected), total);
  // Of an answer that comes later `total_ms` runs until it is here, and the exchange itself was over with the acknowledgement.
  const acknowledged = one.acknowledged_at ? Date.parse(one.acknowledged_at) - Date.parse(one.started_at) : total;
  const received = Math.min(Math.max(acknowledged, answered), total);
  const parts = [
    { phase: 'connect' as const, ms: connected },
    { phase: 'wait' as const, ms: answered - connected },
    { phase: 'receive' as const, ms: received - answered },
    { phase: 'work' as const, ms: (one.acknowledged_at ? Math.max(total, lasted) : total) - received },
  ];
  return parts.filter(({ ms }) => ms > 0);
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
