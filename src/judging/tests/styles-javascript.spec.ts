import { afterAll, describe, expect, test } from 'vitest';
import { TestRunner } from './runner.js';
import type { TestLanguage } from './tests.schema.js';

const runner = new TestRunner({ atOnce: 3 });
afterAll(() => runner.close());

const run = (language: TestLanguage, solution: string, ...sources: string[]) =>
  runner.run({ language, solution, cases: [], sources });

const JS = `
export default class Stack {
  #items = [];
  static of(...xs) { const s = new Stack(); for (const x of xs) s.push(x); return s; }
  push(x) { this.#items.push(x); return this; }
  pop() { if (this.#items.length === 0) throw new Empty('empty'); return this.#items.pop(); }
  get size() { return this.#items.length; }
  *[Symbol.iterator]() { yield* this.#items; }
}
export class Empty extends RangeError { constructor(m) { super(m); this.name = 'Empty'; this.code = 7; } }
export const LIMIT = 3;
export const map = (xs, fn) => { const out = []; for (const x of xs) out.push(fn(x, out.length)); return out; };
export function sortInPlace(xs) { xs.sort((a, b) => a - b); return xs; }
export function* count(n) { for (let i = 0; i < n; i++) yield i; }
export const slow = async (x) => { await new Promise((r) => setTimeout(r, 10)); if (x < 0) throw new TypeError('negative'); return { x }; };
export function debounce(fn, ms) { let t; return (...args) => { clearTimeout(t); t = setTimeout(() => fn(...args), ms); }; }
export const counter = () => { let n = 0; return { up() { return ++n; }, get value() { return n; } }; };
export const rich = () => ({ at: new Date(0), set: new Set([1]), map: new Map([['a', { b: 1n }]]), bytes: new Uint8Array([1, 2]), none: undefined, nan: NaN });
export const memo = (fn) => { const seen = new Map(); return (x) => { if (!seen.has(x)) seen.set(x, fn(x)); return seen.get(x); }; };
let one; export const single = () => (one ??= { id: 1 });
`;

