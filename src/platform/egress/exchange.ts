import type { Dispatcher } from 'undici';
import { EgressFailure, type EgressReason, type EgressTimings, meaningOf } from './failure.js';

const PARTIAL_BYTES = 4_096;
const MAX_HEADERS = 100;
const MAX_INTERIM_ANSWERS = 16;
const EMPTY = Buffer.alloc(0);

export interface EgressRequest {
  readonly url: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** No `host`, and no `content-length` but for a body in pieces: both are set here. An `accept-encoding` would be the caller's own wish. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In pieces as they come: then the headers say how long it is, or it goes out in chunks. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** The one deadline: from here to the last byte. `AbortSignal.timeout()` makes the failure `timed_out`, any other `aborted`. */
  readonly signal: AbortSignal;
  /** The longest body that is accepted. */
  readonly maxBytes: number;
  readonly connectTimeoutMs?: number;
  /** Leaves the answer's body lying for so long, in ms. */
  readonly readAfterMs?: number;
  /** Called once headers and body have been handed to the socket. Must not throw. */
  readonly onRequestSent?: () => void;
}

export interface EgressAnswer {
  /** Any status from 200 up; a redirect is an answer like any other. */
  readonly status: number;
  /** Names in lower case, repeated ones joined by ", "; at most 100 and 16 kB. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came: a compressed body stays compressed. */
  readonly body: Uint8Array;
  readonly timings: EgressTimings & { readonly firstByteMs: number };
  /** Bytes of the bodies, without headers. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly remoteAddress: string;
}

/** The connection a request travels on; several requests one after another. */
export interface Line {
  connectMs: number;
  remoteAddress: string | null;
  /** Not used by a request yet: the next one counts the connecting as its own. */
  fresh: boolean;
}

/** One request and its answer: collects what undici reports, and ends exactly once. */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Set by the client that takes the request. */
  line: Line | null = null;
  private controller: Dispatcher.DispatchController | null = null;
  private ended = false;
  private connectTimer: NodeJS.Timeout | null = null;
  private connectMs: number | null = null;
  private remoteAddress: string | null = null;
  private sentMs: number | null = null;
  private firstByteMs: number | null = null;
  private interim = 0;
  private status: number | null = null;
  private headers: Record<string, string> = {};
  /** What has come: the one chunk as it is, or the filled front of a buffer that doubles. */
  private buffer: Buffer = EMPTY;
  private received = 0;
  private readonly startedAt: number;

