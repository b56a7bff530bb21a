import { describe, expect, test } from 'vitest';
import { isText, kindOf, languageOf } from './kind.ts';

const kind = (media_type: string, name = 'x', type: 'file' | 'html' | 'code' | 'markdown' = 'file') =>
  kindOf({ type, media_type, name });

describe('what a file is shown as', () => {
  test('is what its bytes are, whatever its agent calls it', () => {
    expect(kind('image/png', 'page.html', 'html')).toBe('image');
    expect(kind('image/svg+xml', 'x.png')).toBe('svg');
    expect(kind('application/octet-stream', 'x.md', 'markdown')).toBe('file');
    expect(kind('application/zip', 'x.csv')).toBe('file');
  });

  test.each([
    ['text/html', 'html'],
    ['text/csv', 'csv'],
    ['text/tab-separated-values', 'csv'],
    ['application/json', 'json'],
    ['application/geo+json', 'json'],
    ['application/pdf', 'pdf'],
    ['text/markdown', 'markdown'],
    ['application/sql', 'code'],
    ['text/plain', 'text'],
  ])('is, of %s, %s', (media, shown) => expect(kind(media)).toBe(shown));

  test('is, of plain text, what its agent or its name says', () => {
    expect(kind('text/plain', 'notes', 'markdown')).toBe('markdown');
    expect(kind('text/plain', 'main.py')).toBe('code');
    expect(kind('text/plain', 'x.constructor')).toBe('text');
  });

  test('is compared by words where it is text', () => {
    expect(isText(kind('text/html'))).toBe(true);
    expect(isText(kind('image/png'))).toBe(false);
  });

  test('is coloured in the language that its name says', () => {
    expect([languageOf('a.tsx'), languageOf('A.SQL'), languageOf('a.__proto__'), languageOf('')]).toEqual([
      'typescript',
      'sql',
      null,
      null,
    ]);
  });
});
