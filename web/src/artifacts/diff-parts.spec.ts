import { describe, expect, test } from 'vitest';
import { folded, MOST_COMPARED, partsOf } from './diff-parts.ts';

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`).join('');

describe('how one text becomes another', () => {
  test('is told by lines and by words', () => {
    expect(partsOf('a\nb\n', 'a\nc\n', 'lines')).toEqual([
      { kind: 'same', text: 'a\n' },
      { kind: 'removed', text: 'b\n' },
      { kind: 'added', text: 'c\n' },
    ]);
    expect(partsOf('the old pier', 'the new pier', 'words')?.map(({ kind }) => kind)).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ]);
  });

  test('is not told of what is too long', () => {
    expect(partsOf('a', 'b'.repeat(MOST_COMPARED + 1), 'words')).toBeNull();
  });
});

describe('what did not change', () => {
  test('is folded away but for the lines next to a change', () => {
    const shown = folded(partsOf(`${lines(1, 20)}old\n`, `${lines(1, 20)}new\n`, 'lines') ?? []);
    expect(shown[0]).toEqual({ kind: 'folded', text: lines(1, 17) });
    expect(shown[1]).toEqual({ kind: 'same', text: lines(18, 20) });
    expect(shown.map(({ text }) => text).join('')).toBe(`${lines(1, 20)}old\nnew\n`);
  });

  test('stays where it is short, and where nothing changed', () => {
    expect(folded(partsOf(`${lines(1, 5)}old\n`, `${lines(1, 5)}new\n`, 'lines') ?? [])[0]?.kind).toBe('same');
    expect(folded(partsOf(lines(1, 50), lines(1, 50), 'lines') ?? [])).toHaveLength(1);
  });
});