  constructor(
    private readonly request: EgressRequest,
    private readonly now: () => number,
    private readonly resolve: (answer: EgressAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.startedAt = now();
  }

  /** To be called once the request has been dispatched: the two things that end it from this side. */
  watch(): void {
    if (this.ended) return;
    const { signal, connectTimeoutMs } = this.request;
    if (signal.aborted) {
      this.onAbort();
      return;
    }
    signal.addEventListener('abort', this.onAbort, { once: true });
    if (this.controller === null && connectTimeoutMs !== undefined) {
      this.connectTimer = setTimeout(
        () => this.fail('unreachable', `No connection within ${connectTimeoutMs} ms.`),
        connectTimeoutMs,
      );
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Given up while the connection was being made: then nothing of it is sent.
    if (this.ended) {
      controller.abort(new Error('given up'));
      return;
    }
    if (this.connectTimer) clearTimeout(this.connectTimer);
    if (this.line?.fresh) this.connectMs = this.line.connectMs;
    if (this.line) this.line.fresh = false;
    this.remoteAddress = this.line?.remoteAddress ?? null;
  }

  onRequestSent(): void {
    this.sentMs = this.elapsed();
    this.request.onRequestSent?.();
  }

  onResponseStarted(): void {
    this.firstByteMs ??= this.elapsed();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (this.ended) return;
    if (status < 200) {
      if (++this.interim > MAX_INTERIM_ANSWERS) this.fail('not_http', 'There is no end of interim answers.');
      return;
    }
    this.status = status;
    this.headers = boundedHeaders(headers);
    this.waitBeforeReading(controller);
    if (this.request.method !== 'HEAD' && Number(this.headers['content-length']) > this.request.maxBytes)
      this.failTooLarge();
  }

  private waitBeforeReading(controller: Dispatcher.DispatchController): void {
    const { readAfterMs = 0 } = this.request;
    if (readAfterMs <= 0) return;
    controller.pause();
    setTimeout(() => controller.resume(), readAfterMs);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.ended) return;
    const length = this.received + chunk.length;
    const fits = length <= this.request.maxBytes;
    this.keep(fits ? chunk : chunk.subarray(0, Math.max(0, PARTIAL_BYTES - this.received)));
    this.received = length;
    if (!fits) this.failTooLarge();
  }

  onResponseEnd(): void {
    if (!this.end()) return;
    this.resolve({
      status: this.status ?? 0,
      headers: this.headers,
      body: this.buffer.subarray(0, this.received),
      timings: { ...this.timings(), firstByteMs: this.firstByteMs ?? this.elapsed() },
      bytesSent: bytesOf(this.request.body),
      bytesReceived: this.received,
      remoteAddress: this.remoteAddress ?? '',
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    // Headers or a method that no request may have: a mistake of the caller, and no failure of the other side.
    if ('code' in error && (error.code === 'UND_ERR_INVALID_ARG' || error.code === 'UND_ERR_NOT_SUPPORTED')) {
      if (this.end()) this.reject(error);
      return;
    }
    const { reason, message } = meaningOf(error, this.controller !== null);
    this.fail(reason, message, error);
  }

  fail(reason: EgressReason, message: string, cause?: unknown): void {
    if (!this.end()) return;
    this.controller?.abort(new Error(message));
    this.reject(
      new EgressFailure(
        reason,
        message,
        {
          timings: this.timings(),
          status: this.status,
          bytesReceived: this.received,
          partialBody: Buffer.from(this.buffer.subarray(0, Math.min(this.received, PARTIAL_BYTES))),
          everSentByte: this.sentMs !== null,
          remoteAddress: this.remoteAddress,
        },
        cause,
      ),
    );
  }

  private readonly onAbort = (): void => {
    const reason: unknown = this.request.signal.reason;
    if (reason instanceof Error && reason.name === 'TimeoutError')
      this.fail('timed_out', 'The time for the answer ran out.', reason);
    else this.fail('aborted', 'The request was given up.', reason);
  };

  private failTooLarge(): void {
    this.fail('too_large', `The answer is longer than ${this.request.maxBytes} bytes.`);
  }

  /** Chunks are copied together, since a body of one-byte chunks would cost a hundred times its size as objects. */
  private keep(chunk: Buffer): void {
    const end = this.received + chunk.length;
    if (this.received === 0) {
      this.buffer = chunk;
      return;
    }
    if (end > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(PARTIAL_BYTES, Math.min(end * 2, this.request.maxBytes)));
      this.buffer.copy(larger, 0, 0, this.received);
      this.buffer = larger;
    }
    chunk.copy(this.buffer, this.received);
  }

  /** @returns whether this was the end; there is only one */
  private end(): boolean {
    if (this.ended) return false;
    this.ended = true;
    if (this.connectTimer) clearTimeout(this.connectTimer);
    this.request.signal.removeEventListener('abort', this.onAbort);
    return true;
  }

  private elapsed(): number {
    return this.now() - this.startedAt;
  }

  private timings(): EgressTimings {
    return { connectMs: this.connectMs, sentMs: this.sentMs, firstByteMs: this.firstByteMs, totalMs: this.elapsed() };
  }
}

function boundedHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const bounded: Record<string, string> = Object.create(null);
  let count = 0;
  for (const name in headers) {
    if (++count > MAX_HEADERS) break;
    const value = headers[name];
    if (value !== undefined) bounded[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return bounded;
}

/** Of a body in pieces it is not known here. */
function bytesOf(body: EgressRequest['body']): number {
  return typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : 0;
}
