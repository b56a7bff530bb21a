import { describe, expect, test } from 'vitest';
import { mediaTypeOf, safeName } from './files.js';

const text = (content: string) => new TextEncoder().encode(content);

describe('a file name', () => {
  test.each([
    ['report.csv', 'report.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['inv\u202Egnp.exe', 'invgnp.exe'],
    ['a\u0000b.txt', 'ab.txt'],
    ['Übersicht 2026.md', 'Übersicht 2026.md'],
  ])('%j is kept as %j', (given, kept) => expect(safeName(given)).toBe(kept));

  test.each([[''], ['..'], ['/'], ['\u200b'], ['x'.repeat(201)]])('%j is refused', (given) =>
    expect(safeName(given)).toBeNull(),
  );
});

describe('a media type', () => {
  test('is what the bytes say, whatever the name says', () => {
    expect(mediaTypeOf('a.csv', { mime: 'image/png' }, text('x'), 'text/csv')).toBe('image/png');
  });

  test('is what the name says for text', () => {
    expect(mediaTypeOf('A.CSV', undefined, text('a,b'), 'application/octet-stream')).toBe('text/csv');
    expect(mediaTypeOf('logo.svg', { mime: 'application/xml' }, text('<svg/>'), '')).toBe('image/svg+xml');
    expect(mediaTypeOf('notes', undefined, text('hello'), 'text/x-notes')).toBe('text/x-notes');
    expect(mediaTypeOf('notes', undefined, text('hello'), 'application/pdf')).toBe('text/plain');
  });

  test('is nothing in particular for other bytes, and nothing at all for a program', () => {
    expect(mediaTypeOf('a.txt', undefined, new Uint8Array([255, 254, 0]), 'text/plain')).toBe(
      'application/octet-stream',
    );
    expect(mediaTypeOf('a.txt', { mime: 'application/x-elf' }, text('x'), 'text/plain')).toBeNull();
  });
});
