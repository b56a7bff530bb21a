import { describe, expect, test } from 'vitest';
import { applies, type Criterion, resolveCheck, resolveTemplate, TaskType } from './rubric.schema.js';
import { taskType } from './taxonomy.js';

const words = { kind: 'words' as const, min: { $field: 'words', times: 0.9 }, max: { $field: 'words', times: 1.1 } };

describe('a template', () => {
  test('takes its arguments from the requirements, multiplied and rounded', () => {
    expect(resolveCheck(words, { words: 305 })).toEqual({ kind: 'words', min: 275, max: 336 });
  });

  test('does not apply where its field is not given: blank texts and empty lists are not given', () => {
    const includes = { kind: 'includes' as const, terms: { $field: 'terms' } };
    for (const requirements of [{}, { terms: [] }, { terms: null }, { terms: ' ' }]) {
      expect(resolveTemplate(includes, requirements)).toEqual({ kind: 'absent', field: 'terms' });
      expect(resolveCheck(includes, requirements)).toBeNull();
    }
  });

  test('falls back to a default, and leaves out what is optional', () => {
    const rule = {
      kind: 'words' as const,
      min: { $field: 'least', optional: true },
      max: { $field: 'most', default: 120 },
    };
    expect(resolveCheck(rule, {})).toEqual({ kind: 'words', max: 120 });
    expect(resolveCheck(rule, { least: 5, most: 9 })).toEqual({ kind: 'words', min: 5, max: 9 });
  });

  test('splices lists into lists and leaves optional items out', () => {
    const rule = {
      kind: 'includes' as const,
      terms: ['from', { $field: 'tables' }, { $field: 'extra', optional: true }],
    };
    expect(resolveCheck(rule, { tables: ['orders', 'cities'] })).toEqual({
      kind: 'includes',
      terms: ['from', 'orders', 'cities'],
    });
  });

  test('exchanges a choice by its map; a choice that the map has not is not given', () => {
    const rule = { kind: 'svg_size' as const, ratio: { $field: 'format', map: { square: 1, wide: 3 } } };
    expect(resolveCheck(rule, { format: 'wide' })).toEqual({ kind: 'svg_size', ratio: 3 });
    expect(resolveTemplate(rule, { format: 'toString' })).toEqual({ kind: 'absent', field: 'format' });
  });

  test('that makes no valid rule says why, and never throws', () => {
    expect(resolveTemplate(words, { words: 'many' })).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('min'),
    });
    expect(resolveCheck(words, { words: 'many' })).toBeNull();
    expect(resolveCheck(words, { constructor: 1 })).toBeNull();
  });
});

test('a criterion with a condition is asked only where the requirement has one of its values', () => {
  const criterion: Criterion = {
    key: 'k',
    question: 'Is it bulleted?',
    weight: 1,
    check: null,
    when: { field: 'format', is: ['bullets'] },
  };
  expect(applies(criterion, { format: 'bullets' })).toBe(true);
  expect(applies(criterion, { format: 'table' })).toBe(false);
  expect(applies(criterion, {})).toBe(false);
});

describe('a task type', () => {
  const { category: _, ...summary } = taskType('summary') ?? { category: '' };
  const problems = (change: object) =>
    TaskType.safeParse({ ...summary, ...change }).error?.issues.map(({ message }) => message) ?? [];
  const rubric = (...weights: number[]) => ({
    version: 1,
    dimensions: weights.map((weight, at) => ({
      key: `d${at}`,
      name: 'D',
      weight,
      criteria: [{ key: `c${at}`, question: 'Is it so?', check: null }],
    })),
  });
  const withCheck = (check: object) => ({
    rubric: {
      version: 1,
      dimensions: [
        { key: 'a', name: 'A', weight: 0.5, criteria: [{ key: 'x', question: 'Is it so?', check }] },
        ...rubric(0.5).dimensions,
      ],
    },
  });

  test('of the taxonomy is valid', () => {
    expect(problems({})).toEqual([]);
  });

  test('has dimensions whose weights sum to 1', () => {
    expect(problems({ rubric: rubric(0.5, 0.4) })).toEqual(['Weights must sum to 1.']);
  });

  test('has templates that name its own fields and work with its own examples', () => {
    expect(problems(withCheck({ kind: 'words', max: { $field: 'nowhere' } }))).toEqual([
      'x: the type has no requirement nowhere.',
    ]);
    expect(problems(withCheck({ kind: 'words', max: { $field: 'reader' } }))).toEqual([
      expect.stringContaining('expected number'),
    ]);
  });
});
