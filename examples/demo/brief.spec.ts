import { describe, expect, test } from 'vitest';
import { briefFrom, missingFields, objectFrom } from './brief.ts';

describe('a brief', () => {
  test('has its title in the first line and its description below', () => {
    expect(briefFrom('# A logo\r\n\r\nFor a bakery.\r\nIn two colours.\r\n', 'b.md')).toEqual({
      front: {},
      title: 'A logo',
      description: 'For a bakery. In two colours.',
    });
  });

  test('keeps its paragraphs and lists, and joins lines that an editor broke', () => {
    const { description } = briefFrom(
      'Title\nOne sentence\nthat goes on.\n\nWe want\n- this\n- that\n1. first',
      'b.md',
    );
    expect(description).toBe('One sentence that goes on.\n\nWe want\n- this\n- that\n1. first');
  });

  test('may begin with JSON that says the rest', () => {
    const text =
      '---\n{ "task_type": "summary", "budget": 40, "requirements": { "format": "bullets" } }\n---\nTitle\nWords.';
    expect(briefFrom(text, 'b.md')).toEqual({
      front: { task_type: 'summary', budget: 40, requirements: { format: 'bullets' } },
      title: 'Title',
      description: 'Words.',
    });
  });

  test.each([
    ['', 'b.md has no text: its first line is the title, the rest the description.'],
    ['Only a title', 'b.md has a title and no description: write what you want below the first line.'],
    ['---\n{}\nTitle\nWords.', 'b.md begins with "---", and no second "---" ends its JSON.'],
    ['---\n[]\n---\nTitle\nWords.', 'the head of b.md must be a JSON object.'],
    ['---\n{"budget": "40"}\n---\nTitle\nWords.', '"budget" in the head of b.md must be a whole number above 0.'],
    ['---\n{"attach": "a.csv"}\n---\nTitle\nWords.', '"attach" in the head of b.md must be a list of file names.'],
  ])('that does not fit is refused in one sentence: %j', (text, sentence) => {
    expect(() => briefFrom(text, 'b.md')).toThrow(sentence);
  });

  test('names a field of its head that it does not know', () => {
    expect(() => briefFrom('---\n{"bugdet": 40}\n---\nTitle\nWords.', 'b.md')).toThrow(
      '"bugdet" in the head of b.md is unknown',
    );
  });
});

describe('requirements', () => {
  test('are a JSON object', () => {
    expect(objectFrom('{"a": 1}', 'r.json')).toEqual({ a: 1 });
    expect(() => objectFrom('{', 'r.json')).toThrow('r.json is no JSON');
    expect(() => objectFrom('3', 'r.json')).toThrow('r.json must be a JSON object.');
  });

  const fields = [
    { key: 'max_words', label: 'Words', type: 'integer', required: true, help: 'At most so many.', example: 120 },
    {
      key: 'format',
      label: 'Form',
      type: 'choice',
      required: true,
      options: ['list', 'text'],
      help: 'How.',
      example: 'list',
    },
    { key: 'reader', label: 'Reader', type: 'text', required: false, help: 'Who.', example: 'A friend' },
  ];

  test('that are all given are nothing to speak of', () => {
    expect(missingFields('summary', fields, { max_words: 5, format: 'list' })).toBeNull();
  });

  test('that are missing or blank are named, with what they mean and what to write', () => {
    expect(missingFields('summary', fields, { format: ' ' })).toBe(
      [
        'The task type "summary" needs more than the brief says:',
        '  max_words (integer): At most so many. For example 120',
        '  format ("list" or "text"): How. For example "list"',
        'Write them into a file, such as {"max_words":120,"format":"list"}, and add --requirements FILE.json.',
      ].join('\n'),
    );
  });
});
