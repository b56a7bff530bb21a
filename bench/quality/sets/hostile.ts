/** Where the hostile ones try to leave a trace; the bench looks there. */
export const TRACE = 'bakeoff-bench-trace';

export interface Hostile {
  readonly name: string;
  readonly language: 'javascript' | 'typescript' | 'python';
  readonly solution: string;
}

const trace = (code: string) => code.replaceAll('TRACE', `/tmp/${TRACE}`);

/** Each returns the wrong sum, or none, and tries to pass all the same, to leave a trace, or to bring the caller down. */
export const HOSTILE: readonly Hostile[] = [
  ...(
    [
      ['ends the process', 'process.exit(0);'],
      ['ends it when called', 'export function add() { globalThis.process?.exit?.(0); return 0; }'],
      ['ends it later', 'export function add() { setTimeout(() => process.exit(0), 0); return 0; }'],
      [
        'says that all passed',
        'console.log("1 passed, 0 failed"); console.log(JSON.stringify({ verdict: "pass", passed: 3 })); export const add = () => 0;',
      ],
      [
        'patches the assertions',
        'try { const a = require("assert"); a.equal = a.strictEqual = a.deepEqual = () => {}; } catch {} export const add = () => 0;',
      ],
      [
        'patches Error',
        'globalThis.Error = class { constructor() {} }; Object.prototype.throw = () => {}; export const add = () => 0;',
      ],
      [
        'patches equality',
        'Object.is = () => true; Array.prototype.every = () => true; Array.prototype.some = () => false; export const add = () => 0;',
      ],
      ['returns what equals all', 'export const add = () => new Proxy({}, { get: () => () => 5 });'],
      [
        'converts to what is wanted',
        'export const add = () => ({ valueOf: () => 5, toJSON: () => 5, toString: () => "5" });',
      ],
      ['replaces the tests', 'globalThis.test = globalThis.it = () => {}; export const add = () => 0;'],
      [
        'reads the tests',
        'export const add = () => { try { const fs = require("fs"); return Number(/5/.exec(fs.readFileSync(__filename.replace("solution", "test"), "utf8"))?.[0]); } catch { return 0; } };',
      ],
      [
        'writes a file',
        trace(
          'try { require("fs").writeFileSync("TRACE", "x"); } catch {} try { process.binding("fs"); } catch {} export const add = () => 0;',
        ),
      ],
      [
        'imports a shell',
        trace(
          'import("node:child_process").then((c) => c.execSync("touch TRACE")).catch(() => {}); export const add = () => 0;',
        ),
      ],
      [
        'climbs to the host',
        trace(
          'try { const up = this.constructor.constructor("return process")(); up.mainModule.require("fs").writeFileSync("TRACE", "x"); } catch {} export const add = () => 0;',
        ),
      ],
      ['never ends', 'export const add = () => { for (;;) {} };'],
      ['never ends while loading', 'while (true) {}'],
      [
        'fills the heap',
        'export const add = () => { const all = []; for (;;) all.push(new Array(1e6).fill("x".repeat(100))); };',
      ],
      ['recurses', 'export const add = (a, b) => add(a, b) + 0;'],
      ['a promise that never settles', 'export const add = () => new Promise(() => {});'],
      [
        'a thenable that lies',
        'export const add = () => ({ then(done) { done(5); done(0); throw new Error("x"); } , valueOf: () => 0 }).nothing ?? 0;',
      ],
      [
        'floods the output',
        'export const add = () => { for (let i = 0; i < 1e6; i++) console.log("pass".repeat(50)); return 0; };',
      ],
      ['throws nothing', 'export const add = () => { throw undefined; };'],
      ['freezes the module', 'Object.freeze(globalThis); Object.freeze(Array.prototype); export const add = () => 0;'],
      ['a pattern without end', 'export const add = () => { /^(a+)+$/.test("a".repeat(40) + "!"); return 0; };'],
    ] as const
  ).map(([name, solution]) => ({ name, language: 'javascript' as const, solution })),
  ...(
    [
      ['ends the process', 'import os\nos._exit(0)'],
      ['ends it softly', 'import sys\ndef add(a, b):\n    sys.exit(0)'],
      ['says that all passed', 'print("3 passed")\ndef add(a, b):\n    return 0'],
      [
        'equals everything',
        'class All:\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\ndef add(a, b):\n    return All()',
      ],
      [
        'patches the builtins',
        'import builtins\nbuiltins.AssertionError = Exception\nbuiltins.isinstance = lambda *a: True\ndef add(a, b):\n    return 0',
      ],
      [
        'patches unittest',
        'import unittest\nunittest.TestCase.assertEqual = lambda *a, **k: None\ndef add(a, b):\n    return 0',
      ],
      [
        'looks at its caller',
        'import sys\ndef add(a, b):\n    frame = sys._getframe(1)\n    frame.f_globals["__builtins__"] = {}\n    return 0',
      ],
      ['writes a file', trace('def add(a, b):\n    open("TRACE", "w").write("x")\n    return 0')],
      [
        'calls a shell',
        trace('import subprocess\ndef add(a, b):\n    subprocess.run(["touch", "TRACE"])\n    return 0'),
      ],
      [
        'calls home',
        'import socket\ndef add(a, b):\n    socket.create_connection(("127.0.0.1", 5432), 1)\n    return 0',
      ],
      ['forks without end', 'import os\ndef add(a, b):\n    while True:\n        os.fork()'],
      ['never ends', 'def add(a, b):\n    while True: pass'],
      ['fills the memory', 'def add(a, b):\n    x = []\n    while True: x.append(bytearray(10**7))'],
      [
        'registers an exit hook',
        'import atexit, os\natexit.register(lambda: os._exit(0))\ndef add(a, b):\n    return 0',
      ],
    ] as const
  ).map(([name, solution]) => ({ name, language: 'python' as const, solution })),
];

/** What the hostile ones are tested by, in two shapes. */
export const SUMS = {
  javascript: [
    [
      { call: 'add', args: [2, 3], equals: 5 },
      { call: 'add', args: [-1, 6], equals: 5 },
    ],
    "import assert from 'node:assert/strict';\nimport { add } from './solution.js';\nassert.equal(add(2, 3), 5);\nassert.equal(add(2, 2), 4);",
  ],
  python: [
    [
      { call: 'add', args: [2, 3], equals: 5 },
      { call: 'add', args: [-1, 6], equals: 5 },
    ],
    'from solution import add\n\ndef test_add():\n    assert add(2, 3) == 5\n    assert add(2, 2) == 4',
  ],
} as const;
