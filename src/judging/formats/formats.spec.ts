import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { anArtifact, findingOf } from '../../../test/support/answers.js';
import { aPdf, aZip } from '../../../test/support/files.js';
import { artifactText } from '../artifact-text.js';
import { Limited } from '../limited.js';
import { validityOf } from './formats.js';

const limited = new Limited();
afterAll(() => limited.close());

type File = readonly [name: string, content: string | Uint8Array];

const read = ([name, content]: File) =>
  validityOf(artifactText(anArtifact(content, { type: 'file', name, mediaType: 'application/octet-stream' })), limited);

const picture = (width = 60, height = 40) =>
  sharp({
    create: { width, height, channels: 3, background: '#abc', noise: { type: 'gaussian', mean: 99, sigma: 30 } },
  });

const VALID: readonly File[] = [
  ['a.json', '{"a": [1, 2.5e3, null, "\\u00e9"]}'],
  ['a.csv', 'id,name\n1,"Ada ""A"", Countess"\n2,"two\nlines"\n'],
  ['a.tsv', 'a\tb\n1\t2\n'],
  ['a.csv', '\ufeffid;preis\r\n1;2,50\r\n'],
  [
    'a.html',
    '<!doctype html><html lang="en"><head><title>x</title></head><body><p>Hi<br><img src="a.png"></body></html>',
  ],
  [
    'a.svg',
    '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
  ],
  ['a.md', '# Hi\n\n| a | b |\n|---|---|\n| `x` | \\| |\n\n- [ ] todo[^1]\n\n~~~\ncode [x][y]\n~~~\n\n[^1]: note\n'],
  ['a.txt', 'Just text.'],
  ['a.js', '#!/usr/bin/env node\nimport x from "x";\nexport const f = async (a) => (await a) ?? 1n;'],
  ['a.cjs', 'with (a) { module.exports = b; }'],
  ['a.ts', 'enum A { B }\nnamespace N { export const x = 1 }\nconst f = <T,>(x: T): T => x satisfies unknown as T;'],
  [
    'a.py',
    'async def f(x, /, *, y: int = 1) -> None:\n    async with a as b, c:\n        print(f"{x!r:>{y}} {d["k"]}")\n',
  ],
  ['a.sql', '-- top\nWITH a AS (SELECT 1 AS n)\nSELECT n::text FROM a WHERE n > $1 ORDER BY 1 NULLS LAST;'],
  ['a.pdf', aPdf({ pages: 3 })],
  ['a.zip', aZip([{ name: 'a.txt', content: 'a' }])],
];

describe('what is valid passes', () => {
  test.each<File>(VALID)('%s %#', async (name, content) => {
    expect(await read([name, content])).toMatchObject({ met: 'yes', details: expect.any(Object) });
  });

  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('an image as %s', async (format) => {
    const bytes = await picture().toFormat(format).toBuffer();
    expect(await read([`a.${format}`, bytes])).toMatchObject({ met: 'yes', details: { width: 60, height: 40 } });
  });

  test('an animation, with its frames', async () => {
    const frame = await picture().png().toBuffer();
    const bytes = await sharp([frame, frame, frame], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await read(['a.gif', bytes])).met).toBe('yes');
  });
});

describe('what is broken says where', () => {
  test.each<readonly [string, string, RegExp]>([
    ['a.json', '{\n  "a": 1,\n  "b": oops\n}', /^line 3, column 8: /],
    ['a.json', '{"a": 1', /^line 1, column 8: /],
    ['a.json', '{"a": 1,}', /^line 1, column 9: /],
    ['a.py', 'def f(x):\n    y = (x + 1\n    return y\n', /^line 2, column 9: "\(" is never closed/],
    ['a.py', 'def f():\n\treturn 1\n        x\n', /^line 3, column 1: tabs and spaces/],
    ['a.ts', 'let a = 1;\nlet b: = 2;\n', /^line 2, column 8: /],
    ['a.js', 'let a = 1;\nlet b = ;\n', /^line 2, column 9: /],
    ['a.sql', 'SELECT a\nFROM t WHERE', /^line 2, column 13: /],
    ['a.csv', 'a,b\n1,2\n3,4,5\n', /line 3/],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg">\n<g></svg>', /2:/],
    ['a.md', '# a\n\n```js\nx\n', /line 3: a code fence/],
    ['a.html', '<!doctype html>\n<p class="a" class="b">x</p>', /line 2/],
  ])('%s %#', async (name, content, evidence) => {
    expect(await read([name, content])).toMatchObject({ met: 'no', evidence: expect.stringMatching(evidence) });
  });

  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'an image that was cut off: %s',
    async (format) => {
      const bytes = await picture().toFormat(format).toBuffer();
      expect((await read([`a.${format}`, bytes.subarray(0, bytes.byteLength * 0.6)])).met).toBe('no');
    },
  );

  test('a PDF that was cut off, and one of nonsense', async () => {
    expect((await read(['a.pdf', aPdf().subarray(0, -40)])).evidence).toContain('cut off');
    expect((await read(['a.pdf', `%PDF-1.4\n${'x'.repeat(500)}%%EOF`])).met).toBe('no');
  });
});

