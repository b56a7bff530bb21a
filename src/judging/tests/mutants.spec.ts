import { afterAll, describe, expect, test } from 'vitest';
import { pythonHere } from '../../../test/support/python.js';
import { givenTests } from './given.js';
import { TestRunner } from './runner.js';
import type { TestLanguage } from './tests.schema.js';

const runner = new TestRunner({ atOnce: 3 });
const python = await pythonHere();
afterAll(() => runner.close());

/** A problem: calls and results; a right solution in each language; in `⟨right¦wrong⟩` the one place where the mutant differs. */
interface Problem {
  readonly calls: readonly (readonly [args: unknown[], result: unknown])[];
  readonly js: string;
  readonly py: string;
}

const PROBLEMS: Record<string, Problem> = {
  add: {
    calls: [
      [[1, 2], 3],
      [[-1, 1], 0],
    ],
    js: 'const f = (a, b) => a ⟨+¦-⟩ b',
    py: 'def f(a, b):\n    return a ⟨+¦-⟩ b',
  },
  gcd: {
    calls: [
      [[12, 18], 6],
      [[7, 3], 1],
      [[5, 0], 5],
    ],
    js: 'function f(a, b) { while (b) [a, b] = [b, ⟨a % b¦b % a⟩]; return a; }',
    py: 'def f(a, b):\n    while b:\n        a, b = b, ⟨a % b¦a // b⟩\n    return a',
  },
  fibonacci: {
    calls: [
      [[0], 0],
      [[1], 1],
      [[10], 55],
    ],
    js: 'function f(n) { let [a, b] = [0, 1]; for (let i = ⟨0¦1⟩; i < n; i++) [a, b] = [b, a + b]; return a; }',
    py: 'def f(n):\n    a, b = 0, 1\n    for _ in range(⟨n¦n - 1⟩):\n        a, b = b, a + b\n    return a',
  },
  primes: {
    calls: [
      [[1], false],
      [[2], true],
      [[9], false],
      [[25], false],
      [[29], true],
    ],
    js: 'function f(n) { if (n < 2) return false; for (let i = 2; i * i ⟨<=¦<⟩ n; i++) if (n % i === 0) return false; return true; }',
    py: 'def f(n):\n    if n < 2:\n        return False\n    return all(n % i for i in range(2, int(n ** 0.5) + ⟨1¦0⟩))',
  },
  palindrome: {
    calls: [
      [['A man, a plan, a canal: Panama'], true],
      [['abca'], false],
      [[''], true],
    ],
    js: "const f = (text) => { const t = text⟨.toLowerCase()¦⟩.replace(/[^a-zA-Z0-9]/g, ''); return t === [...t].reverse().join(''); }",
    py: 'def f(text):\n    t = [c⟨.lower()¦⟩ for c in text if c.isalnum()]\n    return t == t[::-1]',
  },
  'binary search': {
    calls: [
      [[[1, 3, 5, 7], 7], 3],
      [[[1, 3, 5, 7], 1], 0],
      [[[1, 3, 5, 7], 3], 1],
      [[[1, 2, 3, 4, 5], 2], 1],
      [[[1, 2, 3, 4, 5, 6, 7], 3], 2],
      [[[1, 3], 4], -1],
      [[[], 4], -1],
    ],
    js: 'function f(xs, x) { let lo = 0, hi = xs.length - 1; while (lo ⟨<=¦<⟩ hi) { const mid = (lo + hi) >> 1; if (xs[mid] === x) return mid; if (xs[mid] < x) lo = mid + 1; else hi = mid - 1; } return -1; }',
    py: 'def f(xs, x):\n    lo, hi = 0, len(xs)\n    while lo < hi:\n        mid = (lo + hi) // 2\n        if xs[mid] == x:\n            return mid\n        if xs[mid] < x:\n            lo = mid + 1\n        else:\n            hi = ⟨mid¦mid - 1⟩\n    return -1',
  },
  'merge intervals': {
    calls: [
      [
        [
          [
            [1, 3],
            [2, 6],
            [8, 10],
          ],
        ],
        [
          [1, 6],
          [8, 10],
        ],
      ],
      [
        [
          [
            [1, 9],
            [2, 3],
          ],
        ],
        [[1, 9]],
      ],
    ],
    js: 'function f(xs) { const out = []; for (const [a, b] of xs.sort((p, q) => p[0] - q[0])) { const last = out.at(-1); if (last && a <= last[1]) last[1] = ⟨Math.max(last[1], b)¦b⟩; else out.push([a, b]); } return out; }',
    py: 'def f(xs):\n    out = []\n    for a, b in sorted(xs):\n        if out and a <= out[-1][1]:\n            out[-1][1] = ⟨max(out[-1][1], b)¦b⟩\n        else:\n            out.append([a, b])\n    return out',
  },
  'word counts': {
    calls: [
      [['a b a'], { a: 2, b: 1 }],
      [[''], {}],
      [['toString x'], { toString: 1, x: 1 }],
    ],
    js: "function f(text) { const out = ⟨Object.create(null)¦{}⟩; for (const w of text.split(' ').filter(Boolean)) out[w] = (out[w] ?? 0) + 1; return out; }",
    py: 'def f(text):\n    out = {}\n    for w in text.split(⟨¦" "⟩):\n        out[w] = out.get(w, 0) + 1\n    return out',
  },
  'roman numerals': {
    calls: [
      [['III'], 3],
      [['MCMXCIV'], 1994],
    ],
    js: 'function f(s) { const v = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }; let n = 0; [...s].forEach((c, i) => { n += v[c] < ⟨v[s[i + 1]]¦0⟩ ? -v[c] : v[c]; }); return n; }',
    py: 'def f(s):\n    v = dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)\n    return sum(-v[a] if v[a] < v[b] else v[a] for a, b in zip(s, ⟨s[1:]¦s⟩)) + ⟨v[s[-1]]¦0⟩',
  },
  'balanced brackets': {
    calls: [
      [['([]){}'], true],
      [['([)]'], false],
      [['(('], false],
    ],
    js: "function f(s) { const open = []; for (const c of s) { if ('([{'.includes(c)) open.push(c); else if (open.pop() !== { ')': '(', ']': '[', '}': '{' }[c]) return false; } return ⟨open.length === 0¦true⟩; }",
    py: 'def f(s):\n    open = []\n    for c in s:\n        if c in "([{":\n            open.append(c)\n        elif not open or open.pop() != {")": "(", "]": "[", "}": "{"}[c]:\n            return False\n    return ⟨not open¦True⟩',
  },
  flatten: {
    calls: [[[[1, [2, [3, []]]]], [1, 2, 3]]],
    js: 'const f = (xs) => xs.⟨flat(Infinity)¦flat()⟩',
    py: 'def f(xs):\n    out = []\n    for x in xs:\n        out.⟨extend¦append⟩(f(x)) if isinstance(x, list) else out.append(x)\n    return out',
  },
  'run-length encoding': {
    calls: [
      [
        ['aaab'],
        [
          ['a', 3],
          ['b', 1],
        ],
      ],
      [[''], []],
    ],
    js: 'function f(s) { const out = []; for (const c of s) { if (out.length && out.at(-1)[0] === c) out.at(-1)[1]++; else out.push([c, ⟨1¦0⟩]); } return out; }',
    py: 'from itertools import groupby\ndef f(s):\n    return [(k, len(list(g))⟨¦ - 1⟩) for k, g in groupby(s)]',
  },
  unique: {
    calls: [[[[3, 1, 3, 2]], [3, 1, 2]]],
    js: 'const f = (xs) => ⟨[...new Set(xs)]¦xs.filter((x, i) => xs[i - 1] !== x)⟩',
    py: 'def f(xs):\n    return ⟨list(dict.fromkeys(xs))¦sorted(set(xs))⟩',
  },
  'two sum': {
    calls: [
      [
        [[2, 7, 11, 15], 9],
        [0, 1],
      ],
      [
        [[3, 3], 6],
        [0, 1],
      ],
      [
        [[3, 2, 4], 6],
        [1, 2],
      ],
    ],
    js: 'function f(xs, t) { const seen = new Map(); for (let i = 0; i < xs.length; i++) { ⟨¦seen.set(xs[i], i);⟩ if (seen.has(t - xs[i])) return [seen.get(t - xs[i]), i]; ⟨seen.set(xs[i], i);¦⟩ } }',
    py: 'def f(xs, t):\n    for i in range(len(xs)):\n        for j in range(⟨i + 1¦i⟩, len(xs)):\n            if xs[i] + xs[j] == t:\n                return i, j',
  },
  'caesar cipher': {
    calls: [
      [['xyz', 3], 'abc'],
      [['Hi!', 1], 'Ij!'],
    ],
    js: 'const f = (s, n) => s.replace(/[a-z]/gi, (c) => { const b = c < "a" ? 65 : 97; return String.fromCharCode(((c.charCodeAt(0) - b + n) ⟨% 26¦% 27⟩) + b); })',
    py: 'def f(s, n):\n    def turn(c):\n        b = 65 if c.isupper() else 97\n        return chr((ord(c) - b + n) % ⟨26¦27⟩ + b) if c.isalpha() else c\n    return "".join(map(turn, s))',
  },
  transpose: {
    calls: [
      [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
      ],
    ],
    js: 'const f = (m) => m[0].map((_, i) => m.map((row) => row⟨[i]¦[0]⟩))',
    py: 'def f(m):\n    return [⟨list(each)¦list(each)[::-1]⟩ for each in zip(*m)]',
  },
  'longest common prefix': {
    calls: [
      [[['flower', 'flow', 'flight']], 'fl'],
      [[['abc', 'abd', 'abe']], 'ab'],
      [[['abcd', 'abc', 'x']], ''],
      [[['a', 'b']], ''],
    ],
    js: "function f(xs) { let p = xs[0] ?? ''; for (const x of xs) while (!x.startsWith(p)) p = p.slice(0, ⟨-1¦-2⟩); return p; }",
    py: 'import os\ndef f(xs):\n    return os.path.commonprefix(xs⟨¦[:2]⟩)',
  },
  'days of a month': {
    calls: [
      [[2, 2000], 29],
      [[2, 1900], 28],
      [[4, 2023], 30],
      [[2, 2024], 29],
    ],
    js: 'function f(m, y) { if (m === 2) return (y % 4 === 0 && y % 100 !== 0)⟨ || y % 400 === 0¦⟩ ? 29 : 28; return [4, 6, 9, 11].includes(m) ? 30 : 31; }',
    py: 'import calendar\ndef f(m, y):\n    return calendar.monthrange(y, ⟨m¦1⟩)[1]',
  },
  median: {
    calls: [
      [[[3, 1, 2]], 2],
      [[[10, 9, 2, 1]], 5.5],
    ],
    js: 'function f(xs) { const s = [...xs].sort(⟨(a, b) => a - b¦⟩); const h = s.length >> 1; return s.length % 2 ? s[h] : (s[h - 1] + s[h]) / 2; }',
    py: 'import statistics\ndef f(xs):\n    return statistics.⟨median¦median_low⟩(xs)',
  },
  powers: {
    calls: [
      [[2, 10], 1024],
      [[7, 0], 1],
      [[2, 70], 2 ** 70],
    ],
    js: 'function f(b, e) { let n = 1n; for (let i = 0; i < e; i++) n *= BigInt(b); return ⟨n¦n + 1n⟩; }',
    py: 'def f(b, e):\n    return b ** e⟨¦ + 1⟩',
  },
  'late values': {
    calls: [[[3], [0, 1, 2]]],
    js: 'async function f(n) { const out = []; for (let i = 0; i < n; i++) out.push(await new Promise((done) => setTimeout(() => done(i⟨¦ + 1⟩), 1))); return out; }',
    py: 'async def f(n):\n    import asyncio\n    await asyncio.sleep(0.001)\n    return list(range(⟨n¦n - 1⟩))',
  },
  'lazy values': {
    calls: [[[4], [0, 1, 4, 9]]],
    js: 'function f(n) { return Array.from((function* () { for (let i = 0; i < n; i++) yield i * ⟨i¦2⟩; })()); }',
    py: 'def f(n):\n    for i in range(n):\n        yield i * ⟨i¦2⟩',
  },
};

