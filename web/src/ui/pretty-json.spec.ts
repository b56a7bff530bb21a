import { describe, expect, test } from 'vitest';
import { prettyJson } from './pretty-json.ts';

describe('JSON as it is shown', () => {
  test('is laid out as JSON.stringify would', () => {
    const value = { a: [1, -2.5e3, { b: null }], 'c"d': 'x, {y}: [\\', e: [], f: {}, g: true };
    expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    expect(prettyJson(JSON.stringify(value, null, 4))).toBe(JSON.stringify(value, null, 2));
  });

  test('is laid out up to where it was cut off', () => {
    expect(prettyJson('{"a":{"b":"half a wor')).toBe('{\n  "a": {\n    "b": "half a wor');
  });

  test('is left alone where it is none', () => {
    expect(prettyJson('<h1>502 Bad, Gateway</h1>')).toBe('<h1>502 Bad, Gateway</h1>');
    expect(prettyJson('')).toBe('');
  });
});
