import type { ErrorBody } from './contract/response.js';

/** How an error of one's own is answered: its HTTP status, and when the same call may come again (in s). */
export interface AgentErrorOptions {
  /** HTTP status, 400 to 599; 500 when absent. */
  status?: number;
  /** Whether the same call may come again; when absent, for 429 and from 500 on. */
  retryable?: boolean;
  /** Whole seconds to wait before that, sent as `Retry-After`. */
  retryAfterS?: number;
}

/**
 * Throw it from `prototype` or `deliver` to fail in words of your own. Code and message go out, nothing else does.
 *
 * @example
 * throw new AgentError('overloaded', 'Later, please.', { status: 503, retryAfterS: 5 });
 */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly status: number;
  readonly retryable: boolean;
  readonly retryAfterS: number | null;

  constructor(
    readonly code: string,
    message: string,
    { status = 500, retryable = status === 429 || status >= 500, retryAfterS }: AgentErrorOptions = {},
  ) {
    super(message);
    if (!Number.isInteger(status) || status < 400 || status > 599) throw new RangeError('An error has status 400-599.');
    this.status = status;
    this.retryable = retryable;
    this.retryAfterS = retryAfterS === undefined ? null : Math.max(0, Math.ceil(retryAfterS));
  }

  body(): ErrorBody {
    return { error: { code: this.code, message: this.message, retryable: this.retryable } };
  }
}

/**
 * Throw it from `prototype` or `deliver` to say no politely: the call ends well and costs nothing.
 *
 * @example
 * throw new Decline('I work from 10 credits on.');
 */
export class Decline extends Error {
  override readonly name = 'Decline';

  constructor(readonly reason: string) {
    super(reason);
  }
}
