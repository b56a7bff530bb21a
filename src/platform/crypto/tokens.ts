import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** The largest multiple of 62 in a byte: a larger byte is drawn again, so that each character is equally likely. */
const FAIR_BYTES = 248;

/**
 * A secret that is shown once and stored as its {@link tokenHash}: `<prefix>_<letters and digits>`, so that a double
 * click selects all of it.
 *
 * @param bytes how much chance it holds; 32 is beyond guessing
 */
export function newToken(prefix: string, bytes = 32): string {
  const length = Math.ceil((bytes * 8) / Math.log2(62));
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      if (byte < FAIR_BYTES && text.length < length) text += BASE62[byte % 62];
    }
  }
  return `${prefix}_${text}`;
}

/** SHA-256 in hex. Enough for tokens, which are chance through and through; passwords are not. */
export function tokenHash(token: string): string {
  return hash('sha256', token);
}

/** Compares without telling, by its time, how much was right. */
export function sameSecret(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}

/** The same parts give the same UUID (version 8), anywhere and at any time: what has such an id exists once. */
export function uuidFrom(label: string, ...parts: (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify([label, ...parts]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const IDS_PER_MS = 4_096;
let lastMs = 0;
let order = 0;

/**
 * A UUID of version 7: ids sort by the time they were made, and within a process by their order, so that an index on
 * them grows at its end.
 */
export function newId(): string {
  const nowMs = Date.now();
  order = nowMs > lastMs ? 0 : order + 1;
  lastMs = Math.max(lastMs, nowMs);
  // More than fit into one ms borrow from the next.
  if (order === IDS_PER_MS) {
    order = 0;
    lastMs++;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order.toString(16).padStart(3, '0')}-${randomUUID().slice(19)}`;
}
