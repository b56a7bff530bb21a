import { LIMITS } from '@bakeoff/agent-kit';
import type { Came, NoAnswer, Sending, Transport } from '@bakeoff/agent-kit/doctor';
import type { Egress, EgressAnswer, EgressRequest } from '../../platform/egress/egress.js';
import { EgressFailure, type EgressReason } from '../../platform/egress/failure.js';

const CONNECT_TIMEOUT_MS = 10_000;

const REASONS: Record<Exclude<EgressReason, 'aborted'>, NoAnswer> = {
  blocked: 'unreachable',
  unreachable: 'unreachable',
  tls: 'tls',
  timed_out: 'timed_out',
  too_large: 'too_large',
  reset: 'reset',
  not_http: 'not_http',
};

/**
 * The doctor's calls through the one guard. What the agent does is a value; the transport rejects when this server stops, so that the
 * run is taken over.
 */
export function overEgress(egress: Pick<Egress, 'request'>): Transport {
  return async (sending) => {
    const hangUp = new AbortController();
    try {
      return answered(await egress.request(requestOf(sending, hangUp)));
    } catch (err) {
      if (!(err instanceof EgressFailure)) throw err;
      return failed(err, hangUp.signal.aborted);
    }
  };
}

function requestOf(sending: Sending, hangUp: AbortController): EgressRequest {
  const { url, method, headers, body, timeoutMs, maxBytes = LIMITS.bodyBytes, readAfterMs, hangUpAfterMs } = sending;
  return {
    ...{ url, method: method === 'POST' ? 'POST' : 'GET', headers, maxBytes, connectTimeoutMs: CONNECT_TIMEOUT_MS },
    ...(body === undefined ? {} : { body }),
    ...(readAfterMs === undefined ? {} : { readAfterMs }),
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), hangUp.signal]),
    onRequestSent: () => {
      if (hangUpAfterMs !== undefined) setTimeout(() => hangUp.abort(new Error('We hung up.')), hangUpAfterMs);
    },
  };
}

function answered({ status, headers, body, timings }: EgressAnswer): Came {
  return { kind: 'answered', status, headers, body, timings };
}

function failed(err: EgressFailure, weHungUp: boolean): Came {
  if (err.reason === 'aborted' && !weHungUp) throw err;
  const reason = err.reason === 'aborted' ? 'hung_up' : REASONS[err.reason];
  return { kind: 'failed', reason, problem: err.message, status: err.status, timings: err.timings };
}
