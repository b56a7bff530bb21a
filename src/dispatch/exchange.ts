import { Acknowledgement, ErrorBody, LIMITS, parseAnswer, parseBody, parseJson, sign } from '@bakeoff/agent-kit';
import type { Egress, EgressAnswer } from '../platform/egress/egress.js';
import { EgressFailure } from '../platform/egress/failure.js';
import { VERSION } from '../platform/version.js';
import type { Acknowledged, FailureReason, Outcome } from './outcome.js';
import { retryAfterS } from './retry.js';

/** One request, ready to be signed and sent. */
export interface Signable {
  readonly url: string;
  readonly callId: string;
  readonly taskId: string;
  readonly phase: string;
  readonly secrets: readonly string[];
  readonly body: Uint8Array;
  /** After this the answer counts for nothing. */
  readonly deadlineAt: Date;
  /** Until then a late one is read for the trace, in ms after the deadline. */
  readonly graceMs: number;
  /** For an agent that answers later: how long it may take to say so, in ms. null: it answers at once. */
  readonly acknowledgeMs: number | null;
}

export interface Came {
  readonly outcome: Outcome | Acknowledged;
  readonly answer: EgressAnswer | EgressFailure;
  /** Of the request's body. */
  readonly bytesSent: number;
}

/** Signs and sends one attempt. Never throws for what an agent does: a failure is a value. */
export async function exchange(egress: Egress, request: Signable, now: () => Date): Promise<Came> {
  const sentAt = now();
  const bytesSent = request.body.byteLength;
  const left = request.deadlineAt.getTime() - sentAt.getTime() + request.graceMs;
  try {
    const answer = await egress.request({
      url: request.url,
      method: 'POST',
      headers: { ...headersOf(request, sentAt) },
      body: request.body,
      signal: AbortSignal.timeout(Math.max(1, Math.min(left, request.acknowledgeMs ?? left))),
      maxBytes: LIMITS.bodyBytes,
    });
    const isLate = now() > request.deadlineAt;
    const outcome = isLate ? late() : meaning(answer, now(), request.acknowledgeMs !== null);
    return { answer, bytesSent, outcome };
  } catch (err) {
    // Aborted is our own stop: no result of the agent's. The attempt stays open and is taken over.
    if (!(err instanceof EgressFailure) || err.reason === 'aborted') throw err;
    return { answer: err, bytesSent, outcome: broken(err, request, now()) };
  }
}

function headersOf({ callId, taskId, phase, secrets, body }: Signable, at: Date): Record<string, string> {
  return {
    ...sign({ secrets, id: callId, timestampS: Math.floor(at.getTime() / 1_000), body }),
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': `Bakeoff/${VERSION}`,
    'bakeoff-task-id': taskId,
    'bakeoff-phase': phase,
  };
}

/** What an HTTP answer says by the contract. */
export function meaning(
  { status, headers, body }: EgressAnswer,
  now: Date,
  mayAcknowledge = false,
): Outcome | Acknowledged {
  if (status === 200) return parsed(body);
  if (status === 202 && mayAcknowledge) return acknowledgement(body);
  const hint = status === 202 ? '; only an agent whose execution_mode is async answers later' : '';
  const problem = `answered ${status}${errorText(body)}${hint}`;
  if (status >= 300 && status < 400) return failed('bad_status', `${problem}; redirects are not followed`, false);
  const invited = [429, 502, 503, 504].includes(status) || isRetryable(body);
  const waitS = retryAfterS(headers['retry-after'], now);
  const outcome = failed('bad_status', problem, invited && status >= 400);
  return waitS === undefined ? outcome : { ...outcome, retryAfterS: waitS };
}

function parsed(body: Uint8Array): Outcome {
  const result = parseAnswer(body);
  if (!result.ok) return failed('bad_body', result.problem, false);
  if (result.declined) return { kind: 'declined', reason: result.declined.reason };
  return { kind: 'answered', answer: result.answer };
}

function acknowledgement(body: Uint8Array): Outcome | Acknowledged {
  const read = parseBody(Acknowledgement, body);
  if (!read.ok)
    return failed('bad_body', `answered 202 with a body that is no acknowledgement: ${read.problem}`, false);
  const { eta_seconds: etaS } = read.value;
  return { kind: 'acknowledged', ...(etaS === undefined ? {} : { etaS }) };
}

function broken(err: EgressFailure, { acknowledgeMs, deadlineAt }: Signable, now: Date): Outcome {
  if (err.reason !== 'timed_out' || acknowledgeMs === null || now > deadlineAt)
    return failed(reasonOf(err), err.message, err.retryable);
  // The same call id once more: whoever had taken the work says so now.
  return failed('not_acknowledged', `did not acknowledge within ${acknowledgeMs / 1_000} s`, true);
}

function errorBodyOf(body: Uint8Array): ErrorBody['error'] | null {
  const json = parseJson(body.subarray(0, 65_536));
  const error = json.ok ? ErrorBody.safeParse(json.value) : null;
  return error?.success ? error.data.error : null;
}

function isRetryable(body: Uint8Array): boolean {
  return errorBodyOf(body)?.retryable ?? false;
}

function errorText(body: Uint8Array): string {
  const error = errorBodyOf(body);
  return error ? `: ${error.code}: ${error.message}` : '';
}

const REASONS: Partial<Record<EgressFailure['reason'], FailureReason>> = {
  timed_out: 'timed_out',
  too_large: 'too_large',
  blocked: 'blocked',
  reset: 'reset',
  not_http: 'bad_body',
};

function reasonOf(failure: EgressFailure): FailureReason {
  return REASONS[failure.reason] ?? 'unreachable';
}

function late(): Outcome {
  return failed('late', 'the answer was complete only after the deadline', false);
}

function failed(reason: FailureReason, problem: string, retryable: boolean): Extract<Outcome, { kind: 'failed' }> {
  return { kind: 'failed', reason, problem, retryable };
}
