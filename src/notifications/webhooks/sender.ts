import { sign } from '@bakeoff/agent-kit';
import { Injectable } from '@nestjs/common';
import { traceHead } from '../../dispatch/trace-head.js';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { Egress } from '../../platform/egress/egress.js';
import { EgressFailure } from '../../platform/egress/failure.js';
import { VERSION } from '../../platform/version.js';
import type { Ended } from './attempts.queries.js';
import { type Verdict, verdictOf } from './schedule.js';

/** An answer is looked at for its status; a longer one is cut off. */
const ANSWER_BYTES = 16_384;
const HEADERS_KEPT = 40;

/** One attempt, ready to be signed. */
export interface Sending {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly url: string;
  readonly type: string;
  readonly body: string;
  readonly secrets: readonly string[];
}

export interface Sent {
  readonly verdict: Verdict;
  /** What the receiver asked for with Retry-After. */
  readonly retryAfter: string | undefined;
  readonly ended: Ended;
}

/** Puts one attempt on the wire, signed and bounded. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly egress: Egress,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** What a receiver does is a value; only a fault of ours throws, and our own stop. */
  async send(sending: Sending): Promise<Sent> {
    const headers = this.headersOf(sending);
    const { url, body } = sending;
    const signal = AbortSignal.timeout(this.config.WEBHOOK_TIMEOUT_S * 1_000);
    try {
      const answer = await this.egress.request({ url, method: 'POST', headers, body, signal, maxBytes: ANSWER_BYTES });
      const bytes = answer.body;
      return sentOf(sending, headers, { ...answer, bytes, retryAfter: answer.headers['retry-after'] });
    } catch (err) {
      if (!(err instanceof EgressFailure) || err.reason === 'aborted') throw err;
      const { status, timings, partialBody: bytes } = err;
      const isTaken = err.reason === 'too_large' && status !== null;
      const came = { timings, bytes, headers: null, status, problem: isTaken ? undefined : err.message };
      return sentOf(sending, headers, came);
    }
  }

  private headersOf({ deliveryId, attempt, type, body, secrets }: Sending): Record<string, string> {
    const timestampS = Math.floor(this.clock.now().getTime() / 1_000);
    return {
      ...sign({ secrets, id: deliveryId, timestampS, body }),
      'content-type': 'application/json',
      'user-agent': `Bakeoff/${VERSION}`,
      'bakeoff-event': type,
      'bakeoff-attempt': String(attempt),
    };
  }
}

interface Came {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly bytes: Uint8Array;
  readonly timings: {
    readonly connectMs: number | null;
    readonly firstByteMs: number | null;
    readonly totalMs: number;
  };
  readonly retryAfter?: string | undefined;
  /** Why no whole answer came. */
  readonly problem?: string | undefined;
}

function sentOf({ deliveryId, attempt }: Sending, requestHeaders: Record<string, string>, came: Came): Sent {
  const { status, timings, bytes, problem } = came;
  const verdict: Verdict =
    problem === undefined && status !== null
      ? verdictOf(status)
      : { kind: 'failed', problem: problem ?? 'no answer came', gone: false };
  const { connectMs, firstByteMs, totalMs } = timings;
  const ended: Ended = {
    deliveryId,
    attempt,
    outcome: verdict.kind,
    problem: verdict.kind === 'failed' ? verdict.problem.slice(0, 500) : null,
    status,
    connectMs,
    firstByteMs,
    totalMs,
    requestHeaders,
    responseHeaders: came.headers && keptHeaders(came.headers),
    responseHead: status === null ? null : traceHead(bytes),
  };
  return { verdict, retryAfter: came.retryAfter, ended };
}

/** A stranger's headers: some, each short, and none with a cookie in it. */
function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name !== 'set-cookie');
  return Object.fromEntries(
    kept.slice(0, HEADERS_KEPT).map(([name, value]) => [name, value.replaceAll('\u0000', '').slice(0, 500)]),
  );
}
