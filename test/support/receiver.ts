import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { call } from './app.js';
import { listening } from './loopback.js';
import { ok, type Person, type Place } from './market.js';

/** One request as a receiver got it. */
export interface Arrived {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
  readonly body: any;
}

export type Answering = (arrived: Arrived, response: ServerResponse) => void | Promise<void>;

/** A real HTTP server that takes webhooks, and answers as a test wants. */
export class Receiver {
  readonly log: Arrived[] = [];
  mostAtOnce = 0;
  private now = 0;
  private waiting: (() => void)[] = [];

  private constructor(
    readonly url: string,
    public answer: Answering,
  ) {}

  static async start(answer: Answering = took): Promise<Receiver> {
    let receiver: Receiver | null = null;
    const server = createServer((request, response) => void receiver?.take(request, response));
    receiver = new Receiver(`http://127.0.0.1:${await listening(server)}/hooks`, answer);
    return receiver;
  }

  get types(): string[] {
    return this.log.map(({ body }) => body.type);
  }

  /** Waits until something like this has come, and returns the first of it. */
  async got(isIt: (arrived: Arrived) => boolean): Promise<Arrived> {
    for (;;) {
      const found = this.log.find(isIt);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async count(least: number): Promise<Arrived[]> {
    await this.got(() => this.log.length >= least);
    return this.log;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const rawBody = Buffer.concat(chunks).toString();
    const arrived = { id: String(headers['webhook-id']), headers, rawBody, body: JSON.parse(rawBody) };
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.now);
    response.once('close', () => this.now--);
    this.log.push(arrived);
    for (const wake of this.waiting.splice(0)) wake();
    await this.answer(arrived, response);
  }
}

export const took: Answering = (_, response) => void response.writeHead(204).end();
export const refused =
  (status: number): Answering =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'text/plain' }).end('no, thanks');

/** Checked by another implementation than ours. Throws where the signature is not by this secret. */
export function verified({ rawBody, headers }: Arrived, secret: string): unknown {
  return new Webhook(secret).verify(rawBody, headers as Record<string, string>);
}

export interface Made {
  readonly id: string;
  readonly secret: string;
}

export async function webhook(place: Place, { key }: Person, body: Record<string, unknown>): Promise<Made> {
  const { data } = (await ok(call(place.url, 'POST', '/webhooks', { key, body }))).body;
  return { id: data.webhook.id, secret: data.secret };
}
