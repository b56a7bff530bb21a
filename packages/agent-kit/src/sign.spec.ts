import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { BadSecret, newSecret, sign } from './sign.js';
import { SignatureError, type ToVerify, verify } from './verify.js';

const secret = newSecret(randomBytes);
const other = newSecret(randomBytes);
const nowS = 1_790_000_000;
const body = '{"title":"Grüße, 世界 🎂"}';
const id = '0192f0c1-7d2e-7cc3-98c4-dc0c0c07398f';

const signed = (over: Partial<Parameters<typeof sign>[0]> = {}) =>
  sign({ secrets: [secret], id, timestampS: nowS, body, ...over });
const problem = (over: Partial<ToVerify>): string => {
  try {
    verify({ secrets: [secret], headers: signed(), body, nowS, ...over });
    return 'none';
  } catch (error) {
    if (error instanceof SignatureError) return error.code;
    throw error;
  }
};

describe('signing', () => {
  test('what is signed here is accepted by the standardwebhooks package, and the other way round', () => {
    const timestampS = Math.floor(Date.now() / 1000);
    const theirs = new Webhook(secret);
    expect(theirs.verify(body, signed({ timestampS }))).toEqual(JSON.parse(body));

    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(timestampS),
      'webhook-signature': theirs.sign(id, new Date(timestampS * 1000), body),
    };
    expect(verify({ secrets: [secret], headers, body, nowS: timestampS })).toEqual({ id, timestampS });
  });

  test('any secret and body give the same signature as the standardwebhooks package', () => {
    const anyBody = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), anyBody, (key, text) => {
        const one = `whsec_${Buffer.from(key).toString('base64')}`;
        const ours = sign({ secrets: [one], id, timestampS: nowS, body: text });
        expect(ours['webhook-signature']).toBe(new Webhook(one).sign(id, new Date(nowS * 1000), text));
      }),
    );
  });

  test('text and its bytes are the same body', () => {
    expect(signed({ body: Buffer.from(body) })).toEqual(signed());
  });

  test('during a rotation both secrets sign, and a receiver who knows either one accepts', () => {
    const headers = signed({ secrets: [other, secret] });
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    expect(new Set(headers['webhook-signature'].split(' ')).size).toBe(2);
    expect(problem({ headers })).toBe('none');
    expect(problem({ headers, secrets: [other] })).toBe('none');
    expect(problem({ headers: signed(), secrets: [other, secret] })).toBe('none');
  });

  test('a retry is signed anew: same id, another timestamp, another signature', () => {
    const again = signed({ timestampS: nowS + 1 });
    expect(again['webhook-id']).toBe(id);
    expect(again['webhook-signature']).not.toBe(signed()['webhook-signature']);
  });

  test('a malformed secret is refused without being repeated', () => {
    for (const bad of ['', 'abc', 'whsec_', 'whsec_!!!!', `whsec_${'A'.repeat(28)}`, secret.slice(6)]) {
      expect(() => signed({ secrets: [bad] })).toThrow(BadSecret);
    }
    expect(() => signed({ secrets: [] })).toThrow(BadSecret);
    expect(() => signed({ secrets: ['whsec_hunter2'] })).toThrow(/^(?!.*hunter2)/);
  });

  test('an id that could be cut in two ways is not signed', () => {
    for (const bad of ['', 'a.1', 'a b', 'a\n', 'x'.repeat(256)]) expect(() => signed({ id: bad })).toThrow(RangeError);
    for (const bad of [1.5, -1, Number.NaN]) expect(() => signed({ timestampS: bad })).toThrow(RangeError);
  });

  test('a new secret has 32 bytes of the given randomness', () => {
    expect(newSecret((size) => new Uint8Array(size).fill(7))).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    expect(secret).not.toBe(other);
  });
});

describe('verifying', () => {
  test('header names may come in any case, and from a Headers object', () => {
    const headers = signed();
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(problem({ headers: upper })).toBe('none');
    expect(problem({ headers: new Headers(headers) })).toBe('none');
  });

  test('each header that is missing, doubled or malformed has its own reason', () => {
    const headers = signed();
    for (const name of Object.keys(headers)) {
      expect(problem({ headers: { ...headers, [name]: undefined } })).toBe('missing_header');
      expect(problem({ headers: { ...headers, [name]: '' } })).toBe('missing_header');
    }
    expect(problem({ headers: { ...headers, 'webhook-id': [id, id] } })).toBe('bad_id');
    for (const bad of ['now', '1.79e9', '0x6ab', `${nowS}.5`, `-${nowS}`, ` ${nowS}`, '9'.repeat(13)]) {
      expect(problem({ headers: { ...headers, 'webhook-timestamp': bad } })).toBe('bad_timestamp');
    }
  });

  test('300 seconds either way are fresh, and 301 are stale', () => {
    expect(problem({ nowS: nowS + 300 })).toBe('none');
    expect(problem({ nowS: nowS - 300 })).toBe('none');
    expect(problem({ nowS: nowS + 301 })).toBe('stale');
    expect(problem({ nowS: nowS - 301 })).toBe('stale');
    expect(problem({ nowS: nowS + 11, toleranceS: 10 })).toBe('stale');
  });

  test('another secret, id, time, body or signature is refused', () => {
    const headers = signed();
    const signature = headers['webhook-signature'];
    expect(problem({ secrets: [other] })).toBe('bad_signature');
    expect(problem({ secrets: [] })).toBe('bad_signature');
    expect(problem({ body: `${body} ` })).toBe('bad_signature');
    expect(problem({ headers: { ...headers, 'webhook-id': `${id}0` } })).toBe('bad_signature');
    expect(problem({ headers: { ...headers, 'webhook-timestamp': String(nowS + 1) } })).toBe('bad_signature');
    for (const bad of [
      signature.slice(3),
      `v2,${signature.slice(3)}`,
      signature.slice(0, -1),
      'v1,',
      'v1',
      `${signature}=`,
    ]) {
      expect(problem({ headers: { ...headers, 'webhook-signature': bad } })).toBe('bad_signature');
    }
  });

  test('a good signature counts among sixteen, and not after them', () => {
    const good = signed()['webhook-signature'];
    const noise = (count: number) => Array.from({ length: count }, () => 'v1,AAAA').join(' ');
    expect(problem({ headers: { ...signed(), 'webhook-signature': `${noise(15)} ${good}` } })).toBe('none');
    expect(problem({ headers: { ...signed(), 'webhook-signature': `${noise(16)} ${good}` } })).toBe('bad_signature');
  });

  test('one changed bit anywhere in the body is noticed', () => {
    const bytes = Buffer.from(body);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(problem({ body: changed })).toBe('bad_signature');
      }),
    );
  });
});
