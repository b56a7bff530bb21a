import { answerChallenge, CHALLENGE_HEADER } from './challenge.js';
import type { Acknowledgement, ExecutionMode } from './contract/callback.js';
import { CONTRACT_VERSION, LIMITS } from './contract/limits.js';
import { ExecuteRequest } from './contract/request.js';
import type { Answer, HealthResponse } from './contract/response.js';
import { AgentError, Decline } from './errors.js';
import { Later, type LaterCall } from './later.js';
import { firstIssue, parseAnswer, parseJson } from './parse.js';
import { Repeats, type Reply } from './repeats.js';
import { checkSecrets } from './sign.js';
import { type IncomingHeaders, SignatureError, verify } from './verify.js';

/** What the work is told beside the request. */
export interface WorkContext {
  /** Aborts when the deadline passes; hand it to whatever waits. */
  signal: AbortSignal;
  /** Milliseconds until the deadline by Bakeoff's clock, so that a wrong clock here does no harm. */
  remainingMs(): number;
  /**
   * Says how the work goes: one line for the buyer, and how much of it is done, 0-100. Only an async agent's reaches anybody; of
   * lines that come faster than one a second the last one goes. Never throws and never waits.
   */
  progress(message: string, percent?: number): void;
}

/** @throws Decline for a polite no, AgentError to fail in words of your own; anything else becomes a retryable 500 */
export type Work = (request: ExecuteRequest, context: WorkContext) => Answer | Promise<Answer>;

/** What `/health` says besides that all is well. */
export type HealthInfo = Omit<HealthResponse, 'status' | 'challenge'>;

/** An agent: its secret or secrets, what it does for each phase, and what it says of itself. */
export type AgentOptions = ({ secret: string } | { secrets: readonly string[] }) & {
  /** Makes a bid. */
  prototype: Work;
  /** Does the finished work for a bid that was picked: `request.prototype`, and `request.revision` when it is one. */
  deliver: Work;
  /**
   * `async`: a request with a callback is acknowledged at once and answered later, signed and sent again until it is taken or the
   * deadline passes; register the agent with the same `execution_mode`. `sync` when absent.
   */
  execution?: ExecutionMode;
  /** Says who is there; a throw answers 503. */
  health?: () => HealthInfo | Promise<HealthInfo>;
  /** Bytes of a request; `LIMITS.requestBytes` when absent. */
  maxBodyBytes?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Hears of what went wrong inside, which the answer does not tell; writes to stderr when absent. */
  onError?: (error: unknown, callId: string | null) => void;
};

/** One request, whichever server brought it. */
export interface Incoming {
  method: string;
  path: string;
  headers: IncomingHeaders;
  header(name: string): string | null;
  /** @throws AgentError 413 when there are more bytes */
  read(maxBytes: number): Promise<Uint8Array>;
}

// Timers of Node hold 31 bits of milliseconds; a longer one would fire at once.
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface AgentCore {
  /** Never rejects. */
  reply(incoming: Incoming): Promise<Reply>;
  /** Waits until everything that was acknowledged is answered, or given up. */
  settled(): Promise<void>;
}

/**
 * The agent's side of the contract, without a server.
 *
 * @throws BadSecret
 */
