import { timingSafeEqual } from 'node:crypto';
import { WINDOWS } from './contract/limits.js';
import { isMessageId, mac } from './sign.js';

/** Why a message is not trusted, as a code that does not change. */
export type SignatureProblem = 'missing_header' | 'bad_id' | 'bad_timestamp' | 'stale' | 'bad_signature';

/** Why a message is not trusted. Answer it with 401. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';

  constructor(
    readonly code: SignatureProblem,
    message: string,
  ) {
    super(message);
  }
}

/** What node:http and fetch hand over: names in any case, a name at most once. */
export type IncomingHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A message as it came, and what it is checked against; times are in s. */
export interface ToVerify {
  /** Every secret that may have signed; during a rotation the new one and the old one. */
  secrets: readonly string[];
  headers: IncomingHeaders;
  /** The raw bytes as they came. Parsed and printed again they are other bytes. */
  body: Uint8Array | string;
  /** The receiver's clock, seconds since 1970. */
  nowS: number;
  /** How far the timestamp may lie from it, either way. */
  toleranceS?: number;
}

/** A message that is trusted: its id, which is the same on each repeat, and when it was signed. */
export interface Verified {
  id: string;
  timestampS: number;
}

const MAX_SIGNATURES = 16;

/**
 * Checks a signed message. It proves who sent these bytes and when, not that they come for the first time:
 * an id that was seen before is a repeat.
 *
 * @throws SignatureError with the reason
 * @throws BadSecret      when a secret of ours is malformed
 *
 * @example
 * const { id } = verify({ secrets: [secret], headers: request.headers, body: rawBytes, nowS: Date.now() / 1000 });
 */
export function verify({ secrets, headers, body, nowS, toleranceS = WINDOWS.toleranceS }: ToVerify): Verified {
  const id = required(headers, 'webhook-id');
  const timestamp = required(headers, 'webhook-timestamp');
  const signatures = required(headers, 'webhook-signature');
  if (!isMessageId(id)) throw new SignatureError('bad_id', 'webhook-id: letters, digits, "_" and "-" only.');
  if (!/^\d{1,12}$/.test(timestamp))
    throw new SignatureError('bad_timestamp', 'webhook-timestamp: whole seconds only.');
  const ageS = nowS - Number(timestamp);
  if (Math.abs(ageS) > toleranceS) {
    const how = ageS > 0 ? `${Math.round(ageS)} s old` : `${Math.round(-ageS)} s ahead of this clock`;
    throw new SignatureError('stale', `webhook-timestamp: ${how}, and ${toleranceS} s are allowed.`);
  }
  if (!anyMatches(secrets, signatures, (secret) => mac(secret, id, timestamp, body))) {
    throw new SignatureError('bad_signature', 'webhook-signature: none of them is by a secret known here.');
  }
  return { id, timestampS: Number(timestamp) };
}

/** Compares every pair, in constant time each, whichever matches first. */
function anyMatches(secrets: readonly string[], header: string, expected: (secret: string) => string): boolean {
  const given = header
    .split(' ', MAX_SIGNATURES)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice(3)));
  let matched = false;
  for (const secret of secrets) {
    const ours = Buffer.from(expected(secret));
    for (const theirs of given) {
      if (theirs.length === ours.length && timingSafeEqual(theirs, ours)) matched = true;
    }
  }
  return matched;
}

function required(headers: IncomingHeaders, name: string): string {
  const value = headerValue(headers, name);
  if (!value) throw new SignatureError('missing_header', `${name}: is missing.`);
  return value;
}

function headerValue(headers: IncomingHeaders, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name);
  const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  const value = key === undefined ? undefined : headers[key];
  return typeof value === 'string' ? value : (value?.join(', ') ?? null);
}
