import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

export type UrlVerdict = 'valid' | 'expired' | 'forged';

const MAC_BYTES = 32;
const QUERY = /^expires=(\d{1,12})&signature=([A-Za-z0-9_-]{43})$/;

/** Paths that open by themselves for a while: whoever holds the whole URL may read what is behind it. */
export class UrlSigner {
  private readonly keys: readonly KeyObject[];

  /** @param keys the first signs, all verify; `SecretBox.deriveAll(label)` */
  constructor(keys: readonly Uint8Array[]) {
    if (keys.length === 0) throw new TypeError('A signer needs a key.');
    this.keys = keys.map((key) => createSecretKey(key));
  }

  /**
   * @param path from the first `/`, without a query
   * @returns the path with `expires` (unix seconds, rounded up) and `signature`
   */
  sign(path: string, expiresAt: Date): string {
    if (!/^\/[^?#]*$/.test(path)) throw new TypeError('A path begins with "/" and has no query.');
    const expires = Math.ceil(expiresAt.getTime() / 1_000);
    return `${path}?expires=${expires}&signature=${this.mac(0, path, expires).toString('base64url')}`;
  }

  /** @param url path and query exactly as they came; not one character may differ */
  verify(url: string, now: Date): UrlVerdict {
    const [path = '', query = ''] = splitOnce(url, '?');
    const [, expiresText, signature] = QUERY.exec(query) ?? [];
    if (expiresText === undefined || signature === undefined) return 'forged';
    const expires = Number(expiresText);
    const given = Buffer.from(signature, 'base64url');
    // The last of 43 characters holds two bits that decoding drops.
    if (given.length !== MAC_BYTES || given.toString('base64url') !== signature || String(expires) !== expiresText)
      return 'forged';
    if (!this.keys.some((_key, index) => timingSafeEqual(this.mac(index, path, expires), given))) return 'forged';
    return now.getTime() < expires * 1_000 ? 'valid' : 'expired';
  }

  private mac(index: number, path: string, expires: number): Buffer {
    const key = this.keys[index];
    if (!key) throw new RangeError('There is no such key.');
    return createHmac('sha256', key).update(`v1\n${expires}\n${path}`).digest();
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
