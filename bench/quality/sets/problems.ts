/** Problems as buyers have them, each with tests in one of the shapes that people write. ⟨right¦wrong⟩ is where the bug goes. */
export interface Problem {
  readonly name: string;
  readonly language: 'javascript' | 'typescript' | 'python';
  readonly code: string;
  readonly tests: unknown;
}

export const PROBLEMS: readonly Problem[] = [
  {
    name: 'median',
    language: 'javascript',
    code: `export function median(list) {
  const sorted = [...list].sort(⟨(a, b) => a - b¦⟩);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}`,
    tests: `import assert from 'node:assert/strict';
import { median } from './solution.js';
assert.equal(median([3, 1, 2]), 2);
assert.equal(median([10, 9, 100, 1]), 9.5);
assert.equal(median([7]), 7);`,
  },
  {
    name: 'slugs',
    language: 'javascript',
    code: `function slug(text) {
  return text.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(⟨/^-+|-+$/g¦/^-+/g⟩, '');
}
module.exports = { slug };`,
    tests: [
      { call: 'slug', args: ['Crème Brûlée!'], equals: 'creme-brulee' },
      { call: 'slug', args: ['  A -- B  '], equals: 'a-b' },
    ],
  },
  {
    name: 'chunks',
    language: 'javascript',
    code: `export default function chunk(list, size) {
  if (!(size > 0)) throw new RangeError('size');
  const out = [];
  for (let at = 0; at < list.length; at += size) out.push(list.slice(at, ⟨at + size¦size⟩));
  return out;
}`,
    tests: `import { test, expect } from 'vitest';
import chunk from './solution';
test('cuts', () => { expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]); });
test('refuses', () => { expect(() => chunk([], 0)).toThrow(RangeError); });`,
  },
  {
    name: 'debounced totals',
    language: 'typescript',
    code: `export interface Line { sku: string; count: number; cents: number }
export function total(lines: Line[], discount: number = 0): number {
  const sum = lines.reduce((all, line) => all + line.count * line.cents, 0);
  return Math.round(sum * (1 ⟨-¦+⟩ discount));
}`,
    tests: `import assert from 'node:assert';
import { total, type Line } from './solution';
const lines: Line[] = [{ sku: 'a', count: 2, cents: 150 }, { sku: 'b', count: 1, cents: 99 }];
assert.strictEqual(total(lines), 399);
assert.strictEqual(total(lines, 0.1), 359);
assert.strictEqual(total([]), 0);`,
  },
  {
    name: 'roman numerals',
    language: 'javascript',
    code: `const MARKS = [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], ⟨[4, 'IV'], ¦⟩[1, 'I']];
function roman(n) { let out = ''; for (const [value, mark] of MARKS) while (n >= value) { out += mark; n -= value; } return out; }`,
    tests: {
      function: 'roman',
      cases: [
        { args: [1994], expected: 'MCMXCIV' },
        { args: [3], expected: 'III' },
        { args: [2024], expected: 'MMXXIV' },
      ],
    },
  },
  {
    name: 'least recently used',
    language: 'javascript',
    code: `export class Cache {
  constructor(limit) { this.limit = limit; this.map = new Map(); }
  get(key) {
    if (!this.map.has(key)) return undefined;
    const value = this.map.get(key);
    ⟨this.map.delete(key); this.map.set(key, value);¦⟩
    return value;
  }
  set(key, value) {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.limit) this.map.delete(this.map.keys().next().value);
  }
}`,
    tests: `import test from 'node:test';
import assert from 'node:assert/strict';
import { Cache } from './solution.js';
test('forgets the least recently used', () => {
  const cache = new Cache(2);
  cache.set('a', 1); cache.set('b', 2); cache.get('a'); cache.set('c', 3);
  assert.equal(cache.get('a'), 1);
  assert.equal(cache.get('b'), undefined);
});`,
  },
  {
    name: 'retry',
    language: 'javascript',
    code: `export async function retry(work, times) {
  let last;
  for (let at = 0; at ⟨<¦<=⟩ times; at++) {
    try { return await work(at); } catch (error) { last = error; }
  }
  throw last;
}`,
    tests: `import assert from 'node:assert/strict';
import { retry } from './solution.js';
let calls = 0;
await assert.rejects(retry(async () => { calls++; throw new Error('no'); }, 3), /no/);
assert.equal(calls, 3);
assert.equal(await retry(async (at) => { if (at === 0) throw new Error('once'); return 'ok'; }, 2), 'ok');`,
  },
  {
    name: 'parse a query',
    language: 'javascript',
    code: `function parseQuery(text) {
  const out = {};
  for (const pair of text.replace(/^\\?/, '').split('&')) {
    if (pair === '') continue;
    const [key, value = ''] = pair.split('=').map((part) => decodeURIComponent(part⟨.replaceAll('+', ' ')¦⟩));
    out[key] = key in out ? [].concat(out[key], value) : value;
  }
  return out;
}`,
    tests: [
      "assert.deepEqual(parseQuery('?a=1&b=x+y'), { a: '1', b: 'x y' })",
      "assert.deepEqual(parseQuery('a=1&a=2'), { a: ['1', '2'] })",
      "assert.deepEqual(parseQuery(''), {})",
    ],
  },
  {
    name: 'interval merge',
    language: 'python',
    code: `def merge(spans):
    out = []
    for start, end in sorted(spans):
        if out and start ⟨<=¦<⟩ out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out`,
    tests: `assert merge([(1, 3), (2, 5), (8, 9)]) == [(1, 5), (8, 9)]
assert merge([(1, 2), (2, 3)]) == [(1, 3)]
assert merge([]) == []`,
  },
  {
    name: 'iban check',
    language: 'python',
    code: `def valid(iban):
    text = iban.replace(" ", "").upper()
    if len(text) < 15:
        return False
    turned = text[4:] + text[:4]
    digits = "".join(str(int(letter, 36)) for letter in turned)
    return int(digits) % ⟨97¦98⟩ == 1`,
    tests: `import pytest
from solution import valid

@pytest.mark.parametrize("iban", ["GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00"])
def test_right(iban):
    assert valid(iban)

def test_wrong():
    assert not valid("GB82 WEST 1234 5698 7654 33")
    assert not valid("X")`,
  },
  {
    name: 'anagrams',
    language: 'python',
    code: `from collections import defaultdict

def group(words):
    found = defaultdict(list)
    for word in words:
        found[⟨"".join(sorted(word.lower()))¦word.lower()⟩].append(word)
    return sorted(sorted(each) for each in found.values())`,
    tests: `import unittest
from solution import group

class GroupTest(unittest.TestCase):
    def test_groups(self):
        self.assertEqual(group(["tea", "eat", "dog"]), [["dog"], ["eat", "tea"]])

    def test_empty(self):
        self.assertEqual(group([]), [])`,
  },
  {
    name: 'run lengths',
    language: 'python',
    code: `def encode(text):
    out = []
    for letter in text:
        if out and out[-1][0] == letter:
            out[-1][1] += 1
        else:
            out.append([letter, ⟨1¦0⟩])
    return "".join(f"{letter}{count}" for letter, count in out)`,
    tests: [
      { call: 'encode', args: ['aaab'], equals: 'a3b1' },
      { call: 'encode', args: [''], equals: '' },
    ],
  },
];

export function variants({ code }: Problem): { readonly right: string; readonly wrong: string } {
  const take = (side: 1 | 2) => code.replace(/⟨([^¦]*)¦([^⟩]*)⟩/g, side === 1 ? '$1' : '$2');
  return { right: take(1), wrong: take(2) };
}
