import { expect, test } from 'vitest';
import type { RequirementField, TaskType } from '../registry/rubric.schema.js';
import { taskType } from '../registry/taxonomy.js';
import { fieldRules } from './stated-fields.js';

const field = (key: string, value: unknown, over: Partial<RequirementField> = {}): RequirementField => ({
  ...{ key, label: key.replaceAll('_', ' '), required: false, help: 'As you like it.', example: value },
  type:
    typeof value === 'number'
      ? 'integer'
      : Array.isArray(value)
        ? 'list'
        : typeof value === 'boolean'
          ? 'boolean'
          : 'text',
  ...over,
});

function stated(key: string, value: unknown, over: Partial<RequirementField> = {}) {
  const type = taskType('slogan');
  if (!type) throw new Error('There is no task type slogan.');
  const rules = fieldRules({ ...type, requirements: [field(key, value, over)] } as TaskType, { [key]: value });
  return rules.map(({ rule }) => rule);
}

test.each([
  ['word_count', 300, [{ kind: 'words', min: 240, max: 360 }]],
  ['words', 300, [{ kind: 'words', min: 240, max: 360 }]],
  ['max_words', 300, [{ kind: 'words', max: 300 }]],
  ['word_limit', 300, [{ kind: 'words', max: 300 }]],
  ['min_words', 300, [{ kind: 'words', min: 300 }]],
  ['word_count', '300-500', [{ kind: 'words', min: 300, max: 500 }]],
  ['word_count', 'at least 300', [{ kind: 'words', min: 300 }]],
  ['length', 'about 300 words', [{ kind: 'words', min: 240, max: 360 }]],
  ['length', 'short', []],
  ['length_words', 300, [{ kind: 'words', min: 240, max: 360 }]],
  ['sentences', 3, [{ kind: 'sentences', min: 3, max: 3 }]],
  ['max_bullet_points', 5, [{ kind: 'bullets', max: 5 }]],
  ['number_of_paragraphs', 4, [{ kind: 'paragraphs', min: 4, max: 4 }]],
  ['max_characters', 160, [{ kind: 'characters', max: 160 }]],
  ['line_width', 72, [{ kind: 'line_length', max: 72 }]],
  ['language', 'German', [{ kind: 'language', language: 'de' }]],
  ['output_language', 'fr', [{ kind: 'language', language: 'fr' }]],
  ['source_language', 'German', []],
  ['language', 'plain and friendly', []],
  ['sections', ['Summary', 'Risks'], [{ kind: 'sections', titles: ['Summary', 'Risks'] }]],
  ['keywords', ['rope', 'knot'], [{ kind: 'includes', terms: ['rope', 'knot'] }]],
  ['forbidden_words', ['cheap'], [{ kind: 'excludes', terms: ['cheap'] }]],
  ['links', ['https://a.example/x'], [{ kind: 'includes', terms: ['https://a.example/x'] }]],
  ['closing_line', 'Yours, Ada', [{ kind: 'ends_with', phrase: 'Yours, Ada' }]],
  ['format', 'bullets', [{ kind: 'bullets', min: 2 }]],
  ['no_commas', true, [{ kind: 'no_commas' }]],
  ['tone', 'warm', []],
  ['audience', 'sailors', []],
  ['words', -1, []],
  ['words', null, []],
])('%s: %j states %j', (key, value, rules) => {
  expect(stated(key, value)).toEqual(rules);
});

test('what a field says of each part is left alone', () => {
  expect(stated('max_words', 12, { help: 'In each bullet.' })).toEqual([]);
  expect(stated('max_words', 12, { label: 'Words per heading' })).toEqual([]);
});

test('a field that the rubric asks about makes no second rule', () => {
  const type = taskType('summary');
  if (!type) throw new Error('There is no task type summary.');
  expect(fieldRules(type, { max_words: 100, format: 'bullets' })).toEqual([]);
});
