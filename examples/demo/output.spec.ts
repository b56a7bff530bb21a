import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fileName, fileNames, folderName, pathFrom, preview, save } from './output.ts';

const base = mkdtempSync(join(tmpdir(), 'bakeoff-output-'));
afterAll(() => rmSync(base, { recursive: true }));
const content = (text: string) => new TextEncoder().encode(text);

describe('a file’s name', () => {
  test.each([
    ['cleaned.csv', 'cleaned.csv'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['.bashrc', 'bashrc'],
    ['..', 'file'],
    ['', 'file'],
    ['-rf', 'rf'],
    ['a\u0000b\u001b[31m.txt', 'a_b__31m.txt'],
    ['con.txt', '_con.txt'],
    ['naïve résumé.md', 'naïve résumé.md'],
    [`${'a'.repeat(300)}.csv`, `${'a'.repeat(96)}.csv`],
  ])('%j becomes %j', (name, safe) => {
    expect(fileName(name)).toBe(safe);
  });

  test('is never given twice, also not in other letters', () => {
    expect(fileNames(['a.csv', 'A.csv', 'x/a.csv', 'b', 'b'])).toEqual(['a.csv', 'A-2.csv', 'a-3.csv', 'b', 'b-2']);
  });
});

test('a folder’s name says which task it is', () => {
  const id = '01a2018b-0acb-7000-a86e-230369a86702';
  expect(folderName('Logo: for a Café!', id)).toBe('logo-for-a-cafe-69a86702');
  expect(folderName('Clean our customer list before we move it to billing', id)).toBe(
    'clean-our-customer-list-before-we-move-69a86702',
  );
  expect(folderName('名前', id)).toBe('task-69a86702');
});

test('what is saved is there, and nothing that was there is touched', () => {
  const folder = join(base, 'task');
  const saved = save(folder, [
    { name: '../a.txt', content: content('one') },
    { name: 'a.txt', content: content('two') },
  ]);
  expect(saved.map(({ name, size }) => [name, size])).toEqual([
    ['a.txt', 3],
    ['a-2.txt', 3],
  ]);
  expect(readdirSync(base)).toEqual(['task']);
  expect(() => save(folder, [{ name: 'a.txt', content: content('three') }])).toThrow('EEXIST');
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one');
});

test('a path is short below where one stands, and whole elsewhere', () => {
  expect(pathFrom('/home/me', '/home/me/out/a.csv')).toBe(join('out', 'a.csv'));
  expect(pathFrom('/home/me', '/elsewhere/a.csv')).toBe('/elsewhere/a.csv');
});

describe('the first lines', () => {
  test('of a table are cut, and there are six of them', () => {
    const table = Array.from({ length: 9 }, (_, row) => `${row},a long field`).join('\n');
    expect(preview(content(table), 'text/csv', 0, 8)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((row) => `${row},a lon…`),
      '…',
    ]);
  });

  test('of prose are wrapped and have no gaps', () => {
    expect(preview(content('# Title\n\nSome words here.\n\n'), 'text/markdown', 0, 10)).toEqual([
      '# Title',
      'Some words',
      'here.',
    ]);
  });

  test('of the files that follow are shown of prose alone', () => {
    expect(preview(content('a,b\n'), 'text/csv', 1, 20)).toEqual([]);
    expect(preview(content('one\ntwo\nthree\nfour\nfive'), 'text/plain', 1, 20)).toEqual([
      'one',
      'two',
      'three',
      'four',
      '…',
    ]);
  });

  test('are none of what is no text, and hold nothing that a terminal would obey', () => {
    expect(preview(new Uint8Array([1, 0, 2]), 'image/png', 0, 20)).toEqual([]);
    expect(preview(content('\u001b[2J{\n\t"a": 1 }'), 'application/json', 0, 20)).toEqual(['{', '  "a": 1 }']);
  });
});
