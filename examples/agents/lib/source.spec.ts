import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRequest, type Files, serveFiles } from '../testing/calls.ts';
import { decode, readSources, readTable } from './source.ts';

let files: Files;
beforeAll(async () => {
  files = await serveFiles();
});
afterAll(() => files.close());

const { signal } = new AbortController();

describe('files of the buyer', () => {
  test('become text in whatever encoding they came', () => {
    expect(decode(Buffer.from('\ufeffZürich\r\nÉvora', 'utf8'))).toBe('Zürich\nÉvora');
    expect(decode(Buffer.from('\ufeffZürich', 'utf16le'))).toBe('Zürich');
    expect(decode(Buffer.from('Zürich', 'latin1'))).toBe('Zürich');
    expect(decode(Buffer.from('a\u0000b'))).toBe('ab');
  });

  test('are read when they are text, and left alone when they are not', async () => {
    const attachments = files.of([
      { name: 'a.txt', media_type: 'text/plain', content: 'A' },
      { name: 'b.png', media_type: 'image/png', content: 'B' },
      { name: 'c.md', media_type: 'application/octet-stream', content: 'C\u0000' },
    ]);
    expect(await readSources(aRequest({ attachments }), signal)).toEqual([{ name: 'a.txt', text: 'A' }]);
  });

  test('are a table where one has columns; without one the agent says what it needs', async () => {
    const attachments = files.of([
      { name: 'note.txt', media_type: 'text/plain', content: 'Dear all,\nhere it is.' },
      { name: 'list.csv', media_type: 'text/csv', content: 'a,b\n1,2\n' },
    ]);
    expect(await readTable(aRequest({ attachments }), signal)).toMatchObject({
      header: ['a', 'b'],
      rows: [['1', '2']],
    });
    await expect(readTable(aRequest(), signal)).rejects.toThrow('as a CSV file');
  });

  test('that are gone are an error that may be tried again', async () => {
    const attachments = [{ name: 'x.txt', url: 'http://127.0.0.1:1/x', media_type: 'text/plain', size: 1 }];
    await expect(readSources(aRequest({ attachments }), signal)).rejects.toMatchObject({
      code: 'attachment_unreadable',
      retryable: true,
    });
  });
});
