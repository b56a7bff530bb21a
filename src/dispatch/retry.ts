import type { Outcome } from './outcome.js';

/** What a failed attempt is judged by. */
export interface Tried {
  readonly outcome: Outcome;
  /** Attempts that ended with a result of the agent's, this one included; those our side lost do not count. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly now: Date;
  readonly deadlineAt: Date;
}

const FIRST_WAIT_MS = 500;

/** Whether the contract allows the same call again. */
export function isRetryable(outcome: Outcome): outcome is Extract<Outcome, { kind: 'failed' }> {
  return outcome.kind === 'failed' && outcome.retryable;
}

/**
 * When the same call is made again, or null for never: only for failures that the contract calls retryable, doubling from
 * 0.5 s or as the agent asks with Retry-After, and only inside the call's one window.
 */
export function nextAttemptAt({ outcome, attempts, maxAttempts, now, deadlineAt }: Tried): Date | null {
  if (!isRetryable(outcome) || attempts >= maxAttempts) return null;
  const waitMs = outcome.retryAfterS === undefined ? FIRST_WAIT_MS * 2 ** (attempts - 1) : outcome.retryAfterS * 1_000;
  const at = new Date(now.getTime() + waitMs);
  return at < deadlineAt ? at : null;
}

/** Seconds to wait of a Retry-After header (seconds or an HTTP date); undefined when it is neither. */
export function retryAfterS(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1_000);
}
