import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  JS_HOSTILE,
  JS_RIGHT,
  JS_TESTS,
  marker,
  PY_HOSTILE,
  PY_RIGHT,
  PY_TESTS,
} from '../../../test/support/hostile-solutions.js';
import { pythonHere } from '../../../test/support/python.js';
import { TestRunner } from './runner.js';
import type { TestLanguage } from './tests.schema.js';

const folder = mkdtempSync(join(tmpdir(), 'bakeoff-hostile-'));
const left = join(folder, 'left-behind');
let server: Server;
let port = 0;
let connections = 0;
const runner = new TestRunner({ patience: { testMs: 600, suiteMs: 2_000 }, atOnce: 3 });
const patient = new TestRunner();
const python = await pythonHere();

beforeAll(async () => {
  server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterAll(async () => {
  server.close();
  await Promise.all([runner.close(), patient.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function leftProcesses(): string {
  const all = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' });
  return all
    .split('\n')
    .filter((line) => line.includes('js-host') || line.includes('jail.py'))
    .filter((line) => line.includes(` ${process.pid} `))
    .join('\n');
}

async function verdicts(language: TestLanguage, hostile: Record<string, string>, sources: string[]) {
  const all = Object.entries(hostile).map(async ([name, code]) => {
    const solution = code.replaceAll('LEFT', JSON.stringify(left)).replaceAll('PORT', String(port));
    const { verdict, reason } = await runner.run({ language, solution, cases: [], sources });
    return [name, verdict, reason];
  });
  return Promise.all(all);
}

function sideEffects() {
  return {
    files: existsSync(left),
    connections,
    processes: leftProcesses(),
    markers: readdirSync('/tmp').filter((name) => name.includes(marker)),
  };
}

describe('JavaScript', () => {
  test('none of the hostile solutions passes, and none leaves anything behind', { timeout: 90_000 }, async () => {
    const judged = await verdicts('javascript', JS_HOSTILE, [JS_TESTS]);
    expect(judged.filter(([, verdict]) => verdict !== 'fail')).toEqual([]);
    expect(judged.length).toBeGreaterThanOrEqual(25);
    expect(sideEffects()).toEqual({ files: false, connections: 0, processes: '', markers: [] });
    const honest = await patient.run({ language: 'javascript', solution: JS_RIGHT, cases: [], sources: [JS_TESTS] });
    expect(honest).toMatchObject({ verdict: 'pass', failed: 0 });
  });

  test('a callback can be called, and nothing behind it reached', async () => {
    const tests = `let n = 0; each((x) => { n += x; }); assert.equal(n, 3); assert.equal(add(1, 2), 3);`;
    const run = (solution: string) => patient.run({ language: 'javascript', solution, cases: [], sources: [tests] });
    const each = 'function each(fn) { fn(1); fn(2); }';
    expect(await run(`${each} function add(a, b) { return a + b; }`)).toMatchObject({ verdict: 'pass' });
    for (const way of [
      'fn.constructor("assert = () => {}")()',
      'fn.__proto__.call = 1',
      'Object.setPrototypeOf(fn, null)',
      'fn.prototype.x = 1',
    ])
      expect(await run(`${each.replace('fn(2)', `fn(2); ${way}`)} function add() { return 4; }`)).toMatchObject({
        verdict: 'fail',
      });
  });
});

test('names of the language are not for a solution to take', async () => {
  const js = `const Math = { abs: () => 0, round: () => 3 }; const Object = { is: () => true }; const assert = () => {}; function isNaN() { return true; }
    function f() { return 9; }`;
  const jsTests = 'assert.ok(Math.abs(f() - 3) < 1e-9);';
  expect(await patient.run({ language: 'javascript', solution: js, cases: [], sources: [jsTests] })).toMatchObject({
    verdict: 'fail',
  });
  if (python.kind === 'off') return;
  const py = `import unittest.mock as math\nabs = round = lambda *a: 0\nisinstance = all = lambda *a: True\ndef f():\n    return 9\n`;
  for (const head of ['', 'from solution import *\n', 'import math\nfrom solution import f\n'])
    for (const check of [
      'assert abs(f() - 3) < 1e-9',
      'assert all([f() == 3])',
      'assert isinstance(f(), str)',
      'assert math.isclose(f(), 3)',
    ])
      expect(await patient.run({ language: 'python', solution: py, cases: [], sources: [head + check] })).toMatchObject(
        { verdict: 'fail' },
      );
});

describe.skipIf(python.kind === 'off')('Python', () => {
  test('none of the hostile solutions passes, and none leaves anything behind', { timeout: 120_000 }, async () => {
    const judged = await verdicts('python', PY_HOSTILE, [PY_TESTS]);
    expect(judged.filter(([, verdict]) => verdict !== 'fail')).toEqual([]);
    expect(judged.length).toBeGreaterThanOrEqual(25);
    expect(sideEffects()).toEqual({ files: false, connections: 0, processes: '', markers: [] });
    const honest = await patient.run({ language: 'python', solution: PY_RIGHT, cases: [], sources: [PY_TESTS] });
    expect(honest).toMatchObject({ verdict: 'pass', failed: 0 });
  });
});

test('where Python has no sandbox its tests are not run, and the reason is said', async () => {
  const without = new TestRunner({ python: async () => ({ kind: 'off', reason: 'no namespaces' }) });
  const report = await without.run({ language: 'python', solution: PY_RIGHT, cases: [], sources: [PY_TESTS] });
  expect(report).toEqual({
    verdict: 'not_run',
    passed: 0,
    failed: 0,
    reason: 'no sandbox for Python here: no namespaces',
    results: [],
  });
  expect(readFileSync(new URL(import.meta.url), 'utf8')).toContain('hostile');
  await without.close();
});
