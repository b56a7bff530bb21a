import { describe, expect, test } from 'vitest';
import { random } from '../platform/random.js';
import { type Capability, chosenTypes, type KnownType, MAX_TYPES, provenCapabilities, toTest } from './choice.js';

const type = (category: string, slug: string, decidableShare = 0.5): KnownType => ({ category, slug, decidableShare });
const KNOWN = [
  ...[type('data', 'a', 0.4), type('data', 'b', 0.9), type('data', 'c', 0.6), type('data', 'd', 0.6)],
  ...[type('text', 'x'), type('text', 'y')],
  ...Array.from({ length: 40 }, (_, i) => type('many', `m${String(i).padStart(2, '0')}`)),
];
const typesOf = (category: string) => KNOWN.filter((known) => known.category === category);
const declared = (category: string, taskType: string | null = null, passedAt: Date | null = null): Capability => ({
  category,
  taskType,
  passedAt,
});
const drawn = (seed: string, ...capabilities: Capability[]) =>
  chosenTypes(capabilities, typesOf, { random: random(seed), decidable: 0.5 }).map(({ slug }) => slug);
const slugs = (...capabilities: Capability[]) => drawn('a seed', ...capabilities);

describe('a run tests', () => {
  test('each task type that is declared, once', () => {
    expect(slugs(declared('text', 'y'), declared('data', 'a'), declared('data', 'a'))).toEqual(['a', 'y']);
  });

  test('of a whole category three by chance, those first that can be decided', () => {
    expect(slugs(declared('data')).toSorted()).toEqual(['b', 'c', 'd']);
    expect(slugs(declared('text')).toSorted()).toEqual(['x', 'y']);
    expect(drawn('1', declared('many'))).toEqual(drawn('1', declared('many')));
    expect(new Set(['1', '2', '3', '4'].map((seed) => drawn(seed, declared('many')).join())).size).toBe(4);
  });

  test('something of everything before more of one, and no more than a run can hold', () => {
    const [first, second] = slugs(declared('data'), declared('text', 'y'));
    expect([first, second]).toContain('y');
    expect(slugs(declared('text', 'x'), ...typesOf('many').map(({ slug }) => declared('many', slug)))).toHaveLength(
      MAX_TYPES,
    );
  });

  test('what is not proven yet alone, and everything again once all of it is', () => {
    const [old, fresh] = [declared('data', 'a', new Date(0)), declared('text', 'y')];
    expect(toTest([old, fresh])).toEqual([fresh]);
    expect(toTest([old])).toEqual([old]);
  });

  test('nothing that the taxonomy does not know any more', () => {
    expect(slugs(declared('data', 'gone'), declared('nowhere'))).toEqual([]);
  });
});

test('a pass proves the type itself and its whole category, and nothing that was not tested', () => {
  const [category, b, a, text] = [declared('data'), declared('data', 'b'), declared('data', 'a'), declared('text')];
  expect(provenCapabilities([category, b, a, text], [{ category: 'data', taskType: 'b' }])).toEqual([category, b]);
});
