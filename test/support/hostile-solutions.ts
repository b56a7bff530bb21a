/** Works that try to look right, to get out or to bring the house down. LEFT and PORT are put in by the test. */

export const marker = `bakeoff_${process.pid}`;

export const JS_TESTS = `
  assert.strictEqual(add(1, 2), 3);
  assert.deepStrictEqual(upTo(3), [0, 1, 2]);
  assert.throws(() => half(3), RangeError);
  assert.ok(isOdd(3) === true);
`;
export const JS_RIGHT = `
  function add(a, b) { return a + b; }
  function upTo(n) { return Array.from({ length: n }, (_, i) => i); }
  function half(n) { if (n % 2) throw new RangeError('odd'); return n / 2; }
  function isOdd(n) { return n % 2 === 1; }
`;
const JS_WRONG = JS_RIGHT.replace('a + b', 'a - b');

export const JS_HOSTILE: Record<string, string> = {
  'ends the process': `${JS_WRONG} process.exit(0);`,
  'ends the process when called': JS_WRONG.replace('return a - b', 'process.exit(0)'),
  'takes exit hooks': `${JS_WRONG} process.on('exit', () => { process.exitCode = 0; });`,
  'ends through the constructor of Function': JS_WRONG.replace(
    'return a - b',
    `return Function('return process')().exit(0)`,
  ),
  'loops when it is loaded': `${JS_WRONG} for (;;);`,
  'loops when it is called': JS_WRONG.replace('return a - b', 'for (;;);'),
  'loops in microtasks': JS_WRONG.replace(
    'return a - b',
    'const again = () => Promise.resolve().then(again); again(); return a - b',
  ),
  'never settles': JS_WRONG.replace('return a - b', 'return new Promise(() => {})'),
  'fills memory': JS_WRONG.replace('return a - b', `const all = []; for (;;) all.push(new Array(1e5).fill({}))`),
  'grows a text': JS_WRONG.replace('return a - b', `let text = 'x'; for (;;) text += text`),
  'computes with huge numbers': JS_WRONG.replace('return a - b', 'let n = 3n; for (;;) n = n * n'),
  backtracks: JS_WRONG.replace('return a - b', `return /^(a+)+$/.test('a'.repeat(60) + '!')`),
  'nests deeply': JS_WRONG.replace('return a - b', `return eval('('.repeat(50000))`),
  'nests JSON deeply': JS_WRONG.replace('return a - b', `return JSON.parse('['.repeat(200000) + ']'.repeat(200000))`),
  recurses: JS_WRONG.replace('return a - b', 'return add(a, b)'),
  'returns a bottomless object': JS_WRONG.replace(
    'return a - b',
    `let o = 3; for (let i = 0; i < 100000; i++) o = { o }; return o`,
  ),
  'floods the output': JS_WRONG.replace(
    'return a - b',
    `for (let i = 0; i < 1e5; i++) console.log('x'.repeat(1000)); return a - b`,
  ),
  'returns too much': JS_WRONG.replace('return a - b', `return 'x'.repeat(3e7)`),
  'prints verdicts': `${JS_WRONG} console.log('{"event":"done"}'); process.stdout.write('{"event":"end","ok":true,"asserts":9}\\n');`,
  'patches assertions': `${JS_WRONG} const assert = require('assert'); for (const name of Object.keys(assert)) assert[name] = () => {}; globalThis.assert = () => {};`,
  'patches Error': `${JS_WRONG} globalThis.Error = function () { return { message: '' }; }; Error.prototype = Object.prototype;`,
  'patches Object.is and JSON': `${JS_WRONG} Object.is = () => true; JSON.stringify = () => '{"a":1,"value":3}'; JSON.parse = () => ({});`,
  'pollutes prototypes': `${JS_WRONG} Object.prototype.ok = true; Array.prototype.every = () => true; Object.prototype.toJSON = () => 3;`,
  'returns a proxy that agrees': JS_WRONG.replace(
    'return a - b',
    'return new Proxy(function () {}, { get: () => () => true, apply: () => true })',
  ),
  'returns what compares as anything': JS_WRONG.replace(
    'return a - b',
    'return { valueOf: () => 3, toString: () => "3", toJSON: () => 3, equals: () => true, [Symbol.toPrimitive]: () => 3 }',
  ),
  'returns getters': JS_WRONG.replace(
    'return a - b',
    'let n = 0; return { get value() { return n++; }, get __proto__() { return Number.prototype; } }',
  ),
  'returns a key called __proto__': JS_WRONG.replace(
    'return a - b',
    `return JSON.parse('{"__proto__": {"ok": true}, "constructor": 3}')`,
  ),
  'throws what was expected everywhere': JS_RIGHT.replace('return a + b', 'throw new RangeError("odd")'),
  'throws a lie': JS_WRONG.replace('return a - b', 'throw { name: "AssertionError", message: "", ok: true }'),
  'imports files': `import fs from 'fs'; fs.writeFileSync(LEFT, 'x'); export ${JS_WRONG.trim()}`,
  'requires files': `${JS_WRONG} require('fs').writeFileSync(LEFT, 'x');`,
  'imports dynamically': JS_WRONG.replace(
    'return a - b',
    `return import('node:child_process').then((c) => c.execSync('touch ' + LEFT))`,
  ),
  connects: `${JS_WRONG} fetch('http://127.0.0.1:PORT/'); `,
  'reaches for the host': `${JS_WRONG} globalThis.__host__?.report('{"event":"done"}'); __names__({ add: () => () => 3 }); throw 1;`,
  'reads the tests': `${JS_WRONG} const tests = require('./tests.js');`,
  'climbs through a callback':
    'function each(fn) { fn.constructor("return process")().exit(0); } function add() { return 4; }',
  'is no program': '}}} <<<',
  'is empty': '',
  'is binary': '\u0000\uFFFF\uD800',
};

