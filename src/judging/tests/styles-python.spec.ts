import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { pythonHere } from '../../../test/support/python.js';
import { pythonSandbox } from '../sandbox/python.js';
import { TestRunner } from './runner.js';
import type { TestLanguage } from './tests.schema.js';

const runner = new TestRunner({ atOnce: 3 });
const python = await pythonHere();
afterAll(() => runner.close());

const run = (language: TestLanguage, solution: string, ...sources: string[]) =>
  runner.run({ language, solution, cases: [], sources });

const PY = `
from dataclasses import dataclass
from enum import Enum
from collections import namedtuple, Counter
import asyncio

class Empty(ValueError):
    def __init__(self, size):
        super().__init__(f"empty at {size}")
        self.size = size

class Stack:
    kind = "lifo"
    def __init__(self, *xs):
        self.items = list(xs)
    def push(self, x):
        self.items.append(x)
        return self
    def pop(self):
        if not self.items:
            raise Empty(0)
        return self.items.pop()
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        return iter(self.items)
    def __eq__(self, other):
        return isinstance(other, Stack) and self.items == other.items
    def __repr__(self):
        return f"Stack({self.items})"
    @property
    def top(self):
        return self.items[-1]
    @staticmethod
    def helper(x):
        return x + 1
    def __enter__(self):
        return self
    def __exit__(self, *a):
        self.items.clear()

class Bounded(Stack):
    pass

@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)
    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

class Color(Enum):
    RED = 1
    BLUE = 2

Pair = namedtuple("Pair", "a b")
LIMIT = 3
def pair(): return Pair(1, 2)
def apply(f, *xs, **named): return f(*xs, **named)
def sort_in_place(xs): xs.sort()
def count(n):
    for i in range(n):
        yield i
def rich(): return {"t": (1, 2.5), "s": {1}, "f": frozenset([2]), "b": b"x", "c": 1 + 2j, "big": 2 ** 80, "none": None, 3: Counter("aab")}
async def slow(x):
    await asyncio.sleep(0.01)
    return x
def greet(name): print("hello", name)
def depth(node): return 0 if node is None else 1 + max(depth(node.left), depth(node.right))
_one = []
def single(): return _one
`;

