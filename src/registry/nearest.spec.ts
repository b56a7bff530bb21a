import { expect, test } from 'vitest';
import { nearest } from './nearest.js';

const KNOWN = ['csv-cleaning', 'data-analysis', 'logo-design', 'blog-post', 'sql'];

test.each([
  ['csv-cleanning', 'csv-cleaning'],
  ['cvs-cleaning', 'csv-cleaning'],
  ['CSV-Cleaning', 'csv-cleaning'],
  ['csv_cleaning', 'csv-cleaning'],
  ['logo', 'logo-design'],
  ['blogpost', 'blog-post'],
])('%j means %j', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test.each(['poetry', '', 'x'.repeat(5_000)])('%.10j means nothing known', (word) => {
  expect(nearest(word, KNOWN)).toBeNull();
});

test('nothing is near when nothing is known', () => {
  expect(nearest('csv', [])).toBeNull();
});
