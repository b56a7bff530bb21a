import { describe, expect, test } from 'vitest';
import { similarity, textRank } from './graph.ts';
import { holds, sentencesOf, termsOf, wordsOf } from './prose.ts';

describe('prose', () => {
  test('is cut into sentences, and headings, rules and lines without an end are none', () => {
    const text =
      '# Report\n\nDr. Moe measured the bridge, e.g. its bearings. It moves by 3.5 mm!\n\n---\n\n- The ferry is small.\n\nA title without an end';
    expect(sentencesOf(text).map((one) => one.text)).toEqual([
      'Dr. Moe measured the bridge, e.g. its bearings.',
      'It moves by 3.5 mm!',
      'The ferry is small.',
    ]);
    expect(
      sentencesOf('One line that\nis broken.\n\nAnother paragraph here.').map(({ paragraph }) => paragraph),
    ).toEqual([0, 1]);
  });

  test('has words as they are counted, and terms as they are compared', () => {
    expect(wordsOf("It's 6.4 million, state-of-the-art")).toEqual(["It's", '6.4', 'million', 'state-of-the-art']);
    expect(termsOf('The bridges were closed')).toEqual(termsOf('a bridge closes'));
  });

  test('holds a term as whole words only', () => {
    expect(holds('The Ferry, at 6.4 million.', 'ferry')).toBe(true);
    expect(holds('It was transferred.', 'ferr')).toBe(false);
    expect(holds('anything', '')).toBe(false);
  });

  test('ten thousand letters without a stop are no trouble', () => {
    expect(sentencesOf('a'.repeat(200_000))).toEqual([]);
  });

  test('ranks the sentence that is like the others above the one that is not', () => {
    const terms = ['bridge bearing repair', 'bridge repair cost', 'bridge bearing cost', 'cake'].map((text) =>
      text.split(' '),
    );
    const ranks = textRank(terms, []);
    expect(Math.min(...ranks)).toBe(ranks[3]);
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(1);
    expect(textRank(terms, ['cake'])[3]).toBeGreaterThan(ranks[3] ?? 1);
    expect(similarity(new Set(), new Set(['a']))).toBe(0);
  });
});
