import { type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { Readable } from 'node:stream';
import { LIMITS } from '../contract/limits.js';
import type { AnsweredLater } from './callbacks.js';

/** One HTTP request, played as the platform would, or as badly as a network can. */
export interface Sending {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  /** Sent as it comes, so that it may be trickled. */
  body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** From here to the last byte of the answer, in ms. */
  timeoutMs: number;
  /** Of the answer, in bytes; `LIMITS.bodyBytes` when absent. */
  maxBytes?: number;
  /** Leaves the answer lying for so long before it is read, in ms. */
  readAfterMs?: number;
  /** Hangs up so long after everything was sent, in ms. */
  hangUpAfterMs?: number;
}

/** In ms from the start of the request; null for what never came. */
export interface Timings {
  connectMs: number | null;
  firstByteMs: number | null;
  totalMs: number;
}

type Broken = 'refused' | 'unreachable' | 'reset' | 'timed_out' | 'too_large' | 'hung_up' | 'not_http' | 'tls';
export type NoAnswer = Broken | 'no_callback';

/** `later` is there when the agent may answer by callback. */
export type Came = { timings: Timings; later?: AnsweredLater } & (
  | { kind: 'answered'; status: number; headers: IncomingHttpHeaders; body: Uint8Array }
  /** `status` is there when the head came and the rest did not. */
  | { kind: 'failed'; reason: NoAnswer; problem: string; status: number | null }
);

type Ending = Omit<Extract<Came, { kind: 'answered' }>, 'timings'> | Omit<Extract<Came, { kind: 'failed' }>, 'timings'>;

/** How requests travel. Never rejects: no answer is a value too. */
export type Transport = (sending: Sending) => Promise<Came>;

/** Sends it on a connection of its own and follows no redirect. Never rejects: no answer is a value too. */
export function exchange(sending: Sending): Promise<Came> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const since = () => performance.now() - startedAt;
    const timings: Timings = { connectMs: null, firstByteMs: null, totalMs: 0 };
    const open = new URL(sending.url).protocol === 'https:' ? overHttps : overHttp;
    const request = open(sending.url, { method: sending.method, headers: sending.headers, agent: false });
    const source = bodyOf(sending.body);
    let status: number | null = null;
    let isOver = false;
    const over = (ending: Ending) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      timings.totalMs = since();
      source.destroy();
      request.destroy();
      resolve({ ...ending, timings });
    };
    const fail = (reason: NoAnswer, problem: string) => over({ kind: 'failed', reason, problem, status });
    const timer = setTimeout(
      () => fail('timed_out', `nothing complete within ${seconds(sending.timeoutMs)}`),
      sending.timeoutMs,
    );
    request.on('socket', (socket) => socket.once('connect', () => (timings.connectMs = since())));
    request.on('error', (error) => fail(...reasonOf(error)));
    request.on('close', () => {
      if (status === null) fail('reset', 'the connection was closed without an answer');
    });
    request.on('response', (response) => {
      timings.firstByteMs = since();
      status = response.statusCode ?? 0;
      readAnswer(response, sending, over, fail);
    });
    const { hangUpAfterMs } = sending;
    if (hangUpAfterMs !== undefined)
      request.on('finish', () => setTimeout(() => fail('hung_up', 'we hung up'), hangUpAfterMs));
    source.on('error', () => fail('hung_up', 'we hung up'));
    source.pipe(request);
  });
}

function bodyOf(body: Sending['body']): Readable {
  if (body === undefined) return Readable.from([]);
  return Readable.from(body instanceof Uint8Array ? [body] : body, { objectMode: false });
}

function readAnswer(
  response: IncomingMessage,
  { maxBytes = LIMITS.bodyBytes, readAfterMs = 0 }: Sending,
  over: (ending: Ending) => void,
  fail: (reason: NoAnswer, problem: string) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const read = () =>
    response.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length > maxBytes) fail('too_large', `more than ${maxBytes} bytes came`);
    });
  response.on('end', () => {
    const { statusCode: status = 0, headers } = response;
    over({ kind: 'answered', status, headers, body: Buffer.concat(chunks) });
  });
  response.on('error', () => {});
  response.on('close', () => fail('reset', `the connection broke off after ${length} bytes of the answer`));
  if (readAfterMs > 0) setTimeout(read, readAfterMs);
  else read();
}

const REASONS: Readonly<Record<string, Broken>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
};

function reasonOf(error: Error & { code?: string }): [Broken, string] {
  const code = error.code ?? '';
  const reason = REASONS[code] ?? (code.startsWith('HPE_') ? 'not_http' : /CERT|SSL|TLS/.test(code) ? 'tls' : 'reset');
  const words: Record<Broken, string> = {
    refused: 'nothing listens there (connection refused)',
    unreachable: `the address can't be reached (${code})`,
    reset: 'the connection broke off',
    not_http: 'what came is no HTTP',
    tls: `no trusted TLS (${code})`,
    ...{ timed_out: 'it took too long', too_large: 'too much came', hung_up: 'we hung up' },
  };
  return [reason, words[reason]];
}

export function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
