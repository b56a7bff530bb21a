import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from '../src/artifacts.js';
import { ExecuteRequest } from '../src/contract/request.js';
import { sign } from '../src/sign.js';
import { SignatureError, verify } from '../src/verify.js';
import { type Fault, LATE } from './faults.js';

const MAX_BYTES = 24 * 2 ** 20;
const WORK_MS = 40;
const ACCEPTED = { accepted: true };

type Callback = NonNullable<ExecuteRequest['callback']>;
const IMPATIENCE_MS = 400;
/** What an impatient writer hands over at a time. */
const PIECE_BYTES = 2 ** 16;

/** An error that the handler turns into its answer. */
class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(code);
  }
}

export interface FaultyAgent {
  url: string;
  close(): void;
}

/** An agent written by hand that has one fault. */
export async function faultyAgent(fault: Fault, secret: string): Promise<FaultyAgent> {
  const agent = new Agent(fault, secret);
  const server = createServer((request, response) => void agent.handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/execute`, close: () => server.close().closeAllConnections() };
}

class Agent {
  private readonly answers = new Map<string, { body: string; answer: Promise<object> }>();
  private readonly hurt = new Set<string>();
  /** Calls that somebody waits for. */
  private readonly waiting = new Set<string>();
  private readonly acknowledged = new Set<string>();
  private running = 0;
  private posted = 0;

  constructor(
    private readonly fault: Fault,
    private readonly secret: string,
  ) {}

  private has(...faults: Fault[]): boolean {
    return faults.includes(this.fault);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.url === '/health') return await this.send(response, 200, this.health(request));
      const answer = await this.execute(request, response);
      await this.send(response, answer === ACCEPTED ? 202 : 200, answer);
    } catch (error) {
      const failure = asFailure(error);
      const body = this.has('bare errors') ? {} : { error: { code: failure.code, message: failure.code } };
      if (!request.complete) response.setHeader('connection', 'close');
      await this.send(response, failure.status, body, failure.headers);
      if (!request.complete) request.resume();
    }
  }

  private async send(response: ServerResponse, status: number, value: object, headers = {}): Promise<void> {
    const body = Buffer.from(JSON.stringify(value));
    response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': body.length });
    if (!this.has('impatient writer')) return void response.end(body);
    for (let at = 0; at < body.length; at += PIECE_BYTES) {
      if (response.write(body.subarray(at, at + PIECE_BYTES))) continue;
      const isTaken = await Promise.race([once(response, 'drain'), passed(IMPATIENCE_MS)]);
      if (!isTaken) return void response.destroy();
    }
    response.end();
  }

  private health(request: IncomingMessage): object {
    if (this.has('no health') || request.method !== 'GET') throw new Failure(404, 'not_found');
    const agent = this.has('other name in health') ? 'somebody-else' : 'faulty';
    return { status: this.has('unwell') ? 'fine' : 'ok', agent, capabilities: ['writing/summary'] };
  }

  private async execute(request: IncomingMessage, response: ServerResponse): Promise<object> {
    if (request.method !== 'POST') {
      if (this.has('works on GET')) return { artifacts: [text('a.txt', 'Bread rises.')] };
      throw new Failure(405, 'method_not_allowed');
    }
    const body = await this.read(request);
    const id = this.verified(request, body);
    const call = this.parsed(body);
    if (this.has('hurt by hang-ups')) response.on('close', () => response.writableFinished || this.hurt.add(id));
    if (this.hurt.has(id)) throw new Failure(500, 'broken');
    if (LATE.includes(this.fault) && call.callback) return this.later(call, call.callback);
    return this.once(id, body.toString(), call, response);
  }

  private async later(call: ExecuteRequest, callback: Callback): Promise<object> {
    if (this.has('never acknowledges')) await new Promise(() => {});
    const known = this.acknowledged.has(call.call_id);
    this.acknowledged.add(call.call_id);
    if (!known || this.has('works twice on repeats')) void this.callBack(call, callback);
    return ACCEPTED;
  }

  private async callBack(call: ExecuteRequest, { url, secret }: Callback): Promise<void> {
    await this.post(`${url}/progress`, `${call.call_id}_1`, secret, { message: 'Kneading', percent: 40 });
    const answer = await this.work(call).catch((error) => ({ error: { code: asFailure(error).code, message: 'No.' } }));
    if (this.has('never calls back')) return;
    const body = this.has('calls back without artifacts') ? { answer } : { ...answer, summary: `No. ${++this.posted}` };
    const own = this.has('signs callbacks with its own secret');
    await this.post(url, call.call_id, own ? this.secret : secret, body);
  }

  private async post(url: string, id: string, secret: string, value: object): Promise<void> {
    const body = JSON.stringify(value);
    const signed = sign({ secrets: [secret], id, timestampS: Math.floor(Date.now() / 1_000), body });
    // Whoever hung up hears nothing of it.
    await fetch(url, { method: 'POST', headers: { ...signed, 'content-type': 'application/json' }, body }).catch(
      () => null,
    );
  }

  private async read(request: IncomingMessage): Promise<Buffer> {
    const most = this.has('reads without end') ? Number.POSITIVE_INFINITY : MAX_BYTES;
    if (Number(request.headers['content-length']) > most) throw new Failure(413, 'too_large');
    const chunks: Buffer[] = [];
    if (this.has('impatient reader')) void passed(IMPATIENCE_MS).then(() => request.complete || request.destroy());
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  private verified({ headers }: IncomingMessage, raw: Buffer): string {
    const id = String(headers['webhook-id'] ?? '');
    if (this.has('no signature needed') && !headers['webhook-signature']) return id;
    const nowS = Math.floor(Date.now() / 1_000);
    const ageS = nowS - Number(headers['webhook-timestamp']);
    const isLenient = this.has('old calls') ? ageS > 0 : this.has('calls from the future') && ageS < 0;
    const toleranceS = isLenient ? Number.POSITIVE_INFINITY : this.has('impatient clock') ? 60 : 300;
    const body = this.has('verifies printed json') ? printed(raw) : raw;
    const given = this.has('any signature')
      ? { ...headers, 'webhook-signature': this.mac(headers, body) }
      : this.has('first signature only')
        ? { ...headers, 'webhook-signature': String(headers['webhook-signature'] ?? '').split(' ')[0] }
        : headers;
    const signature = headers['webhook-signature'] ? given : headers;
    return verify({ secrets: [this.secret], headers: signature, body, nowS, toleranceS }).id;
  }

  private mac(headers: IncomingMessage['headers'], body: Buffer): string {
    const key = Buffer.from(this.secret.slice('whsec_'.length), 'base64');
    const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`);
    return `v1,${signed.update(body).digest('base64')}`;
  }

  private parsed(body: Buffer): ExecuteRequest {
    const value = json(body);
    if (value === undefined) throw new Failure(this.has('crashes on bad json') ? 500 : 400, 'bad_json');
    const call = ExecuteRequest.safeParse(value);
    if (!call.success) throw new Failure(this.has('crashes on other shapes') ? 500 : 400, 'bad_request');
    const keys = Object.keys(value as object);
    if (this.has('strict fields') && keys.some((key) => key.startsWith('x_'))) throw new Failure(400, 'unknown_field');
    if (this.has('exact version') && call.data.contract_version !== '1') throw new Failure(400, 'unknown_version');
    if (this.has('needs attachments') && !keys.includes('attachments')) throw new Failure(500, 'type_error');
    return call.data;
  }

  private once(id: string, body: string, call: ExecuteRequest, response: ServerResponse): Promise<object> {
    const known = this.answers.get(id);
    if (known && this.has('refuses repeats')) throw new Failure(409, 'seen_before');
    if (this.waiting.has(id) && this.has('fails on repeats that run')) throw new Failure(500, 'locked');
    this.waiting.add(id);
    response.on('close', () => this.waiting.delete(id));
    if (known && this.has('fails on a known id with another body') && known.body !== body)
      throw new Failure(500, 'mismatch');
    const answer = known?.answer ?? this.work(call);
    answer.catch(() => this.answers.delete(id));
    this.answers.set(id, known ?? { body, answer });
    return answer;
  }

  private async work(call: ExecuteRequest): Promise<object> {
    if (this.has('answers nothing')) await new Promise(() => {});
    this.running += 1;
    try {
      if (this.running > 1 && this.has('busy without retry-after')) throw new Failure(429, 'busy');
      if (this.running > 1 && this.has('busy too early')) throw new Failure(429, 'busy', { 'retry-after': '1' });
      await passed(WORK_MS);
      return await this.made(call);
    } finally {
      this.running -= 1;
    }
  }

  private async made({ task_type, phase, revision, budget, attachments }: ExecuteRequest): Promise<object> {
    if (this.has('redirects')) throw new Failure(302, 'moved', { location: 'http://127.0.0.1:1/' });
    if (this.has('breaks the contract')) return { artifacts: [{ name: 'a.txt', content: 'no type' }] };
    if (task_type !== 'summary' && this.has('crashes on other work')) throw new Failure(500, 'no_such_case');
    if (task_type !== 'summary') return { declined: { reason: 'I summarise.' } };
    if (budget.amount < 10 && !this.has('greedy')) return { declined: { reason: 'I work from 10 credits on.' } };
    for (const attachment of attachments) await this.readFile(attachment);
    if (phase === 'delivery') {
      if (this.has('cannot deliver') || (this.has('cannot revise') && revision))
        throw new Failure(500, 'no_such_phase');
      if (this.has('declines what it bid for')) return { declined: { reason: 'Not any more.' } };
    }
    const content = this.has('impatient writer') ? 'Bread rises. '.repeat(600_000) : 'Bread rises.';
    return { artifacts: [text('bread.txt', content)], price: this.has('half a credit') ? 10.5 : 10 };
  }

  private async readFile({ url, size }: ExecuteRequest['attachments'][number]): Promise<void> {
    const response = await fetch(url);
    await response.arrayBuffer();
    if (response.status !== 200) {
      if (this.has('crashes on expired files')) throw new Failure(500, 'internal_error');
      throw new Failure(502, 'attachment_unreadable');
    }
    if (size > 1e6 && this.has('crashes on large files')) throw new Failure(500, 'internal_error');
  }
}

/**
 * In steps, so that whatever was on its way has come by then: all agents of a test and who calls them share one process, and when that
 * was kept from its processor for a while, its timers are over before anything else is looked at.
 */
async function passed(ms: number): Promise<null> {
  for (let step = 0; step < 4; step++) await sleep(ms / 4);
  return null;
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof SignatureError) return new Failure(401, error.code);
  return new Failure(400, 'broken_off');
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Parsed and printed again: other bytes for the same value. */
function printed(body: Buffer): Buffer {
  const value = json(body);
  return value === undefined ? body : Buffer.from(JSON.stringify(value));
}
