import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.js';
import { stem, stemsOf, wordsOf } from './words.js';

describe('the words of a text', () => {
  test.each([
    ['cleaning', 'cleaned'],
    ['analysis', 'analyse'],
    ['analytics', 'analyze'],
    ['optimisation', 'optimize'],
    ['summaries', 'summarised'],
    ['written', 'writing'],
    ['websites', 'webpage'],
  ])('%s and %s are one', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  test('compounds are read in parts, names with a number in them whole', () => {
    expect(stemsOf('csv-cleaning and csvCleaning')).toEqual(['csv', 'clean']);
    expect(stemsOf('uses cap_17')).toEqual(['cap', 'cap17']);
    expect(stemsOf('C++, node.js')).toEqual(['c++', 'node', 'javascript']);
  });

  test('accents, case, width and scripts make no difference that matters', () => {
    expect(stemsOf('CAFÉ cafe ｃａｆｅ')).toEqual(['cafe']);
    expect(stemsOf('翻訳者')).toEqual(['翻訳', '訳者']);
  });

  test('the joined spelling names things and counts as no word', () => {
    expect(wordsOf('logo-design').filter(({ joined }) => joined)).toHaveLength(1);
    expect(stemsOf('logo-design')).toHaveLength(2);
  });

  test('hostile text takes no time to speak of', async () => {
    const text = `${'a-'.repeat(100_000)} ${'aB'.repeat(100_000)}`;
    expect(await processorMs(() => stemsOf(text))).toBeLessThan(2_000);
  });
});
