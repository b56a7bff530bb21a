import { describe, expect, test } from 'vitest';
import { processorMs } from '../../test/support/processor.js';
import { sentences } from './sentences.js';
import {
  characters,
  jaccard,
  jaccardAbove,
  occurrences,
  paragraphs,
  quote,
  shingles,
  trimEndOf,
  words,
} from './text.js';

describe('words', () => {
  test('contractions, hyphens, numbers and addresses are one word each', () => {
    expect(words("don't e-mail 3.5 example.com, now")).toEqual(["don't", 'e-mail', '3.5', 'example.com', 'now']);
  });

  test('scripts without spaces are cut by dictionary', () => {
    expect(words('今日は').length).toBe(2);
    expect(words('สวัสดีครับ').length).toBeGreaterThan(1);
  });
});

describe('sentences', () => {
  test('abbreviations and initials do not end one', () => {
    expect(sentences('Dr. J. Smith paid 3.50 e.g. today. Then he left!')).toEqual([
      'Dr. J. Smith paid 3.50 e.g. today.',
      'Then he left!',
    ]);
  });

  test('line breaks inside a paragraph are spaces', () => {
    expect(sentences('One\nsentence.\nTwo.')).toEqual(['One sentence.', 'Two.']);
  });
});

test('paragraphs are parted by blank lines or by a separator', () => {
  expect(paragraphs('a\n\n \n\nb\nc')).toEqual(['a', 'b\nc']);
  expect(paragraphs('a***b', '***')).toEqual(['a', 'b']);
});

test('characters are what a person counts', () => {
  expect(characters('e\u0301')).toBe(1);
});

test('terms occur as whole words, without regard to case, width and the kind of apostrophe', () => {
  expect(occurrences('Lamp, lamps, LAMP', 'lamp')).toBe(2);
  expect(occurrences('It’s here', "it's")).toBe(1);
  expect(occurrences('C++ and c++', 'C++')).toBe(2);
  expect(occurrences('東京都', '東京')).toBe(1);
});

test('two texts are alike by the runs of words that they share', () => {
  const a = shingles(words('one two three four five six'), 5);
  expect(jaccard(a, shingles(words('one two three four five seven'), 5))).toBeCloseTo(1 / 3);
  expect(jaccard(a, new Set())).toBe(0);
});

test('a quotation is short, printable and ends in no half character', () => {
  expect(quote('a\u0000\n b')).toBe('"a b"');
  expect(quote('x'.repeat(100), 10)).toBe(`"${'x'.repeat(9)}…"`);
});

test('long runs of spaces take no time', async () => {
  const run = ' '.repeat(200_000);
  const work = () => {
    sentences(`a${run}b${run}`);
    trimEndOf(`${run}x`, ' ');
    paragraphs(`a\n${run}\nb${run}`);
  };
  expect(await processorMs(work)).toBeLessThan(1_000);
});

test('likeness above a limit is the likeness, and nothing below it', () => {
  const upTo = (end: number, from = 0) => new Set(Array.from({ length: end - from }, (_, i) => `${from + i}`));
  for (const [a, b] of [
    [upTo(10), upTo(10)],
    [upTo(10), upTo(9)],
    [upTo(9), upTo(10)],
    [upTo(10), upTo(8)],
    [upTo(100), upTo(111, 11)],
    [upTo(100), upTo(110, 10)],
    [upTo(3), upTo(100)],
    [upTo(100), upTo(3)],
    [upTo(0), upTo(0)],
  ] as const) {
    const likeness = jaccard(a, b);
    for (const limit of [0.2, 0.8, 0.9]) expect(jaccardAbove(limit, a, b)).toBe(likeness > limit ? likeness : 0);
  }
});
