import type { ReceivedAnswer } from '@bakeoff/agent-kit';

/**
 * Why an attempt brought no answer. `late`: the whole answer came, after the deadline; it is kept in the trace alone.
 * `failed_later`: an agent that had acknowledged said by callback that its work came to nothing.
 * `blocked`: the address may not be called any more.
 */
export type FailureReason =
  | 'timed_out'
  | 'not_acknowledged'
  | 'failed_later'
  | 'late'
  | 'unreachable'
  | 'blocked'
  | 'reset'
  | 'bad_status'
  | 'bad_body'
  | 'too_large';

/** What came of one attempt. A failure is a result like any other: the caller needs both. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: ReceivedAnswer }
  | { readonly kind: 'declined'; readonly reason: string }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      /** In words, for the agent's operator. */
      readonly problem: string;
      /** Whether the contract allows the same call again. */
      readonly retryable: boolean;
      /** What the agent asked for with Retry-After, in s. */
      readonly retryAfterS?: number;
    };

/** The agent answers later, at the callback of the request. */
export interface Acknowledged {
  readonly kind: 'acknowledged';
  /** When it expects to, in s from now. */
  readonly etaS?: number;
}

/** What an attempt looked like from our side, for its trace. */
export interface Exchanged {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly connectMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Where the answer's bytes lie; null when there were none worth keeping. */
  readonly responseHash: string | null;
  readonly responseHead: string | null;
  /** It was no answer to a request: it came by callback, and was stored with the call before. */
  readonly calledBack?: true;
}

/** How a call ended: the outcome of its last attempt, or ours when we never made one. */
export type Settled = Outcome | { readonly kind: 'not_called'; readonly problem: string };