describe.skipIf(python.kind === 'off')('tests in Python', () => {
  test('run as well where what a process makes is for its owner alone', async () => {
    const mask = process.umask(0o077);
    onTestFinished(() => void process.umask(mask));
    const command = python.kind === 'on' ? python.launch.command : '';
    expect(await pythonSandbox(command)).toMatchObject({ kind: 'on' });
  });

  test('for pytest', async () => {
    const report = await run(
      'python',
      PY,
      `import pytest, math, io, contextlib
from stack import Stack, Empty, Bounded, Point, Color, pair, apply, count, rich, depth, single, LIMIT, sort_in_place, greet

@pytest.fixture
def stack():
    return Stack(1, 2)

def test_items(stack):
    assert len(stack) == 2 and list(stack) == [1, 2] and stack.items == [1, 2]
    assert stack.push({"a": (1, 2)}).pop() == {"a": (1, 2)}
    assert stack == Stack(1, 2) and stack != Stack(1)
    assert repr(stack) == "Stack([1, 2])" and stack.top == 2 and Stack.kind == "lifo" and Stack.helper(1) == 2
    assert isinstance(Bounded(), Stack) and not isinstance(stack, Bounded)

def test_raises():
    with pytest.raises(Empty, match="empty at 0") as info:
        Stack().pop()
    assert info.value.size == 0 and isinstance(info.value, ValueError)
    try:
        Stack().pop()
    except Empty as error:
        assert str(error) == "empty at 0"

@pytest.mark.parametrize("n, wanted", [(0, []), (3, [0, 1, 2])])
def test_count(n, wanted):
    assert list(count(n)) == wanted

class TestValues:
    def setup_method(self):
        self.point = Point(1, 2)
    def test_points(self):
        assert self.point == Point(1, 2) and self.point.x == 1 and self.point + Point(1) == Point(2, 2)
        assert sorted([Point(2), Point(1)])[0] == Point(1)
        assert len({Point(1), Point(1)}) == 1
        with pytest.raises(AttributeError):
            self.point.x = 5
    def test_colors(self):
        assert Color.RED != Color.BLUE and Color.RED.name == "RED" and Color(2) is Color.BLUE and len(list(Color)) == 2
    def test_tuples(self):
        a, b = pair()
        assert (a, b) == (1, 2) and pair().b == 2 and pair() == (1, 2)

def test_callbacks():
    seen = []
    assert apply(lambda x, y=1: seen.append(x) or x + y, 2, y=5) == 7
    assert seen == [2]
    xs = [3, 1]
    assert sort_in_place(xs) is None and xs == [1, 3]
    assert single() is single() and apply(max, 1, 2) == 2 and apply(math.sqrt, 4) == pytest.approx(2)

def test_rich():
    assert rich() == {"t": (1, 2.5), "s": {1}, "f": frozenset([2]), "b": b"x", "c": 1 + 2j, "big": 2 ** 80, "none": None, 3: {"a": 2, "b": 1}}
    assert type(rich()["t"]) is tuple and LIMIT == 3

class Node:
    def __init__(self, left=None, right=None):
        self.left, self.right = left, right

def test_own_classes():
    assert depth(Node(Node(), Node(Node()))) == 3

def test_prints():
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        greet("you")
    assert out.getvalue() == "hello you\\n"

def test_context():
    with Stack(1) as s:
        assert len(s) == 1
    assert len(s) == 0
`,
    );
    expect(report).toMatchObject({ verdict: 'pass', passed: 12, failed: 0 });
  });

  test('for unittest, with asyncio', async () => {
    const report = await run(
      'python',
      PY,
      `import unittest, asyncio
from solution import *

class StackTest(unittest.TestCase):
    def setUp(self):
        self.stack = Stack(1)
    def test_pop(self):
        self.assertEqual(self.stack.pop(), 1)
        with self.assertRaises(Empty) as context:
            self.stack.pop()
        self.assertIn("empty", str(context.exception))
        self.assertRaises(ValueError, self.stack.pop)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertCountEqual(list(count(2)), [1, 0])
    def test_slow(self):
        self.assertEqual(asyncio.run(slow(4)), 4)

class Later(unittest.IsolatedAsyncioTestCase):
    async def test_later(self):
        self.assertEqual(await slow(5), 5)

if __name__ == "__main__":
    unittest.main()
`,
    );
    expect(report).toMatchObject({ verdict: 'pass', passed: 3, failed: 0 });
  });

  test('as bare assertions, lists of them, a check of a candidate, or by raising', async () => {
    const add = 'def helper():\n    pass\ndef add(a, b):\n    return a + b\n';
    const wrong = add.replace('a + b', 'a - b');
    const styles: string[][] = [
      ['assert add(1, 2) == 3\nassert add(1, 0) == 1'],
      ['assert add(1, 2) == 3', 'assert add(2, 2) == 4'],
      ['def check(candidate):\n    assert candidate(1, 2) == 3\n    assert abs(candidate(1, 2) - 3) < 1e-6\n'],
      ['METADATA = {}\ndef check(f):\n    assert f(1, 2) == 3\ncheck(add)'],
      ['if add(1, 2) != 3:\n    raise Exception("no")\nprint("all passed")'],
      ['import sys\nif add(1, 2) != 3:\n    sys.exit(1)'],
      ['def test():\n    assert add(1, 2) == 3\nif __name__ == "__main__":\n    test()'],
    ];
    const verdicts = await Promise.all(
      styles.map(async (sources) => [
        (await run('python', add, ...sources)).verdict,
        (await run('python', wrong, ...sources)).verdict,
      ]),
    );
    expect(verdicts).toEqual(styles.map(() => ['pass', 'fail']));
  });

  test('that assert nothing, or stop before they do, are no pass', async () => {
    const solution = 'def none():\n    return []\n';
    for (const tests of [
      '1 + 1',
      'for x in none():\n    assert x',
      'def test_x():\n    for x in none():\n        assert x',
    ])
      expect((await run('python', solution, tests)).verdict).toBe('fail');
  });

  test('of something that the language has too', async () => {
    const tests = 'assert pow(2, 3) == 8\nassert pow(2, 0) == 1';
    expect(await run('python', 'def pow(a, b):\n    return a ** b', tests)).toMatchObject({ verdict: 'pass' });
    expect(await run('python', 'def pow(a, b):\n    return a * b', tests)).toMatchObject({ verdict: 'fail' });
  });

  test('a thousand calls take no time to speak of', async () => {
    const tests = 'for i in range(1000):\n    assert f([i]) == [i + 1]\n';
    expect(await run('python', 'def f(xs):\n    return [x + 1 for x in xs]', tests)).toMatchObject({
      verdict: 'pass',
      passed: 1_000,
    });
  });
});
