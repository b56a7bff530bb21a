/** What the next try of a delivery is decided by. */
export interface Tried {
  /** Tries since it was asked for, the failed one included. */
  readonly tries: number;
  /** The waits between tries, in s. */
  readonly waitsS: readonly number[];
  readonly now: Date;
  /** From 0 to 1. */
  readonly chance: number;
  /** What the receiver asked for with Retry-After, in s. */
  readonly retryAfterS?: number | undefined;
}

/** How far a wait may be off, either way, so that what failed together does not come back together. */
const JITTER = 0.1;
const MOST_ASKED_S = 86_400;

/** When a failed delivery is tried again; null: it was the last try. A receiver may ask for later, up to a day, never for sooner. */
export function nextTryAt({ tries, waitsS, now, chance, retryAfterS = 0 }: Tried): Date | null {
  const waitS = waitsS[tries - 1];
  if (waitS === undefined) return null;
  const jittered = waitS * (1 - JITTER + 2 * JITTER * chance);
  return new Date(now.getTime() + Math.max(jittered, Math.min(retryAfterS, MOST_ASKED_S)) * 1_000);
}

/** The waits of a setting such as `5,60,300`, in s. */
export function waits(setting: string): number[] {
  return setting.split(',').map(Number);
}

/** What one attempt says of the delivery and of the webhook. */
export type Verdict =
  | { readonly kind: 'delivered' }
  /** `gone`: the receiver wants nothing more, ever. */
  | { readonly kind: 'failed'; readonly problem: string; readonly gone: boolean };

/** What the receiver's status means: 2xx took it, 410 ends the webhook, everything else is tried again. */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'failed', problem: 'answered 410: it wants no more events', gone: true };
  const hint = status >= 300 && status < 400 ? '; redirects are not followed: give the address that answers' : '';
  return { kind: 'failed', problem: `answered ${status}${hint}`, gone: false };
}

/** Whether a webhook that goes on failing is switched off now. */
export function isGivenUp(failingSince: Date, now: Date, afterDays: number): boolean {
  return now.getTime() - failingSince.getTime() >= afterDays * 86_400_000;
}

/** Attempts that one webhook may have under way at a time: a receiver that fails or is slow gets them one by one. */
export function placesOf({ failing, slow }: { failing: boolean; slow: boolean }): number {
  return failing || slow ? 1 : 4;
}
