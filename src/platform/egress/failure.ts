/** Where the time of one request went, in ms since it was asked for; null where it did not get that far. */
export interface EgressTimings {
  /** Looking up, connecting and TLS; null on a connection that was open already. */
  readonly connectMs: number | null;
  /** When headers and body had been handed to the socket. */
  readonly sentMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number;
}

/**
 * `blocked`      the URL or the address behind it may not be called; nothing was sent
 * `unreachable`  no connection: name, refusal, or the connect timeout
 * `tls`          no trusted TLS connection
 * `timed_out`    the caller's signal was a timeout
 * `too_large`    body over `maxBytes`, or headers over 16 kB
 * `reset`        the connection ended before the answer did
 * `not_http`     what came is no HTTP/1.1 answer
 * `aborted`      the caller's signal for another reason, or this side is closing
 */
export type EgressReason =
  | 'blocked'
  | 'unreachable'
  | 'tls'
  | 'timed_out'
  | 'too_large'
  | 'reset'
  | 'not_http'
  | 'aborted';

/** How far a request came before it failed. */
export interface Progress {
  readonly timings: EgressTimings;
  readonly status: number | null;
  readonly bytesReceived: number;
  /** The first 4 kB of the body, for the trace. */
  readonly partialBody: Uint8Array;
  /** Whether the other side may have seen the request. */
  readonly everSentByte: boolean;
  readonly remoteAddress: string | null;
}

/** The one error of an outgoing request. Its message may be shown to whoever chose the address. */
export class EgressFailure extends Error implements Progress {
  readonly timings: EgressTimings;
  readonly status: number | null;
  readonly bytesReceived: number;
  readonly partialBody: Uint8Array;
  readonly everSentByte: boolean;
  readonly remoteAddress: string | null;
  /** Whether the same request may fare better a little later. */
  readonly retryable: boolean;

  constructor(
    readonly reason: EgressReason,
    message: string,
    progress: Progress,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'EgressFailure';
    this.retryable = reason === 'unreachable' || reason === 'reset';
    this.timings = progress.timings;
    this.status = progress.status;
    this.bytesReceived = progress.bytesReceived;
    this.partialBody = progress.partialBody;
    this.everSentByte = progress.everSentByte;
    this.remoteAddress = progress.remoteAddress;
  }
}

/** Thrown inside the connector. Undici hands it to every request that waits for the connection. */
export class AddressBlocked extends Error {
  readonly code = 'EGRESS_BLOCKED';

  constructor(host: string) {
    super(`${host} does not lead to a public address.`);
  }
}

const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** What an error of undici or the socket means, given whether the request had been started on a connection. */
export function meaningOf(error: Error, started: boolean): { reason: EgressReason; message: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof AddressBlocked) return { reason: 'blocked', message: error.message };
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED')
    return { reason: 'aborted', message: 'This server is stopping.' };
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { reason: 'too_large', message: 'The headers of the answer are over 16 kB.' };
  if (!started && TLS_CODE.test(code)) return { reason: 'tls', message: `No trusted TLS connection (${code}).` };
  if (!started) return { reason: 'unreachable', message: `No connection (${code || error.name}).` };
  if (isGarbled(error, code)) return { reason: 'not_http', message: 'The answer is not HTTP/1.1.' };
  return { reason: 'reset', message: `The connection ended before the answer did (${code || error.name}).` };
}

/** An answer cut short is a parser error too, and no garbage. */
function isGarbled(error: Error, code: string): boolean {
  if (error.name === 'HTTPParserError') return !error.message.includes('EOF');
  return code === 'UND_ERR_SOCKET' && error.message.startsWith('bad ');
}
