import { describe, expect, test } from 'vitest';
import { labelled, world } from '../../../bench/quality/juries.js';
import { BadRecording, RecordedLine, type Recording, readRecording } from './recorded.js';

const read = (...lines: object[]): Recording => readRecording(lines.map((line) => RecordedLine.parse(line)));
/** One judge's votes in both orders, and what was made of them. */
const lean = (vote: unknown, more: object = {}) =>
  read({ item: 1, judge: 'j', order: 'ab', vote, ...more }).questions[0]?.leans[0];

describe('a vote', () => {
  test.each([
    ['a', 1],
    ['A', 1],
    ['[[A]]', 1],
    ['model_a', 1],
    ['Answer B', -1],
    ['B>>A', -1],
    [1, 1],
    [2, -1],
    [0, -1],
    [true, 1],
    ['no', -1],
    ['tie', 0],
    ['tie (both bad)', 0],
    [0.5, 0],
  ])('%j is read as %d', (vote, expected) => {
    expect(lean(vote)).toBe(expected);
  });

  test('may name its answer where the line says what a and b are called', () => {
    expect(lean('gpt-x', { a: 'claude-y', b: 'gpt-x' })).toBe(-1);
  });

  test('whose word says nothing is left out and counted', () => {
    for (const word of ['error', '', null, '__proto__', 'constructor'])
      expect(read({ item: 1, judge: 'j', order: 'ab', vote: word })).toMatchObject({
        questions: [{ leans: [0] }],
        unread: new Map([[`${word}`, 1]]),
      });
  });

  test('names the answer whatever the order; first and second name the place', () => {
    const both = (ab: string, ba: string) =>
      read({ item: 1, judge: 'j', order: 'ab', vote: ab }, { item: 1, judge: 'j', order: 'ba', vote: ba }).questions[0];
    expect(both('a', 'a')?.leans).toEqual([1]);
    expect(both('a', 'b')?.leans).toEqual([0]);
    expect(both('first', 'second')?.leans).toEqual([1]);
    expect(both('first', 'first')?.leans).toEqual([0]);
  });
});

describe('a label', () => {
  const vote = { item: 'x', judge: 'j', order: 'ab', vote: 'a' };

  test.each([
    ['in the line of a vote', [{ ...vote, label: 'b' }]],
    ['in a line of its own', [vote, { item: 'x', label: 'b' }]],
    ['as the vote of whoever knows', [vote, { item: 'x', judge: 'gold', vote: 'b' }]],
    ['as the vote of nobody', [vote, { item: 'x', vote: 'b' }]],
  ])('may stand %s', (_, lines) => {
    expect(read(...lines).questions).toEqual([{ item: 'x', kind: '', leans: [1], label: -1 }]);
  });

  test('that is a tie, empty or null teaches nothing', () => {
    for (const label of ['tie', '', null]) expect(read({ ...vote, label }).questions[0]?.label).toBeNull();
  });

  test('that contradicts another, or says nothing, is refused with its line', () => {
    expect(() => read({ ...vote, label: 'a' }, { ...vote, order: 'ba', label: 'b' })).toThrow(BadRecording);
    expect(() => read(vote, { item: 'x', label: 'perhaps' })).toThrow('Line 2: "perhaps" is no label');
  });
});

test.each(['ab', 'AB', 'a,b', 'A first', 'original', 0, ['a', 'b'], false])('%j is the order ab', (order) => {
  const naming = readRecording([RecordedLine.parse({ item: 1, judge: 'j', order, vote: 'a' })], 'places');
  expect(naming.questions[0]?.leans).toEqual([1]);
});

test.each(['ba', 'B/A', 'swapped', 1, ['b', 'a'], true])('%j is the order ba', (order) => {
  const naming = readRecording([RecordedLine.parse({ item: 1, judge: 'j', order, vote: 'a' })], 'places');
  expect(naming.questions[0]?.leans).toEqual([-1]);
});

test('an order that is none, and a file without votes, are refused', () => {
  expect(() => lean('a', { order: 'sideways' })).toThrow('is no order');
  expect(() => read({ item: 1, label: 'a' })).toThrow('no vote of any judge');
});

test('votes that name places are noticed by their labels, and votes that name answers are left alone', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const made = world('one good judge, nine that dress sways', 200, seed);
    const known = labelled(made, 20, seed);
    const lines = made.votes.map((vote) =>
      RecordedLine.parse({ ...vote, label: known.has(vote.item) ? made.truth.get(vote.item) : null }),
    );
    const flipped = { a: 'b', b: 'a' } as const;
    const places = lines.map((line) =>
      line.order === 'ba' ? { ...line, vote: flipped[line.vote as keyof typeof flipped] } : line,
    );
    expect(readRecording(lines).naming).toBe('answers');
    expect(readRecording(places).naming).toBe('places');
    expect(readRecording(places).questions).toEqual(readRecording(lines).questions);
  }
});
