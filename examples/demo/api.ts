import { randomUUID } from 'node:crypto';
import { Failure } from './failure.ts';

interface Envelope<T> {
  ok: boolean;
  data: T;
  meta?: { next_cursor?: string | null };
  error?: { code: string; message: string; suggestion: string; fields?: { field: string; message: string }[] };
}

/** The server said no, in its own words. */
export class Refused extends Failure {
  readonly code: string;

  constructor(what: string, { code, message, suggestion, fields }: NonNullable<Envelope<unknown>['error']>) {
    const others = (fields ?? []).slice(1).map(({ field, message: problem }) => `; ${field}: ${problem}`);
    const sentence = `${message}${others.join('')}`.replace(/([^.!?])$/, '$1.');
    super(`${what} was refused (${code}): ${sentence} ${suggestion}`.trim());
    this.code = code;
  }
}

/** No answer came at all. */
export class Unreachable extends Failure {}

/** The server's HTTP interface for one caller: nothing here that a stranger's program could not do. */
export class Api {
  readonly url: string;
  readonly key: string | null;
  readonly signal: AbortSignal;

  constructor(url: string, signal: AbortSignal, key: string | null = null) {
    this.url = url;
    this.signal = signal;
    this.key = key;
  }

  as(key: string): Api {
    return new Api(this.url, this.signal, key);
  }

  /** @throws Refused */
  async get<T>(path: string): Promise<T> {
    return (await this.ask<T>('GET', path)).data;
  }

  /** @throws Refused */
  async page<T>(path: string): Promise<{ items: T[]; next: string | null }> {
    const { data, meta } = await this.ask<T[]>('GET', path);
    return { items: data, next: meta?.next_cursor ?? null };
  }

  /**
   * Each call moves something once: it carries an Idempotency-Key of its own.
   *
   * @throws Refused
   */
  async post<T>(path: string, body: object = {}): Promise<T> {
    return (await this.ask<T>('POST', path, body)).data;
  }

  /** @throws Refused */
  async upload<T>(path: string, name: string, content: Uint8Array<ArrayBuffer>): Promise<T> {
    const form = new FormData();
    form.append('file', new Blob([content]), name);
    return (await this.ask<T>('POST', path, form)).data;
  }

  /** A file by its signed link. @throws Failure */
  async download(link: string): Promise<Uint8Array> {
    if (new URL(link).origin !== new URL(this.url).origin)
      throw new Failure(`The link ${link} leads away from the server.`);
    const response = await reach(link, { signal: this.signal, redirect: 'error' });
    if (!response.ok) throw new Failure(`A file could not be fetched: ${response.status}.`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** A stream of events that goes on after the event `lastId`. @throws Failure */
  async stream(path: string, lastId: string | null): Promise<ReadableStream<Uint8Array>> {
    const headers = { ...this.headers(), accept: 'text/event-stream', ...(lastId ? { 'last-event-id': lastId } : {}) };
    const response = await reach(this.url + path, { headers, signal: this.signal });
    if (!response.ok || !response.body) throw new Failure(`GET ${path} gave no stream: ${response.status}.`);
    return response.body;
  }

  protected headers(): Record<string, string> {
    return this.key === null ? {} : { authorization: `Bearer ${this.key}` };
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<Envelope<T>> {
    const headers = { ...this.headers(), ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) };
    const init = body instanceof FormData ? { body, headers } : body ? asJson(body, headers) : { headers };
    const response = await reach(this.url + path, { method, signal: this.signal, ...init });
    const envelope = await envelopeOf<T>(response);
    if (envelope.error) throw new Refused(`${method} ${path}`, envelope.error);
    return envelope;
  }
}

/** @throws Unreachable */
async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Unreachable(`The server does not answer: ${cause}.`);
  }
}

function asJson(body: object, headers: Record<string, string>) {
  return { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
}

async function envelopeOf<T>(response: Response): Promise<Envelope<T>> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Envelope<T>;
  } catch {
    throw new Failure(`${response.url} answered ${response.status} without JSON: ${text.slice(0, 100)}`);
  }
}
