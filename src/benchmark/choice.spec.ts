import { describe, expect, test } from 'vitest';
import { type Capability, chosenTypes, type KnownType, MAX_CASES, provenCapabilities } from './choice.js';

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
const slugs = (...capabilities: Capability[]) => chosenTypes(capabilities, typesOf).map(({ slug }) => slug);

describe('a run tests', () => {
  test('each task type that is declared, once', () => {
    expect(slugs(declared('text', 'y'), declared('data', 'a'), declared('data', 'a'))).toEqual(['a', 'y']);
  });

  test('of a whole category the three types that can be decided best', () => {
    expect(slugs(declared('data'))).toEqual(['b', 'c', 'd']);
    expect(slugs(declared('text'))).toEqual(['x', 'y']);
  });

  test('what is not proven yet first, and something of everything before more of one', () => {
    const capabilities = [declared('data', 'a', new Date(0)), declared('data'), declared('text', 'y')];
    expect(slugs(...capabilities)).toEqual(['b', 'y', 'c', 'd', 'a']);
    expect(slugs(...capabilities.toReversed())).toEqual(['b', 'y', 'c', 'd', 'a']);
  });

  test('no more than a run can hold, and leaves out what is proven', () => {
    const many = typesOf('many').map(({ slug }) => declared('many', slug));
    const chosen = slugs(declared('text', 'x', new Date(0)), ...many);
    expect(chosen).toHaveLength(MAX_CASES);
    expect(chosen).not.toContain('x');
  });

  test('nothing that the taxonomy does not know any more', () => {
    expect(slugs(declared('data', 'gone'), declared('nowhere'))).toEqual([]);
  });
});

test('a pass proves the type itself and its whole category, and nothing that was not tested', () => {
  const [category, b, a, text] = [declared('data'), declared('data', 'b'), declared('data', 'a'), declared('text')];
  expect(provenCapabilities([category, b, a, text], [{ category: 'data', taskType: 'b' }])).toEqual([category, b]);
});
