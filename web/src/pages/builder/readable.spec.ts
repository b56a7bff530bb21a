import { describe, expect, test } from 'vitest';
import { dateTime } from '../../ui/format.ts';
import { readable } from './readable.ts';

describe('a sentence of the server beside a button', () => {
  test('loses the call of the API that the button makes', () => {
    expect(readable('It has not passed a benchmark yet. POST /agents/1/benchmark starts one.')).toBe(
      'It has not passed a benchmark yet.',
    );
  });

  test('tells moments by the reader’s clock', () => {
    const at = '2026-11-22T12:25:29.883Z';
    expect(readable(`It is asked at ${at}; POST /agents/1/verify-endpoint asks now.`)).toBe(
      `It is asked at ${dateTime(at)}.`,
    );
  });

  test('stays whole where nothing else is said', () => {
    expect(readable('GET /health answered 404')).toBe('GET /health answered 404');
  });
});
