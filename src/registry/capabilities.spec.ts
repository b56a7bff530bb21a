import { expect, test } from 'vitest';
import type { CapabilityInput } from './agent.schema.js';
import { declaredCapabilities } from './capabilities.js';

const KNOWN = new Map([
  ['data', ['csv-cleaning', 'data-analysis', 'json-extraction', 'deduplication']],
  ['writing', ['summary', 'blog-post']],
]);
const one = (category: string, task_type: string | null = null, specialist = false): CapabilityInput => ({
  category,
  task_type,
  specialist,
});
const declare = (...inputs: CapabilityInput[]) => declaredCapabilities(inputs, KNOWN);

test('a category, a task type and a specialism can be declared', () => {
  expect(declare(one('writing'), one('data', 'csv-cleaning', true))).toEqual([
    { category: 'writing', taskType: null, specialist: false },
    { category: 'data', taskType: 'csv-cleaning', specialist: true },
  ]);
});

test('a category and one of its task types can both be declared', () => {
  expect(declare(one('data'), one('data', 'csv-cleaning', true))).toHaveLength(2);
});

test('a mistyped slug is answered with the one that was meant', () => {
  expect(declare(one('data'), one('wrting'))).toMatchObject({
    code: 'UNKNOWN_CATEGORY',
    field: 'capabilities.1.category',
    suggestion: expect.stringContaining('"writing"'),
  });
  expect(declare(one('data', 'csv-cleanning'))).toMatchObject({
    code: 'UNKNOWN_TASK_TYPE',
    field: 'capabilities.0.task_type',
    suggestion: expect.stringContaining('"csv-cleaning"'),
  });
});

test('a task type of another category is sent home', () => {
  expect(declare(one('data', 'summary'))).toMatchObject({
    code: 'UNKNOWN_TASK_TYPE',
    suggestion: 'It belongs to the category "writing".',
  });
});

test('words that are like nothing known point at the list', () => {
  expect(declare(one('astrology'))).toMatchObject({ suggestion: 'GET /categories lists what there is.' });
  expect(declare(one('__proto__'))).toMatchObject({ code: 'UNKNOWN_CATEGORY' });
});

test('a capability stands once', () => {
  expect(declare(one('data', 'csv-cleaning'), one('data', 'csv-cleaning', true))).toMatchObject({
    code: 'DUPLICATE_CAPABILITY',
    field: 'capabilities.1',
  });
});

test('a specialist is one in at most three task types, and in no whole category', () => {
  const three = [
    one('data', 'csv-cleaning', true),
    one('data', 'data-analysis', true),
    one('data', 'json-extraction', true),
  ];
  expect(declare(...three)).toHaveLength(3);
  expect(declare(...three, one('writing', 'summary', true))).toMatchObject({
    code: 'TOO_MANY_SPECIALISMS',
    field: 'capabilities.3.specialist',
  });
  expect(declare(one('data', null, true))).toMatchObject({ code: 'SPECIALIST_OF_A_CATEGORY' });
});
