import { afterAll, expect, test } from 'vitest';
import { TestRunner } from '../tests/runner.js';

const runner = new TestRunner();
afterAll(() => runner.close());

const EACH = `export async function each(list, work) {
  const out = [];
  for (const one of list) {
    try { out.push(await work(one)); } catch (error) { out.push(error.message); }
  }
  return out;
}`;

test.each([
  ['that answer at once', 'async (n) => n * 2', '[2, 4, 6]'],
  ['that wait for a job', 'async (n) => { await null; return n; }', '[1, 2, 3]'],
  ['that wait for a timer', '(n) => new Promise((yes) => setTimeout(() => yes(n), 5))', '[1, 2, 3]'],
  ['that throw', "async () => { throw new Error('no'); }", "['no', 'no', 'no']"],
])('a solution may await one callback of its tests after another: %s', async (_, callback, wanted) => {
  const source = `import assert from 'node:assert/strict';\nimport { each } from './solution.js';\nassert.deepEqual(await each([1, 2, 3], ${callback}), ${wanted});`;
  const report = await runner.run({ language: 'javascript', solution: EACH, cases: [], sources: [source] });
  expect(report).toMatchObject({ verdict: 'pass', reason: '' });
});
