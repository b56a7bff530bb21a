import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aRequest, type Files, serveFiles } from '../testing/calls.ts';
import { readSentences, summaryBrief, written } from './summary-brief.ts';

let files: Files;
beforeAll(async () => {
  files = await serveFiles();
});
afterAll(() => files.close());

const requirements = { max_words: 100, format: 'paragraph', must_mention: ['ferry'] };

function revised(notes: string) {
  const previous = {
    summary: '',
    message: '',
    artifacts: [{ type: 'markdown' as const, name: 's.md', media_type: 'text/markdown', content: 'word '.repeat(80) }],
  };
  return summaryBrief(aRequest({ requirements, phase: 'delivery', revision: { number: 1, notes, previous } }));
}

describe('what a summary has to be', () => {
  test('stands in requirements and rules', () => {
    const rules = [
      { kind: 'words' as const, max: 60 },
      { kind: 'includes' as const, terms: ['2027'] },
      { kind: 'excludes' as const, terms: ['old'] },
    ];
    expect(summaryBrief(aRequest({ requirements, quality_rules: { rules } }))).toMatchObject({
      maxWords: 60,
      minWords: 50,
      mustMention: ['ferry', '2027'],
      avoid: ['old'],
    });
    expect(summaryBrief(aRequest())).toMatchObject({ maxWords: 120, format: 'paragraph' });
  });

  test.each([
    ['Shorter, please.', { maxWords: 52 }],
    ['At most 40 words!', { maxWords: 40 }],
    ['Rather as bullet points', { maxWords: 100, format: 'bullets' }],
    ['Mention "the county" too', { mustMention: ['ferry', 'the county'] }],
    ['A bit longer', { minWords: 96, maxWords: 100 }],
    ['I love it', { understood: [] }],
  ])('"%s" is understood', (notes, expected) => {
    expect(revised(notes)).toMatchObject(expected);
  });

  test('the text comes from files, or is the description itself; without one the agent declines', async () => {
    const { signal } = new AbortController();
    const text = 'One is here now. Two is here now. Three is here now. Four is here now.';
    const attachments = files.of([{ name: 'a.txt', media_type: 'text/plain', content: text }]);
    expect(await readSentences(aRequest({ attachments }), signal)).toHaveLength(4);
    expect(await readSentences(aRequest({ description: text }), signal)).toHaveLength(4);
    await expect(readSentences(aRequest(), signal)).rejects.toThrow('I need the text itself');
  });

  test('is written as a paragraph or as points', () => {
    expect(written(['A.', 'B.'], 'paragraph')).toBe('A. B.\n');
    expect(written(['A.', 'B.'], 'bullets')).toBe('- A.\n- B.\n');
  });
});
