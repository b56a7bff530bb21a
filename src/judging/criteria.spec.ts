import { describe, expect, test } from 'vitest';
import { anInput } from '../../test/support/answers.js';
import type { TaskType } from '../registry/rubric.schema.js';
import { taskType } from '../registry/taxonomy.js';
import { criteriaOf, describeRule } from './criteria.js';

function aTaskType(over: Partial<TaskType> = {}): TaskType {
  const type = taskType('summary');
  if (!type) throw new Error('There is no task type summary.');
  return { ...type, ...over };
}

const asked = (type: TaskType, requirements: Record<string, unknown>, description = 'A text.') =>
  criteriaOf(
    anInput(type, [], { brief: { title: 'T', description, category: 'any', requirements }, qualityRules: [] }),
  );

describe('what is asked of an answer', () => {
  test("comes from the rubric, with the task's own values in its rules", () => {
    const words = asked(aTaskType(), { max_words: 100 }).find(({ key }) => key === 'length_fits');
    expect(words).toMatchObject({ source: 'rubric', dimension: 'brevity', rule: { kind: 'words', min: 50, max: 100 } });
  });

  test('is worked out once for one brief, and anew for other rules of it', () => {
    const brief = { title: 'T', description: 'A text.', category: 'any', requirements: {} };
    const input = anInput(aTaskType(), [], { brief, qualityRules: [] });
    const first = criteriaOf(input);
    expect(criteriaOf({ ...input })).toBe(first);
    const ruled = criteriaOf({ ...input, qualityRules: [{ kind: 'words', max: 50 }] });
    expect(ruled.filter(({ source }) => source === 'rule')).toHaveLength(
      first.filter(({ source }) => source === 'rule').length + 1,
    );
    expect(criteriaOf({ ...input, taskType: aTaskType({ quality_rules: [] }) })).not.toBe(first);
  });

  test('leaves out criteria whose requirement is not given or is another', () => {
    expect(asked(aTaskType(), {}).map(({ key }) => key)).not.toContain('length_fits');
    expect(asked(aTaskType(), { format: 'bullets' }).map(({ key }) => key)).toContain('is_bulleted');
    expect(asked(aTaskType(), { format: 'bullets' }).map(({ key }) => key)).not.toContain('is_one_paragraph');
  });

  test('keeps a criterion whose requirement makes no valid rule, and says why nobody can judge it', () => {
    const broken = asked(aTaskType(), { max_words: 'many' }).find(({ key }) => key === 'length_fits');
    expect(broken?.rule).toMatchObject({ missing: expect.stringContaining('make no rule') });
  });

  test('comes from the quality rules of the type and of the buyer', () => {
    const input = anInput(aTaskType({ quality_rules: [{ kind: 'no_commas' }] }), [], {
      qualityRules: [{ kind: 'quoted' }],
    });
    const rules = criteriaOf(input).filter(({ source }) => source === 'rule');
    expect(rules.map(({ key, weight }) => [key, weight])).toEqual([
      ['rule_1_no_commas', 10],
      ['rule_2_quoted', 10],
    ]);
  });

  test('comes from what the brief states, unless a rule of that kind is there already', () => {
    const stated = (requirements: Record<string, unknown>) =>
      asked(aTaskType(), requirements, 'At least 40 words in exactly two paragraphs.').filter(
        ({ source }) => source === 'brief',
      );
    expect(stated({}).map(({ key }) => key)).toEqual(['brief_words', 'brief_paragraphs']);
    expect(stated({ max_words: 80 }).map(({ key }) => key)).toEqual(['brief_paragraphs']);
  });
});

test('a rule is described in one line', () => {
  expect(describeRule({ kind: 'words', min: 3, max: 5 })).toBe('words: min 3, max 5');
  expect(describeRule({ kind: 'no_commas' })).toBe('no_commas');
});