export function agentCore(options: AgentOptions): AgentCore {
  const secrets = 'secrets' in options ? options.secrets : [options.secret];
  checkSecrets(secrets);
  const now = options.now ?? Date.now;
  const onError = options.onError ?? ((error: unknown) => console.error(error));
  const repeats = new Repeats();
  const underWay = new Set<Promise<void>>();

  async function execute(incoming: Incoming): Promise<Reply> {
    requireJson(incoming);
    const body = await incoming.read(options.maxBodyBytes ?? LIMITS.requestBytes);
    const arrivedMs = now();
    const { id, timestampS } = verify({ secrets, headers: incoming.headers, body, nowS: Math.floor(arrivedMs / 1000) });
    const request = parseRequest(body, id);
    // Both instants are of Bakeoff's clock; only the time between them is counted on ours.
    const untilMs = arrivedMs + Date.parse(request.deadline_at) - timestampS * 1000;
    const { callback } = request;
    const run = async () =>
      callback && options.execution === 'async' ? later(request, callback, untilMs) : work(request, untilMs);
    return repeats.once(id, () => guarded(id, run));
  }

  /** The work goes on after the acknowledgement; what comes of it, be it an error, goes to the callback. */
  function later(request: ExecuteRequest, callback: LaterCall['callback'], untilMs: number): Reply {
    const { call_id: callId } = request;
    const remainingMs = () => Math.max(0, untilMs - now());
    if (remainingMs() === 0) throw deadlinePassed();
    const sending = new Later({ callId, callback, remainingMs, now });
    const working = guarded(callId, () => work(request, untilMs, (...note) => sending.progress(...note)))
      .then(({ body }) => sending.answer(body))
      .catch((error: unknown) => onError(error, callId))
      .finally(() => underWay.delete(working));
    underWay.add(working);
    return jsonReply(202, { accepted: true } satisfies Acknowledgement);
  }

  async function work(
    request: ExecuteRequest,
    untilMs: number,
    progress: WorkContext['progress'] = () => {},
  ): Promise<Reply> {
    const remainingMs = () => Math.max(0, untilMs - now());
    if (remainingMs() === 0) throw deadlinePassed();
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => controller.abort(deadlinePassed()), Math.min(remainingMs(), MAX_TIMER_MS));
    try {
      const run = request.phase === 'prototype' ? options.prototype : options.deliver;
      const answer = await Promise.race([run(request, { signal, remainingMs, progress }), aborted(signal)]);
      return answerReply(answer, (problem) =>
        onError(new Error(`The answer breaks the contract: ${problem}`), request.call_id),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async function guarded(callId: string | null, run: () => Promise<Reply>): Promise<Reply> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Decline)
        return jsonReply(200, {
          declined: { reason: error.reason.slice(0, LIMITS.reasonChars) || 'No reason given.' },
        });
      if (error instanceof AgentError) return errorReply(error);
      if (error instanceof SignatureError)
        return errorReply(new AgentError(error.code, error.message, { status: 401 }));
      onError(error, callId);
      return errorReply(new AgentError('internal_error', 'The agent failed.'));
    }
  }

  async function health(incoming: Incoming): Promise<Reply> {
    try {
      return jsonReply(200, { ...(await options.health?.()), ...proof(incoming), status: 'ok' });
    } catch (error) {
      onError(error, null);
      return errorReply(new AgentError('unhealthy', 'The agent says that it is not well.', { status: 503 }));
    }
  }

  /** Proves to Bakeoff, and to nobody else, that this endpoint holds the secret. Any other prober just gets the health. */
  function proof({ headers, header }: Incoming): { challenge?: string } {
    const challenge = header(CHALLENGE_HEADER);
    if (challenge === null) return {};
    try {
      const { id } = verify({ secrets, headers, body: '', nowS: Math.floor(now() / 1000) });
      return id === challenge ? { challenge: answerChallenge(secrets[0] ?? '', challenge) } : {};
    } catch (error) {
      if (error instanceof SignatureError) return {};
      throw error;
    }
  }

  const reply = (incoming: Incoming) =>
    guarded(null, async () => {
      const { method, path } = incoming;
      if (path.endsWith('/health')) return method === 'GET' ? health(incoming) : wrongMethod('GET');
      if (path.endsWith('/execute')) return method === 'POST' ? execute(incoming) : wrongMethod('POST');
      throw new AgentError('not_found', 'Here are POST .../execute and GET .../health.', { status: 404 });
    });

  return {
    reply,
    settled: async () => {
      await Promise.all(underWay);
    },
  };
}

function requireJson(incoming: Incoming): void {
  const mediaType = incoming.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new AgentError('unsupported_media_type', 'content-type: must be application/json.', { status: 415 });
  }
  const encoding = incoming.header('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    throw new AgentError('unsupported_encoding', 'content-encoding: the body must come as it is.', { status: 415 });
  }
}

/** @throws AgentError 400, in words that name the field */
function parseRequest(body: Uint8Array, id: string): ExecuteRequest {
  const json = parseJson(body, body.byteLength);
  if (!json.ok) throw new AgentError('bad_json', `${json.problem}.`, { status: 400 });
  const parsed = ExecuteRequest.safeParse(json.value);
  if (!parsed.success) throw new AgentError('bad_request', firstIssue(parsed.error), { status: 400 });
  const request = parsed.data;
  if (request.contract_version.split('.')[0] !== CONTRACT_VERSION) {
    const message = `contract_version: this agent speaks ${CONTRACT_VERSION}.`;
    throw new AgentError('unsupported_version', message, { status: 400 });
  }
  if (request.call_id !== id) {
    throw new AgentError('wrong_call_id', 'call_id: is not what webhook-id says.', { status: 400 });
  }
  return request;
}

/** Read back as Bakeoff will read it: what the contract refuses is found here, in the agent's own log. */
function answerReply(answer: Answer, onProblem: (problem: string) => void): Reply {
  const reply = jsonReply(200, answer);
  const parsed = parseAnswer(reply.body);
  if (parsed.ok) return reply;
  onProblem(parsed.problem);
  throw new AgentError('bad_answer', parsed.problem, { retryable: false });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function deadlinePassed(): AgentError {
  return new AgentError('deadline_passed', 'The deadline passed before the work was done.', {
    status: 504,
    retryable: false,
  });
}

function wrongMethod(allow: string): Reply {
  const reply = errorReply(new AgentError('method_not_allowed', `Send a ${allow}.`, { status: 405 }));
  return { ...reply, headers: { ...reply.headers, allow } };
}

export function errorReply(error: AgentError): Reply {
  const reply = jsonReply(error.status, error.body());
  if (error.retryAfterS === null) return reply;
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(error.retryAfterS) } };
}

function jsonReply(status: number, value: unknown): Reply {
  const body = Buffer.from(JSON.stringify(value) ?? 'null', 'utf8');
  return { status, headers: { 'content-type': 'application/json', 'content-length': String(body.length) }, body };
}