describe('what is called something else', () => {
  test('is told by its bytes', async () => {
    const png = await picture().png().toBuffer();
    const wrong: readonly (readonly [File, string])[] = [
      [['logo.svg', png], 'it is called svg, and is png'],
      [['a.jpg', png], 'it is called jpg, and is png'],
      [['a.json', png], 'it is called json, and is png'],
      [['a.pdf', png], 'it is called pdf, and is png'],
      [['a.png', 'hello'], 'it is called png, and is text'],
      [['a.png', aPdf()], 'it is called png, and is pdf'],
      [['a.zip', aPdf()], 'it is called zip, and is pdf'],
      [['a.txt', '<!doctype html><html><body>x</body></html>'], 'it is called text, and is html'],
      [['a.csv', '<html><body>404</body></html>'], 'it is called csv, and is html'],
      [['a.docx', aZip([{ name: 'a', content: 'a' }])], 'it is called docx, and is zip'],
    ];
    for (const [file, evidence] of wrong) expect(await read(file)).toMatchObject({ met: 'no', evidence });
  });
});

describe('rules on files', () => {
  const file = (name: string, content: string | Uint8Array) => [
    anArtifact(content, { type: 'file', name, mediaType: 'application/octet-stream' }),
  ];

  test('images have a size', async () => {
    const wide = file('a.png', await picture(200, 100).png().toBuffer());
    expect((await findingOf({ kind: 'image_size', min_width: 200, max_height: 100, ratio: 2 }, wide)).met).toBe('yes');
    expect((await findingOf({ kind: 'image_size', min_width: 201 }, wide)).evidence).toBe(
      '200 by 100 pixels; asked for width 201 or more',
    );
    expect((await findingOf({ kind: 'image_size', ratio: 1 }, wide)).met).toBe('no');
    expect((await findingOf({ kind: 'image_size', min_width: 1 }, 'text')).met).toBe('no');
  });

  test('a PDF has pages and text', async () => {
    const pdf = file('a.pdf', aPdf({ pages: 3, text: 'Invoice 2026-114' }));
    expect((await findingOf({ kind: 'pdf_pages', min: 2, max: 3 }, pdf)).met).toBe('yes');
    expect((await findingOf({ kind: 'pdf_pages', max: 2 }, pdf)).met).toBe('no');
    expect((await findingOf({ kind: 'pdf_text', terms: ['invoice 2026-114'] }, pdf)).met).toBe('yes');
    expect((await findingOf({ kind: 'pdf_text', terms: ['Total'] }, pdf)).met).toBe('no');
    expect((await findingOf({ kind: 'pdf_text', terms: ['x'] }, file('a.pdf', aPdf({ text: '' })))).met).toBe(
      'unknown',
    );
  });

  test('all artifacts are valid, or the first that is not is named', async () => {
    const both = [...file('a.json', '{}'), ...file('b.json', '{]')];
    expect((await findingOf({ kind: 'valid' }, file('a.json', '{}'))).met).toBe('yes');
    expect((await findingOf({ kind: 'valid' }, both)).evidence).toContain('b.json: line 1, column 2');
    expect((await findingOf({ kind: 'valid' }, file('a.xyz', 'x'))).met).toBe('unknown');
    expect((await findingOf({ kind: 'markdown_valid' }, file('a.md', '[x]()'))).met).toBe('no');
  });
});