const right = (source: string) => source.replace(/⟨([^¦⟩]*)¦([^⟩]*)⟩/g, '$1');
const wrong = (source: string) => source.replace(/⟨([^¦⟩]*)¦([^⟩]*)⟩/g, '$2');

const literal = (value: unknown, language: TestLanguage): string => {
  const text = JSON.stringify(value);
  return language === 'python' ? text.replace(/\btrue\b/g, 'True').replace(/\bfalse\b/g, 'False') : text;
};

function sourceOf({ calls }: Problem, language: TestLanguage, isLate: boolean): string {
  const args = (given: unknown[]) => given.map((each) => literal(each, language)).join(', ');
  if (language === 'python')
    return `def check(candidate):\n${calls.map(([given, result]) => `    assert candidate(${args(given)}) == ${literal(result, language)}\n`).join('')}`;
  const lines = calls.map(
    ([given, result]) => `assert.deepEqual(${isLate ? 'await ' : ''}f(${args(given)}), ${literal(result, language)});`,
  );
  return `import { test } from 'node:test'; import assert from 'node:assert';\ntest('all', async () => { ${lines.join(' ')} });`;
}

async function told(language: TestLanguage): Promise<string[]> {
  const all = Object.entries(PROBLEMS).map(async ([name, problem], at) => {
    const template = language === 'python' ? problem.py : problem.js;
    // Sources compare as their language does, where a tuple is no list and a promise no value: those problems go as cases.
    const isData = at % 2 === 0 || /late|lazy|powers|encoding|two sum/.test(name);
    const given = givenTests(isData ? problem.calls : sourceOf(problem, language, false));
    if (typeof given === 'string') return `${name}: ${given}`;
    const solutions = [right(template), wrong(template)];
    const [good, bad] = await Promise.all(solutions.map((solution) => runner.run({ language, solution, ...given })));
    return good?.verdict === 'pass' && bad?.verdict === 'fail'
      ? ''
      : `${name}: ${good?.verdict} (${good?.reason}), ${bad?.verdict}`;
  });
  return (await Promise.all(all)).filter(Boolean);
}

test('there are twenty problems and more', () => {
  expect(Object.keys(PROBLEMS).length).toBeGreaterThanOrEqual(20);
  for (const { js, py } of Object.values(PROBLEMS))
    for (const each of [js, py]) expect(right(each)).not.toBe(wrong(each));
});

describe('a right solution is told from one with a single bug', () => {
  test('in JavaScript', { timeout: 120_000 }, async () => expect(await told('javascript')).toEqual([]));
  test.skipIf(python.kind === 'off')('in Python', { timeout: 120_000 }, async () =>
    expect(await told('python')).toEqual([]),
  );
});
