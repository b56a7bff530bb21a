import type { Egress } from './egress.js';

/** Statuses whose answers have no body by definition; `Response` refuses one. */
const BODILESS = new Set([204, 205, 304]);

/**
 * `fetch` for libraries that want one: each call goes through the guarded egress, once, and follows no redirect.
 *
 * @param maxBytes  the longest answer that is read
 * @param timeoutMs the whole call, where the caller's own signal does not end it earlier
 * @throws EgressFailure as {@link Egress.request} does; TypeError for a body that is no text or bytes
 */
export function egressFetch(egress: Egress, { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number }) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (input instanceof Request) throw new TypeError('Give a URL and an init: a Request is not read here.');
    const limit = AbortSignal.timeout(timeoutMs);
    const answer = await egress.request({
      url: String(input),
      method: methodOf(init.method),
      headers: sentHeaders(init.headers),
      ...(init.body === undefined || init.body === null ? {} : { body: bodyOf(init.body) }),
      signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit,
      maxBytes,
    });
    return new Response(BODILESS.has(answer.status) ? null : Buffer.from(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

function methodOf(method = 'GET') {
  const known = (['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] as const).find((name) => name === method.toUpperCase());
  if (!known) throw new TypeError(`The method ${method} is not sent here.`);
  return known;
}

/** The egress sets these itself, and compressed answers are not unpacked. */
function sentHeaders(headers: RequestInit['headers']): Record<string, string> {
  const sent = new Headers(headers);
  for (const name of ['host', 'content-length', 'accept-encoding', 'connection']) sent.delete(name);
  return Object.fromEntries(sent);
}

function bodyOf(body: NonNullable<RequestInit['body']>): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new TypeError('Only text and bytes are sent here.');
}
