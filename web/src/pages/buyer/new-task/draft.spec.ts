import { describe, expect, test } from 'vitest';
import { BLANK, type Draft, draftFrom, type Field, fieldOf, isWorthKeeping, postOf, shapeProblems } from './draft.ts';

const field = (key: string, type: Field['type'], required = false): Field =>
  ({ key, label: key, type, required, help: 'Help.', example: 'x' }) as Field;
const FIELDS = [field('max_words', 'integer', true), field('schema', 'object'), field('tone', 'text')];
const full: Draft = {
  ...BLANK,
  title: 'A summary',
  description: 'Of the yearly report, for the board.',
  category: 'writing',
  task_type: 'summary',
  requirements: { max_words: 120, schema: '{"type":"object"}', tone: '  ', of_another_type: 'x' },
  attachments: [{ id: '0190f7a4-0000-7000-8000-000000000000', name: 'report.txt', size: 3 }],
  budget: 200,
};

describe('what is sent for a draft', () => {
  test('has the fields of its task type, and nothing that is blank', () => {
    const post = postOf(full, FIELDS);
    expect(post.requirements).toEqual({ max_words: 120, schema: { type: 'object' } });
    expect(post.attachments).toEqual([full.attachments[0]?.id]);
    for (const name of ['judge', 'tests', 'experimentation', 'max_revisions']) expect(post).not.toHaveProperty(name);
    expect(shapeProblems(post)).toEqual({});
  });

  test('keeps a dial at 0, which is a wish', () => {
    expect(postOf({ ...full, experimentation: 0 }, FIELDS)).toHaveProperty('experimentation', 0);
  });

  test('names by its field what the server would refuse', () => {
    const found = shapeProblems(postOf({ ...BLANK, tests: '{', rules: [{ kind: 'includes', terms: [] }] }, []));
    expect(Object.keys(found).sort()).toEqual(
      ['budget', 'category', 'description', 'rules', 'task_type', 'tests', 'title'].sort(),
    );
  });
});

describe('a kept draft', () => {
  test('comes back as it was, and not at all where another version of the page wrote it', () => {
    expect(draftFrom(JSON.parse(JSON.stringify(full)))).toEqual(full);
    for (const other of [null, 7, {}, { ...full, budget: 'much' }, { ...full, rules: [3] }])
      expect(draftFrom(other), JSON.stringify(other)).toBeNull();
  });

  test('is kept once there is something in it that would be missed', () => {
    expect(isWorthKeeping(BLANK)).toBe(false);
    expect(isWorthKeeping({ ...BLANK, task_type: 'summary', budget: 5 })).toBe(false);
    expect(isWorthKeeping({ ...BLANK, title: 'A' })).toBe(true);
  });
});

test('the server’s names of fields lead to inputs of the form', () => {
  expect(
    ['requirements.schema.type', 'attachments.0', 'quality_rules.rules.1.min', 'title'].map((name) =>
      fieldOf(name.split('.')),
    ),
  ).toEqual(['requirements.schema', 'attachments', 'rules', 'title']);
});
