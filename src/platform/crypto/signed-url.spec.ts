import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UrlSigner } from './signed-url.js';

const KEY = randomBytes(32);
const NOW = new Date('2026-01-02T03:04:05Z');
const LATER = new Date('2026-01-02T04:04:05Z');
const signer = new UrlSigner([KEY]);

describe('a signed URL', () => {
  test('is valid until its second has come', () => {
    const url = signer.sign('/files/42/a%20b.pdf', LATER);
    expect(url).toMatch(/^\/files\/42\/a%20b\.pdf\?expires=1767326645&signature=[A-Za-z0-9_-]{43}$/);
    expect(signer.verify(url, NOW)).toBe('valid');
    expect(signer.verify(url, new Date(LATER.getTime() - 1))).toBe('valid');
    expect(signer.verify(url, LATER)).toBe('expired');
  });

  test('is forged with any character changed', () => {
    const url = signer.sign('/files/42', LATER);
    for (let at = 0; at < url.length; at++) {
      for (const other of ['0', '1', 'A']) {
        if (url[at] === other) continue;
        expect(signer.verify(url.slice(0, at) + other + url.slice(at + 1), NOW)).toBe('forged');
      }
    }
  });

  test('is forged with anything added, doubled or left out', () => {
    const url = signer.sign('/files/42', LATER);
    const [path = '', query = ''] = url.split('?');
    const [expires = '', signature = ''] = query.split('&');
    const others = [
      '',
      path,
      `${path}?`,
      `${path}?${expires}`,
      `${path}?${signature}`,
      `${path}?${signature}&${expires}`,
      `${url}&expires=9999999999`,
      `${path}?expires=9999999999&${query}`,
      `${path}?expires=0${expires.slice(8)}&${signature}`,
      `${path}/?${query}`,
      `${path}%00?${query}`,
      `/x${url}`,
      `${url}#a`,
      `${url}=`,
    ];
    expect(others.filter((other) => signer.verify(other, NOW) !== 'forged')).toEqual([]);
  });

  test('of another key is forged, and of an older listed key valid', () => {
    const url = signer.sign('/files/42', LATER);
    const young = randomBytes(32);
    expect(new UrlSigner([young]).verify(url, NOW)).toBe('forged');
    expect(new UrlSigner([young, KEY]).verify(url, NOW)).toBe('valid');
  });

  test('is made of a path and nothing else', () => {
    for (const path of ['files', '', '/a?b=1', '/a#b', 'https://a/b'])
      expect(() => signer.sign(path, LATER)).toThrow(TypeError);
    expect(() => new UrlSigner([])).toThrow(TypeError);
  });
});
