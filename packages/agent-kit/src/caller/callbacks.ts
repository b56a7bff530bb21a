import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProgressNote } from '../contract/callback.js';
import { LIMITS } from '../contract/limits.js';
import type { ExecuteRequest } from '../contract/request.js';
import type { ErrorBody } from '../contract/response.js';
import { parseBody, parseCallback } from '../parse.js';
import { newSecret } from '../sign.js';
import { SignatureError, verify } from '../verify.js';

/** What a callback was refused with, by the codes of the contract. */
export interface RefusedCallback {
  status: number;
  code: 'BAD_SIGNATURE' | 'BAD_CALLBACK' | 'CALL_ANSWERED' | 'CALL_OVER' | 'TOO_LARGE';
  problem: string;
}

/** What came for one call after its request, in the order in which it came. */
export interface CallbackLog {
  readonly notes: ProgressNote[];
  readonly refused: RefusedCallback[];
  /** The first answer that follows the contract; times in ms since 1970. */
  answer: { body: Uint8Array; atMs: number } | null;
}

/** How a call went that may be answered later. */
export interface AnsweredLater {
  /** From the start of the request to the whole acknowledgement, in ms; null when none came. */
  acknowledgedMs: number | null;
  /** What the agent said of how long it will take, in s. */
  etaS: number | null;
  /** Why its work came to nothing, as its callback says it. */
  error: ErrorBody['error'] | null;
  log: CallbackLog;
}

export interface OpenCallback {
  readonly callback: NonNullable<ExecuteRequest['callback']>;
  readonly log: CallbackLog;
  /** Waits for the answer until the deadline; null when none came. */
  answered(): Promise<CallbackLog['answer']>;
}

export interface CallbackServer {
  /** The callback of a call, with its deadline by this clock, in ms since 1970; opened again it is the one it was. */
  open(callId: string, deadlineMs: number): OpenCallback;
  close(): void;
}

interface Said {
  status: number;
  body: object;
}

/** Takes callbacks on 127.0.0.1 as the platform takes them, for as long as the command runs. */
export async function callbackServer(): Promise<CallbackServer> {
  const lines = new Map<string, Line>();
  const server = createServer((request, response) => void answer(lines, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    open(callId, deadlineMs) {
      const line = lines.get(callId) ?? new Line(callId, deadlineMs, `http://127.0.0.1:${port}/callbacks/${callId}`);
      lines.set(callId, line);
      return line;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** One call that may be answered later. */
class Line implements OpenCallback {
  readonly callback: OpenCallback['callback'];
  readonly log: CallbackLog = { notes: [], refused: [], answer: null };
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly callId: string,
    private readonly deadlineMs: number,
    url: string,
  ) {
    this.callback = { url, secret: newSecret(randomBytes) };
  }

  async answered(): Promise<CallbackLog['answer']> {
    if (this.log.answer) return this.log.answer;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, this.deadlineMs - Date.now()));
      this.waiting.add(wake);
    });
    return this.log.answer;
  }

  takeAnswer(headers: IncomingMessage['headers'], body: Uint8Array): Said {
    const unsigned = this.unsigned(headers, body, this.callId);
    if (unsigned !== null) return this.refuse(401, 'BAD_SIGNATURE', unsigned);
    const { answer } = this.log;
    if (answer && Buffer.compare(answer.body, body) !== 0)
      return this.refuse(409, 'CALL_ANSWERED', 'this call has an answer already, and it was another');
    if (answer) return this.taken(answer.atMs);
    const atMs = Date.now();
    if (atMs > this.deadlineMs) return this.refuse(410, 'CALL_OVER', 'the deadline has passed');
    const parsed = parseCallback(body);
    if (!parsed.ok) return this.refuse(422, 'BAD_CALLBACK', parsed.problem);
    this.log.answer = { body, atMs };
    for (const wake of this.waiting) wake();
    return this.taken(atMs);
  }

  takeNote(headers: IncomingMessage['headers'], body: Uint8Array): Said {
    const unsigned = this.unsigned(headers, body, null);
    if (unsigned !== null) return this.refuse(401, 'BAD_SIGNATURE', `a progress note: ${unsigned}`);
    const parsed = parseBody(ProgressNote, body, LIMITS.progressBytes);
    if (!parsed.ok) return this.refuse(422, 'BAD_CALLBACK', `a progress note: ${parsed.problem}`);
    if (this.log.notes.length < LIMITS.progressNotes) this.log.notes.push(parsed.value);
    return { status: 200, body: { call_id: this.callId } };
  }

  /** @returns the status and the words that the platform would refuse with */
  refuse(status: number, code: RefusedCallback['code'], problem: string): Said {
    if (this.log.refused.length < MOST_REFUSED) this.log.refused.push({ status, code, problem });
    return { status, body: { ok: false, error: { code, message: problem, suggestion: '' } } };
  }

  private taken(atMs: number): Said {
    return { status: 200, body: { call_id: this.callId, received_at: new Date(atMs).toISOString() } };
  }

  /** @returns why the message is not trusted; null when it is */
  private unsigned(headers: IncomingMessage['headers'], body: Uint8Array, wantedId: string | null): string | null {
    try {
      const { id } = verify({ secrets: [this.callback.secret], headers, body, nowS: Math.floor(Date.now() / 1_000) });
      return wantedId === null || id === wantedId ? null : 'webhook-id: is not the id of the call';
    } catch (error) {
      if (error instanceof SignatureError) return error.message;
      throw error;
    }
  }
}

/** Whoever sends for ever fills no memory. */
const MOST_REFUSED = 100;

async function answer(lines: Map<string, Line>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, id = '', isNote] = /^\/callbacks\/([\w-]+)(\/progress)?$/.exec(request.url ?? '') ?? [];
  const line = lines.get(id);
  const said = line ? await received(line, isNote !== undefined, request) : NOT_FOUND;
  if (said === null) return;
  // The rest of a body that is too large is not read.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
}

const NOT_FOUND: Said = {
  status: 404,
  body: { ok: false, error: { code: 'CALL_NOT_FOUND', message: 'There is no such call.', suggestion: '' } },
};

async function received(line: Line, isNote: boolean, request: IncomingMessage): Promise<Said | null> {
  if (request.method !== 'POST') return { status: 405, body: {} };
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.byteLength;
      if (length > LIMITS.bodyBytes) return line.refuse(413, 'TOO_LARGE', `more than ${LIMITS.bodyBytes} bytes came`);
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  const body = Buffer.concat(chunks);
  return isNote ? line.takeNote(request.headers, body) : line.takeAnswer(request.headers, body);
}
