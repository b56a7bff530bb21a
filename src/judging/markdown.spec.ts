import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../test/support/processor.js';
import { blocks, highlights, inline, prose } from './markdown.js';

const kinds = (source: string) => blocks(source).map(({ kind }) => kind);

describe('blocks', () => {
  test('headings, items, quotes, tables, code and paragraphs are told apart', () => {
    const source =
      '# A\n\ntext\nmore\n- one\n2) two\n> said\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n```js\n# no heading\n```\nB\n===\n\n---\n';
    expect(kinds(source)).toEqual(['heading', 'paragraph', 'item', 'item', 'quote', 'table', 'code', 'heading']);
  });

  test('a heading needs a space after its marks, and loses those at its end', () => {
    expect(blocks('#hash\n\n## Title ##')).toMatchObject([
      { kind: 'paragraph' },
      { kind: 'heading', level: 2, text: 'Title' },
    ]);
  });

  test('a table has its cells without marks', () => {
    expect(blocks('| **Name** | Price |\n|:--|--:|\n| Rope |')).toMatchObject([
      { header: ['Name', 'Price'], rows: [['Rope']] },
    ]);
  });

  test('an open fence reaches to the end', () => {
    expect(blocks('~~~sql\nselect 1\n# x')).toMatchObject([{ kind: 'code', language: 'sql', text: 'select 1\n# x' }]);
  });

  test('nothing is lost: the raw lines of the blocks are the lines of the source', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('# a', '- b', 'c', '', '```', '| d |', '|--|', '> e', '===', '---', '  f')),
        (list) => {
          const marks = new Set(['', '---']);
          const raw = blocks(list.join('\n')).flatMap((block) => block.raw.split('\n'));
          expect(raw.filter((line) => !marks.has(line))).toEqual(list.filter((line) => !marks.has(line)));
        },
      ),
    );
  });

  test.each([
    ['nested quotes', '> '.repeat(50_000)],
    ['nested lists', '- '.repeat(50_000)],
    ['numbers', '1. '.repeat(30_000)],
    ['open emphasis', '_a*'.repeat(30_000)],
    ['open links', '![a]('.repeat(20_000)],
    ['spaces in a fence', `\`\`\`${' '.repeat(100_000)}\``],
    ['spaces in a table', `| a |\n|${' '.repeat(100_000)}-${' '.repeat(100_000)}x|`],
    ['open tags', '<a '.repeat(30_000)],
  ])('%s take no time', async (_name, source) => {
    const work = () => {
      prose(blocks(source));
      highlights(source);
    };
    expect(await processorMs(work)).toBeLessThan(2_000);
  });
});

test('inline marks go, and what is no mark stays', () => {
  expect(inline('**bold** _slanted_ `code` [link](https://a.example) ![alt](b.png) snake_case 2 * 3')).toBe(
    'bold slanted code link alt snake_case 2 * 3',
  );
});
