import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ExecuteRequest } from '@bakeoff/agent-kit';
import { Webhook } from 'standardwebhooks';
import { listening } from './loopback.js';

/** One request as an agent got it. */
export interface Received {
  readonly callId: string;
  readonly phase: 'prototype' | 'delivery';
  readonly request: ExecuteRequest;
  readonly headers: IncomingMessage['headers'];
  readonly rawBody: string;
  readonly at: number;
}

export type Reply = (received: Received, response: ServerResponse) => void | Promise<void>;

/** A real HTTP agent whose answers a test chooses. It keeps its own log, like a builder would. */
export class TestAgent {
  readonly log: Received[] = [];
  /** How many calls it worked on at once, at most. */
  mostAtOnce = 0;
  private now = 0;
  private waiting: (() => void)[] = [];
  private secret: string | null = null;

  private constructor(
    readonly endpointUrl: string,
    public reply: Reply,
  ) {}

  static async start(reply: Reply = answer()): Promise<TestAgent> {
    let agent: TestAgent | null = null;
    const server = createServer((request, response) => void agent?.handle(request, response));
    agent = new TestAgent(`http://127.0.0.1:${await listening(server)}/execute`, reply);
    return agent;
  }

  /** From now on every signature is checked, by another implementation than ours. */
  trust(secret: string): void {
    this.secret = secret;
  }

  /** Call ids by phase, each once, in the order they came. */
  callIds(phase: 'prototype' | 'delivery'): string[] {
    return [...new Set(this.log.filter((received) => received.phase === phase).map(({ callId }) => callId))];
  }

  /** Waits until it has received so many requests in all. */
  async received(count: number): Promise<void> {
    while (this.log.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return void response.end('{"status":"ok"}');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const rawBody = Buffer.concat(chunks).toString();
    if (this.secret) new Webhook(this.secret).verify(rawBody, request.headers as Record<string, string>);
    const parsed = JSON.parse(rawBody) as ExecuteRequest;
    const received = {
      callId: String(request.headers['webhook-id']),
      phase: parsed.phase,
      request: parsed,
      headers: request.headers,
      rawBody,
      at: Date.now(),
    };
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.now);
    response.once('close', () => this.now--);
    this.log.push(received);
    for (const wake of this.waiting.splice(0)) wake();
    await this.reply(received, response);
  }
}

/** Sends some JSON. */
export function send(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** An agent that answers at once; its text says which phase it was asked for. */
export function answer(more: Record<string, unknown> = {}): Reply {
  return ({ request, phase }, response) => send(response, work(`${phase} for ${request.title}`, more));
}

export function work(content: string, more: Record<string, unknown> = {}) {
  return {
    artifacts: [{ type: 'text', name: 'work.txt', media_type: 'text/plain', content }],
    summary: 'a summary',
    ...more,
  };
}

/** A gate that holds an agent's answers back until it is opened. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** An agent that answers only once it is let. */
export function held(): { reply: Reply; open: () => void } {
  const { opened, open } = gate();
  const reply: Reply = async (received, response) => {
    await opened;
    await answer()(received, response);
  };
  return { reply, open };
}
