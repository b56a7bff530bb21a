import { Acknowledgement } from '../contract/callback.js';
import { WINDOWS } from '../contract/limits.js';
import type { ExecuteRequest } from '../contract/request.js';
import { parseBody, parseCallback } from '../parse.js';
import type { AnsweredLater, CallbackLog, OpenCallback } from './callbacks.js';
import type { Caller, CallOptions } from './caller.js';
import { type Came, seconds } from './exchange.js';

/**
 * Calls an agent that may answer later. What its callback brings comes as if it had been the answer to the request; an answer
 * to the request itself is taken as it is. Never rejects for what the agent does.
 *
 * @param options `timeoutMs` is the window of the call; of it the acknowledgement has `WINDOWS.acknowledgeS` at most
 */
export async function callLater(
  caller: Caller,
  open: OpenCallback,
  request: ExecuteRequest,
  options: CallOptions,
): Promise<Came> {
  const timeoutMs = Math.min(options.timeoutMs, WINDOWS.acknowledgeS * 1_000);
  const first = await caller.call(request, { ...options, timeoutMs });
  return withCallback(first, open);
}

async function withCallback(first: Came, open: OpenCallback): Promise<Came> {
  const startedMs = Date.now() - first.timings.totalMs;
  const { log } = open;
  const nothing: AnsweredLater = { acknowledgedMs: null, etaS: null, error: null, log };
  if (first.kind === 'answered' && first.status === 202) {
    const read = parseBody(Acknowledgement, first.body);
    if (!read.ok) return failed(first, nothing, `its 202 is no acknowledgement: ${read.problem}`);
    const later = { ...nothing, acknowledgedMs: first.timings.totalMs, etaS: read.value.eta_seconds ?? null };
    const answer = await open.answered();
    return answer ? answeredBy(first, later, answer, startedMs) : failed(first, later, silence(log));
  }
  // A callback that is there before the acknowledgement was read counts.
  if (first.kind === 'failed' && log.answer) return answeredBy(first, nothing, log.answer, startedMs);
  if (first.kind === 'failed' && first.reason === 'timed_out')
    return { ...first, later: nothing, problem: `no acknowledgement within ${seconds(first.timings.totalMs)}` };
  return { ...first, later: nothing };
}

function answeredBy(
  first: Came,
  later: AnsweredLater,
  { body, atMs }: NonNullable<CallbackLog['answer']>,
  startedMs: number,
): Came {
  const parsed = parseCallback(body);
  const came = { ...first, timings: { ...first.timings, totalMs: Math.max(0, atMs - startedMs) } };
  if (parsed.ok && 'failed' in parsed)
    return failed(
      came,
      { ...later, error: parsed.failed },
      `its callback said ${parsed.failed.code}: ${parsed.failed.message}`,
    );
  return { kind: 'answered', status: 200, headers: {}, body, timings: came.timings, later };
}

function failed({ status, timings }: Came, later: AnsweredLater, problem: string): Came {
  return { kind: 'failed', reason: 'no_callback', problem, status, timings, later };
}

function silence({ refused }: CallbackLog): string {
  const last = refused.at(-1);
  if (!last) return 'it acknowledged, and no callback came by the deadline';
  return `it acknowledged, and no callback could be taken: the last one got ${last.status} ${last.code} (${last.problem})`;
}