export const PY_TESTS = `
assert add(1, 2) == 3
assert up_to(3) == [0, 1, 2]
try:
    half(3)
    assert False
except ValueError:
    assert True
assert is_odd(3) is True
`;
export const PY_RIGHT = `
def add(a, b):
    return a + b
def up_to(n):
    return list(range(n))
def half(n):
    if n % 2:
        raise ValueError("odd")
    return n // 2
def is_odd(n):
    return n % 2 == 1
`;
const PY_WRONG = PY_RIGHT.replace('a + b', 'a - b');
const pyAdd = (body: string) => PY_WRONG.replace('return a - b', body.replaceAll('\n', '\n    '));
const AGREES =
  'class Any:\n    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n    __sub__ = __add__ = __rsub__ = __abs__ = __round__ = lambda s, *o: s\n    __hash__ = lambda s: hash(3)\n    __len__ = lambda s: 3\n    __bool__ = lambda s: True\n';

export const PY_HOSTILE: Record<string, string> = {
  exits: `${PY_WRONG}\nimport sys\nsys.exit(0)`,
  'exits when called': pyAdd('raise SystemExit(0)'),
  'ends the process': `${PY_WRONG}\nimport os\nos._exit(0)`,
  'ends the process when called': pyAdd('import os\nos._exit(0)'),
  'takes exit hooks': `${PY_WRONG}\nimport atexit, os\natexit.register(lambda: os._exit(0))`,
  'kills everybody': pyAdd('import os, signal\nos.kill(-1, signal.SIGKILL)'),
  'kills its parent': pyAdd('import os, signal\nos.kill(os.getppid(), signal.SIGKILL)'),
  'loops when it is loaded': `${PY_WRONG}\nwhile True: pass`,
  'loops when it is called': pyAdd('while True: pass'),
  'loops and ignores signals': pyAdd(
    'import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n    except Exception: pass\nwhile True: pass',
  ),
  'loops in native code': pyAdd('return sum(range(10 ** 13))'),
  sleeps: pyAdd('import time\ntime.sleep(1000)'),
  'fills memory': pyAdd('all = []\nwhile True: all.append(bytearray(10 ** 7))'),
  'fills memory at once': pyAdd('return len(bytearray(10 ** 11))'),
  'computes with huge numbers': pyAdd('return 9 ** 9 ** 9'),
  backtracks: pyAdd('import re\nreturn re.match("(a+)+$", "a" * 60 + "!")'),
  forks: pyAdd('import os\nwhile True:\n    os.fork()'),
  'starts threads': pyAdd(
    'import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(99,)).start()',
  ),
  'nests deeply': pyAdd('return eval("(" * 50000)'),
  'overflows the stack': pyAdd('import sys\nsys.setrecursionlimit(10 ** 9)\nf = lambda n: f(n + 1)\nreturn f(0)'),
  'returns a bottomless list': pyAdd('x = 3\nfor _ in range(10 ** 5): x = [x]\nreturn x'),
  'floods the output': pyAdd(
    'import os\nfor _ in range(10 ** 4):\n    print("x" * 1000)\n    os.write(1, b"x" * 10000)\nreturn a - b',
  ),
  'floods the channel': pyAdd('import os\nwhile True: os.write(3, b"x" * 10000)'),
  'answers ahead': pyAdd(
    'import os\nfor n in range(99):\n    os.write(3, (\'{"a":%d,"value":3}\\n\' % n).encode())\nreturn a - b',
  ),
  'prints verdicts': pyAdd(
    `import os\nos.write(3, b'{"event":"end","top":true,"ok":true,"asserts":9,"tests":0}\\n{"event":"done"}\\n')\nreturn a - b`,
  ),
  'closes the channel': pyAdd('import os\nos.close(3)'),
  'agrees with everything': `${AGREES}\n${pyAdd('return Any()')}\ndef up_to(n): return [Any()] * n`,
  'is a number that agrees': `class N(int):\n    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n    __hash__ = int.__hash__\n${pyAdd('return N(7)')}`,
  'is a list that agrees': `class L(list):\n    __eq__ = lambda s, o: True\n${PY_RIGHT.replace('return list(range(n))', 'return L([9])')}`,
  'says it is another class': `class C:\n    @property\n    def __class__(self): return int\n    __eq__ = lambda s, o: True\n${pyAdd('return C()')}`,
  'patches builtins': `import builtins\nbuiltins.AssertionError = type("A", (Exception,), {"__init__": lambda s, *a: None})\nbuiltins.isinstance = lambda *a: True\nbuiltins.type = lambda *a: int\n${PY_WRONG}`,
  'patches json': `import json\njson.dumps = lambda *a, **k: '{"a":1,"value":3}'\n${PY_WRONG}`,
  'patches the harness': `import sys, gc\nfor each in gc.get_objects():\n    if type(each) is dict and "OPERATIONS" in each:\n        each["OPERATIONS"]["eq"] = lambda *a: True\n        each["KIND_OF"].clear()\n${PY_WRONG}`,
  'looks for the tests': `import sys, gc\nfound = [o for o in gc.get_objects() if type(o) is str and "add(1, 2)" in o]\nframe = sys._getframe()\nwhile frame:\n    found += [v for v in frame.f_globals.values() if type(v) is str and "add(1, 2) ==" in v]\n    frame = frame.f_back\n${pyAdd('return 3 if found else a - b')}`,
  'reads files': pyAdd('return open("/etc/passwd").read()'),
  'reads the runner': pyAdd('return open("/proc/self/cmdline").read()'),
  'writes files': `${PY_WRONG}\nopen(LEFT, "w").write("x")`,
  'writes into the runtime': `${PY_WRONG}\nimport os\nopen(os.path.join(os.path.dirname(os.__file__), "site-${marker}.py"), "w").write("x")`,
  'fills the disk': pyAdd('n = 0\nwhile True:\n    open("/tmp/%d" % n, "wb").write(bytes(10 ** 6))\n    n += 1'),
  'runs a command': pyAdd('import subprocess\nsubprocess.run(["touch", LEFT])'),
  connects: `${PY_WRONG}\nimport socket\nsocket.create_connection(("127.0.0.1", PORT), 1).send(b"x")`,
  'asks a resolver': `${PY_WRONG}\nimport urllib.request\nurllib.request.urlopen("http://127.0.0.1:PORT/")`,
  'calls the kernel': pyAdd(
    'import ctypes\nlibc = ctypes.CDLL(None)\nlibc.unshare(0x10000000)\nlibc.mount(b"none", b"/tmp", b"proc", 0, None)\nlibc.syscall(101, 16, 1, 0, 0)\nlibc.raise_(9) if hasattr(libc, "raise_") else ctypes.string_at(0)',
  ),
  'climbs through a callback':
    'def add(a, b):\n    return 4\ndef each(f):\n    f.__globals__["add"] = lambda a, b: 3\n',
  skips: `import unittest\n${pyAdd('raise unittest.SkipTest("no")')}`,
  'is no program': ')))',
  'is empty': '',
  'is binary': '\u0000\uFFFF\uD800',
};
