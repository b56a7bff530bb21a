import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.js';
import { askedSums, equations, worth } from './arithmetic.js';
import { requestOf } from './request.js';
import { conversions } from './units.js';

describe('a bare prompt', () => {
  test.each([
    [
      'Rewrite this in the passive voice: The dog chased the ball.',
      { kind: 'rewrite', given: 'The dog chased the ball.' },
    ],
    ['Translate into German: Where is the station?', { kind: 'translate', given: 'Where is the station?' }],
    ['Is a tomato a fruit? Answer yes or no.', { options: ['yes', 'no'] }],
    [
      'Classify the tone as friendly, neutral or hostile.',
      { kind: 'choose', options: ['friendly', 'neutral', 'hostile'] },
    ],
    ['Write a Python function that sorts a list.', { kind: 'code' }],
    ['Write an email to my boss about the broken printer.', { kind: 'make', form: 'letter' }],
    ['Write a haiku about snow.', { form: 'haiku' }],
    ['Give me five names for a boat.', { count: 5 }],
    ['Write a story of 300 words in three paragraphs.', { count: null }],
    ['Name a city. Answer with only the name.', { only: true }],
    ['Describe a storm and do not mention rain.', { unwanted: ['rain'] }],
    ['Give me a synonym for happy that starts with the letter c.', { form: null }],
  ])('%s', (prompt, read) => {
    expect(requestOf(prompt)).toMatchObject(read);
  });
});

describe('sums', () => {
  test.each([
    ['17 * 24', 408],
    ['(15+9)/4', 6],
    ['2 ^ 3 ^ 2', 512],
    ['1,000 + 1', 1_001],
    ['10-3-2', undefined],
    ['2026-11-22', undefined],
    ['3 ÷ 0', undefined],
  ])('%s is %s', (text, value) => {
    expect(worth(text)).toBe(value);
  });

  test('are found in a prompt, and held against what an answer states', () => {
    expect(askedSums('What is 17 * 24?')).toEqual([408]);
    expect(askedSums('The trial ran from 3-5 May 2024.')).toEqual([]);
    expect(equations('First 2 + 2 = 4, then 3 * 3 = 10.')).toEqual({ right: 1, wrong: 1, example: '3 * 3 = 10' });
  });

  test('of units too', () => {
    expect(conversions('Convert 5 kilometres to metres.')).toEqual([5_000]);
    expect(conversions('How many seconds are there in 3 hours?')).toEqual([10_800]);
    expect(conversions('Convert 5 apples to pears.')).toEqual([]);
  });
});

test('a prompt of any make is read in time that grows with it', async () => {
  const pieces = [
    ...['as a, b or ', '1-1', '1 + ', '(1 + ', 'is it a ', '"a'],
    ...['list 5 ', 'a: b\n', 'do not use ', 'A) b ', 'convert 5 km '],
  ];
  const work = () => {
    for (const piece of pieces) requestOf(piece.repeat(50_000 / piece.length));
  };
  expect(await processorMs(work)).toBeLessThan(10_000);
});
