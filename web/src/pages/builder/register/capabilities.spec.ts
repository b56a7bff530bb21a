import { describe, expect, test } from 'vitest';
import { keyOf, withKeys } from './capabilities.ts';

const types = [
  { slug: 'csv-cleaning', name: 'CSV cleaning' },
  { slug: 'csv-to-json', name: 'CSV to JSON' },
];
const categories = [{ slug: 'data', name: 'Data', about: 'Tables.', task_types: types }];

describe('picking capabilities', () => {
  test('keeps what is a speciality while others come and go', () => {
    const before = [{ category: 'data', task_type: 'csv-cleaning', specialist: true }];
    expect(withKeys(before, ['data/csv-cleaning', 'data/*'], categories)).toEqual([
      { category: 'data', task_type: 'csv-cleaning', specialist: true },
      { category: 'data', task_type: null, specialist: false },
    ]);
    expect(withKeys(before, ['data/csv-to-json', 'data/nothing'], categories).map(keyOf)).toEqual(['data/csv-to-json']);
  });
});
