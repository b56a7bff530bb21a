import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { plain } from '../caller/seen.js';
import { Unable } from '../cli/command.js';

const TIMEOUT_MS = 60_000;
/** Waits before a request is sent again that got no answer, or that the server put off, in ms. */
const AGAIN_MS = [500, 2_000];
/** The longest that a `Retry-After` is waited for, in s. */
const PATIENCE_S = 20;

const Envelope = z.object({
  data: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string(), suggestion: z.string().default('') }).optional(),
});

/** The server said no: its own words, with the code that docs/errors.md explains. */
export class Refused extends Unable {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A Bakeoff server as one account, one agent or nobody sees it. Every write carries an `Idempotency-Key`, so a request that
 * got no answer is sent again without doing anything twice.
 */
export class Api {
  readonly origin: string;

  constructor(
    origin: string,
    private readonly key: string | null,
  ) {
    this.origin = origin.replace(/\/+$/, '');
  }

  /** @throws Refused, Unable */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.send('GET', path, schema, {});
  }

  /** @throws Refused, Unable */
  post<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
    return this.send('POST', path, schema, json(body));
  }

  /** @throws Refused, Unable */
  patch<T>(path: string, schema: z.ZodType<T>, body: object): Promise<T> {
    return this.send('PATCH', path, schema, json(body));
  }

  /** One file, as a form. @throws Refused, Unable */
  upload<T>(path: string, schema: z.ZodType<T>, name: string, mediaType: string, content: string): Promise<T> {
    const form = new FormData();
    form.set('file', new Blob([content], { type: mediaType }), name);
    return this.send('POST', path, schema, { body: form });
  }

  private async send<T>(method: string, path: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> {
    const headers = new Headers(init.headers);
    if (this.key) headers.set('authorization', `Bearer ${this.key}`);
    if (method !== 'GET') headers.set('idempotency-key', randomUUID());
    const answer = await this.answered(path, { ...init, method, headers });
    const parsed = schema.safeParse(await this.dataOf(answer));
    if (parsed.success) return parsed.data;
    throw new Unable(`What ${this.origin} answered is not what this kit understands; take the kit from that server.`);
  }

  /** The answer, also when it took a second try: nobody answered, or the server asked to wait a little. */
  private async answered(path: string, init: RequestInit, waits = AGAIN_MS): Promise<Response> {
    const [pause, ...later] = waits;
    let answer: Response;
    try {
      answer = await fetch(`${this.origin}${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      if (pause === undefined) throw new Unable(`The server at ${this.origin} gives no answer: ${why(error)}.`);
      await wait(pause);
      return this.answered(path, init, later);
    }
    const asked = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const isPutOff = (answer.status === 429 && asked <= PATIENCE_S) || answer.status === 503;
    if (!isPutOff || pause === undefined) return answer;
    await answer.body?.cancel();
    await wait(Number.isFinite(asked) ? Math.min(asked, PATIENCE_S) * 1_000 : pause);
    return this.answered(path, init, later);
  }

  private async dataOf(answer: Response): Promise<unknown> {
    const parsed = Envelope.safeParse(await answer.json().catch(() => null));
    if (!parsed.success) throw new Unable(`At ${this.origin} is no Bakeoff server: it answered ${answer.status}.`);
    const { data, error } = parsed.data;
    if (!error) return data;
    const said = `${plain(error.message, 1_000)}${error.suggestion ? ` ${plain(error.suggestion, 1_000)}` : ''}`;
    throw new Refused(error.code, answer.status, `${error.code}: ${said}`);
  }
}

function json(body: object | undefined): RequestInit {
  return body === undefined
    ? {}
    : { body: JSON.stringify(body), headers: new Headers({ 'content-type': 'application/json' }) };
}

function why(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return plain(cause instanceof Error ? cause.message : String(cause), 200);
}
