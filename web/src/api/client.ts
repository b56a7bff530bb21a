import createClient from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

/** Every operation of the server, typed by its openapi.json. Answers come as `{ data, error, response }`: see `dataOf` and `pageOf`. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

/** The schemas of openapi.json by name: `Shape<'Task'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

/** A refusal of the server, in its own words: what is wrong and what to do. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly suggestion: string,
    readonly fields: readonly { field: string; message: string }[] = [],
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

interface Answer<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** What a call answered. @throws ApiError */
export async function dataOf<Data>(call: Promise<Answer<{ data: Data }>>): Promise<Data> {
  return (await bodyOf(call)).data;
}

/** Waits for a call that answers nothing but that it is done. @throws ApiError */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await answered(call);
  if (!response.ok) throw refusalOf(error, response);
}

/** One page of a list. `next` is the cursor of the one after it, null at the end. @throws ApiError */
export async function pageOf<Item>(
  call: Promise<Answer<{ data: Item[]; meta: { next_cursor?: string | null; has_more?: boolean } }>>,
): Promise<{ items: Item[]; next: string | null }> {
  const { data, meta } = await bodyOf(call);
  return { items: data, next: meta.has_more === false ? null : (meta.next_cursor ?? null) };
}

async function bodyOf<Body>(call: Promise<Answer<Body>>): Promise<Body> {
  const { data, error, response } = await answered(call);
  if (error !== undefined || data === undefined) throw refusalOf(error, response);
  return data;
}

function answered<Body>(call: Promise<Answer<Body>>): Promise<Answer<Body>> {
  return call.catch(() => {
    throw new ApiError(
      0,
      'OFFLINE',
      'The server cannot be reached.',
      'Check your connection; this page tries again by itself.',
    );
  });
}

/** What the server's answer to a call that did not go through `api` refuses. */
export function refusalOf(body: unknown, { status }: Pick<Response, 'status'>): ApiError {
  const { error, meta } = (typeof body === 'object' && body !== null ? body : {}) as Partial<Shape<'Error'>>;
  if (!error) return new ApiError(status, 'UNEXPECTED', `The server answered ${status}.`, 'Try again in a moment.');
  return new ApiError(
    status,
    error.code,
    error.message,
    error.suggestion,
    error.fields ?? fieldsOf(error),
    meta?.request_id,
  );
}

function fieldsOf({ field, message }: { field?: string; message: string }) {
  return field === undefined ? [] : [{ field, message }];
}
