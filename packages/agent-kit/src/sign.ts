import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { isBase64 } from './contract/artifact.js';

const PREFIX = 'whsec_';
const KEY_BYTES = { min: 24, max: 64 };
const CACHED_KEYS = 4_096;

/** Why a secret can't be used. Its message never holds the secret. */
export class BadSecret extends Error {
  readonly code = 'bad_secret';
  override readonly name = 'BadSecret';
}

/** The three headers of a signed request. A type and no interface, so that it passes as a plain record of headers. */
export type SignatureHeaders = {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
};

/** A message and what it is signed with; the time is in s since 1970. */
export interface ToSign {
  /** `whsec_...`; during a rotation the new one and the old one: one signature each. */
  secrets: readonly string[];
  /** Unique for the message, the same on its retries: 1-255 of letters, digits, `_` and `-`. */
  id: string;
  /** Seconds since 1970, of this attempt. */
  timestampS: number;
  /** The very bytes that are sent. */
  body: Uint8Array | string;
}

/**
 * Signs a message by the Standard Webhooks scheme: HMAC-SHA256 over `id.timestamp.body`.
 *
 * @throws BadSecret  when one is not `whsec_` and 24 to 64 bytes in base64, or there is none
 * @throws RangeError when the id or the timestamp can't be signed
 *
 * @example
 * const headers = sign({ secrets: [secret], id: 'msg_1', timestampS: Math.floor(Date.now() / 1000), body });
 */
export function sign({ secrets, id, timestampS, body }: ToSign): SignatureHeaders {
  checkSecrets(secrets);
  if (!isMessageId(id)) throw new RangeError('A message id has 1 to 255 letters, digits, "_" and "-".');
  if (!Number.isSafeInteger(timestampS) || timestampS < 0) throw new RangeError('A timestamp is in whole seconds.');
  const signatures = secrets.map((secret) => `v1,${mac(secret, id, String(timestampS), body)}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    'webhook-signature': signatures.join(' '),
  };
}

/**
 * A new secret of 32 bytes.
 *
 * @param randomBytes a source of strong randomness, such as `randomBytes` of node:crypto
 *
 * @example
 * const secret = newSecret(randomBytes); // node:crypto
 */
export function newSecret(randomBytes: (size: number) => Uint8Array): string {
  return PREFIX + Buffer.from(randomBytes(32)).toString('base64');
}

/** @throws BadSecret when one is malformed, or there is none: better at the start than at the first call */
export function checkSecrets(secrets: readonly string[]): void {
  if (secrets.length === 0) throw new BadSecret('There is no secret.');
  for (const secret of secrets) keyOf(secret);
}

/** A full stop would let one signed text be cut into id and timestamp in two ways. */
export function isMessageId(id: string): boolean {
  return /^[\w-]{1,255}$/.test(id);
}

export function mac(secret: string, id: string, timestamp: string, body: Uint8Array | string): string {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

// A KeyObject makes about four times the signatures of a raw key, so each secret is imported once.
const keys = new Map<string, KeyObject>();

/** @throws BadSecret */
export function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(keyBytes(secret));
  const oldest = keys.size >= CACHED_KEYS ? keys.keys().next().value : undefined;
  if (oldest !== undefined) keys.delete(oldest);
  keys.set(secret, key);
  return key;
}

function keyBytes(secret: string): Buffer {
  const encoded = secret.slice(PREFIX.length);
  if (!secret.startsWith(PREFIX) || !isBase64(encoded)) throw new BadSecret('A secret is "whsec_" and base64.');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < KEY_BYTES.min || bytes.length > KEY_BYTES.max) {
    throw new BadSecret(`A secret holds ${KEY_BYTES.min} to ${KEY_BYTES.max} bytes; this one ${bytes.length}.`);
  }
  return bytes;
}
