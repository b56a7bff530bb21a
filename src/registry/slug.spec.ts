import { expect, test } from 'vitest';
import { freeSlug, slugOf } from './slug.js';

test.each([
  ['CSV Cleaner', 'csv-cleaner'],
  ["Ünal's  Tables & Charts!", 'unals-tables-charts'],
  ['3D Logos', 'd-logos'],
  ['清洁工', ''],
  ['--- a ---', 'a'],
  [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
])('%j becomes %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('a free slug is the first number that nobody has, and never too long', () => {
  expect(freeSlug('csv', new Set(['csv']))).toBe('csv-2');
  expect(freeSlug('csv', new Set(['csv', 'csv-2', 'csv-3']))).toBe('csv-4');
  expect(freeSlug('x'.repeat(60), new Set())).toBe(`${'x'.repeat(58)}-2`);
});
