import { describe, expect, test } from 'vitest';
import type { Sent } from './kind.ts';
import { pairOf } from './pairing.ts';

const file = (name: string, media_type: string): Sent => ({ type: 'file', name, media_type, size: 1, url: '/files/1' });
const names = (pair: [Sent, Sent] | null) => pair?.map(({ name }) => name);

describe('what is compared with what', () => {
  const csv = file('rows.csv', 'text/csv');
  const notes = file('notes.md', 'text/markdown');

  test('are files of the same name, wherever they stand', () => {
    expect(names(pairOf([csv, notes], [notes, csv]))).toEqual(['rows.csv', 'rows.csv']);
  });

  test('are else files of the same kind, and else the first texts', () => {
    expect(names(pairOf([csv, notes], [file('final.md', 'text/markdown')]))).toEqual(['notes.md', 'final.md']);
    expect(names(pairOf([csv], [notes]))).toEqual(['rows.csv', 'notes.md']);
  });

  test('is nothing where one side has no text', () => {
    expect(pairOf([file('a.png', 'image/png')], [notes])).toBeNull();
    expect(pairOf([], [])).toBeNull();
  });
});
