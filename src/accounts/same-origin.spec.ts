import { describe, expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.js';

const reached = { publicUrl: 'https://bakeoff.example/', host: 'localhost:8080' };
const from = (origin?: string, fetchSite?: string) => isSameOrigin({ origin, fetchSite }, reached);

describe('a request comes from our own page', () => {
  test.each(['https://bakeoff.example', 'http://localhost:8080', 'http://LOCALHOST:8080'])(
    'when its origin is %s',
    (origin) => {
      expect(from(origin)).toBe(true);
    },
  );

  test('when it names no origin and the browser says so', () => {
    expect(from(undefined, 'same-origin')).toBe(true);
  });
});

describe('a request comes from elsewhere', () => {
  test.each([
    'https://evil.example',
    'http://bakeoff.example',
    'https://bakeoff.example.evil.example',
    'https://bakeoff.example:444',
    'http://localhost:8081',
    'http://localhost',
    'null',
    'file://',
    '',
  ])('when its origin is "%s"', (origin) => {
    expect(from(origin, 'same-origin')).toBe(false);
  });

  test.each([undefined, 'same-site', 'cross-site', 'none'])(
    'when it names no origin and the browser says %s',
    (fetchSite) => {
      expect(from(undefined, fetchSite)).toBe(false);
    },
  );

  test('when it has our public name without its https', () => {
    const behindProxy = { ...reached, host: 'bakeoff.example' };
    const isOwn = (origin: string) => isSameOrigin({ origin, fetchSite: undefined }, behindProxy);
    expect(isOwn('https://bakeoff.example')).toBe(true);
    expect(isOwn('http://bakeoff.example')).toBe(false);
  });

  test('when neither side names a host', () => {
    expect(isSameOrigin({ origin: 'file://', fetchSite: undefined }, { publicUrl: undefined, host: '' })).toBe(false);
  });
});