describe('tests in JavaScript', () => {
  test('as modules for vitest or jest', async () => {
    const report = await run(
      'javascript',
      JS,
      `import Stack, { Empty, LIMIT, map, slow, counter, rich, count } from './stack.js';
       import { describe, expect, test, vi, beforeEach } from 'vitest';
       describe('a stack', () => {
         let s; beforeEach(() => { s = new Stack(); });
         test('pushes', () => { s.push({ a: [1] }); expect(s.size).toBe(1); expect(s.pop()).toEqual({ a: [1] }); expect(s.size).toBe(0); });
         it('throws', () => { expect(() => s.pop()).toThrow(Empty); expect(() => s.pop()).toThrow(/empty/); expect(() => s.pop()).not.toThrow(TypeError); });
         test('is one', () => { expect(s).toBeInstanceOf(Stack); expect(Stack.of(1, 2)).toBeInstanceOf(Stack); expect([...Stack.of(1, 2)]).toEqual([1, 2]); });
       });
       test.each([[1, 2], [2, 3]])('%i gives %i', (a, b) => { expect(map([a], (x) => x + 1)).toEqual([b]); });
       test('waits', async () => { await expect(slow(1)).resolves.toEqual({ x: 1 }); await expect(slow(-1)).rejects.toThrow('negative'); expect(LIMIT).toBe(3); });
       test('mocks', () => { const fn = vi.fn(); map([5], fn); expect(fn).toHaveBeenCalledWith(5, 0); expect(fn).toHaveBeenCalledTimes(1); });
       test('values', () => { const c = counter(); c.up(); expect(c.up()).toBe(2); expect(c.value).toBe(2);
         expect(rich()).toEqual({ at: new Date(0), set: new Set([1]), map: new Map([['a', { b: 1n }]]), bytes: new Uint8Array([1, 2]), nan: NaN });
         expect(Array.from(count(3))).toEqual([0, 1, 2]); });`,
    );
    expect(report).toMatchObject({ verdict: 'pass', passed: 8, failed: 0 });
  });

  test('as plain assertions, with callbacks, changed arguments, timers and promises left behind', async () => {
    const solution = JS.replace(/export default /g, '').replace(/export /g, '');
    const report = await run(
      'javascript',
      solution,
      `const assert = require('node:assert/strict');
       const xs = [3, 1, 2]; assert.equal(sortInPlace(xs), xs); assert.deepEqual(xs, [1, 2, 3]);
       let calls = 0; const f = memo((x) => { calls++; return x * 2; }); assert.equal(f(2) + f(2), 8); assert.equal(calls, 1);
       assert.throws(() => new Stack().pop(), { name: 'Empty', code: 7 });
       assert.strictEqual(single(), single());
       const later = debounce((x) => { calls += x; }, 20);
       later(1); later(10);
       setTimeout(() => { assert.equal(calls, 11); }, 500);
       async function main() { assert.deepEqual(await Promise.all([slow(1), slow(2)]), [{ x: 1 }, { x: 2 }]); await assert.rejects(slow(-1), TypeError); }
       main();`,
    );
    expect(report).toMatchObject({ verdict: 'pass', passed: 9, failed: 0 });
  });

  test('that check by throwing, by console.assert, or in a function called check', async () => {
    const add = 'const add = (a, b) => a + b';
    const wrong = 'const add = (a, b) => a - b';
    const styles = [
      `if (add(1, 2) !== 3) throw new Error('no'); console.log('all passed');`,
      `const testAdd = () => { console.assert(add(1, 2) === 3); }; testAdd();`,
      `if (add(1, 2) !== 3) { console.error('no'); process.exit(1); }`,
      `(async () => { if (add(1, 2) !== 3) throw 1; })();`,
    ];
    for (const style of styles) {
      expect(await run('javascript', add, style)).toMatchObject({ verdict: 'pass' });
      expect(await run('javascript', wrong, style)).toMatchObject({ verdict: 'fail' });
    }
  });

  test('that assert nothing, or stop before they do, are no pass', async () => {
    const add = 'function add(a, b) { return a + b; } function none() { return []; }';
    for (const tests of [
      '1 + 1;',
      'for (const x of none()) assert.ok(x);',
      `test('x', () => { for (const x of none()) expect(x).toBe(1); });`,
    ])
      expect((await run('javascript', add, tests)).verdict).toBe('fail');
  });

  test('of something that the language has too', async () => {
    const tests = 'assert.equal(parseInt("12"), 12); assert.equal(parseInt("x"), 0);';
    expect(await run('javascript', 'function parseInt(s) { return Number(s) || 0; }', tests)).toMatchObject({
      verdict: 'pass',
    });
    expect(await run('javascript', 'function parseInt(s) { return 12; }', tests)).toMatchObject({ verdict: 'fail' });
  });

  test('in TypeScript, types and enums included', async () => {
    const report = await run(
      'typescript',
      'enum Unit { M = 1, Km = 1000 }\nexport interface Length { n: number; unit: Unit }\nexport const metres = ({ n, unit }: Length): number => n * unit;\nexport { Unit };',
      `import assert from 'node:assert';\nimport { metres, Unit, type Length } from './solution';\nconst given: Length = { n: 2, unit: Unit.Km };\nassert.equal(metres(given), 2000 as number);`,
    );
    expect(report).toMatchObject({ verdict: 'pass', failed: 0 });
  });

  test('a thousand calls take no time to speak of', async () => {
    const tests = 'for (let i = 0; i < 1000; i++) assert.deepEqual(f([i]), [i + 1]);';
    expect(await run('javascript', 'const f = (xs) => xs.map((x) => x + 1)', tests)).toMatchObject({
      verdict: 'pass',
      passed: 1_000,
    });
  });
});
