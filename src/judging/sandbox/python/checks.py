# The tests' side: counts assertions, and stands in for pytest.

import ast
import contextlib
import re

TALLY = {"ran": 0, "failed": []}


def held():
    TALLY["ran"] += 1


def shown(value):
    try:
        return repr(value)[:150]
    except Exception:
        return "an object"


def failed(message, detail):
    text = f"{message}: {detail}" if message is not None else detail
    TALLY["failed"].append(text[:300])
    raise AssertionError(text[:300])


def check_true(value, message, source):
    if value:
        return held()
    return failed(message(), source)


def check_equal(left, right, message, source):
    if left == right:
        return held()
    return failed(message(), f"{source}: got {shown(left)}, expected {shown(right)}")


class Counting(ast.NodeTransformer):
    """Makes calls of assertions, so that each is counted and says what it saw."""

    def visit_Assert(self, node):
        self.generic_visit(node)
        source = ast.Constant(ast.unparse(node)[:160])
        message = ast.Lambda(ast.arguments([], [], None, [], [], None, []), node.msg or ast.Constant(None))
        test = node.test
        is_equality = isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)
        name, values = ("__check_equal__", [test.left, test.comparators[0]]) if is_equality else ("__check_true__", [test])
        call = ast.Call(ast.Name(name, ast.Load()), [*values, message, source], [])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))


def checks_in(node):
    """Whether a test says how it checks; then it must come to check something."""
    for each in ast.walk(node):
        if isinstance(each, ast.Assert):
            return True
        if isinstance(each, ast.Attribute) and (each.attr.startswith("assert") or each.attr == "raises"):
            return True
    return False


class Approx:
    __hash__ = None

    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs, nan_ok

    def __eq__(self, other):
        return self.near(self.expected, other)

    def near(self, expected, other):
        if isinstance(expected, dict):
            return type(other) is dict and expected.keys() == other.keys() and all(self.near(each, other[key]) for key, each in expected.items())
        if isinstance(expected, (list, tuple)):
            return isinstance(other, (list, tuple)) and len(other) == len(expected) and all(map(self.near, expected, other))
        if isinstance(expected, bool) or not isinstance(expected, (int, float, complex, decimal.Decimal, fractions.Fraction)):
            return expected == other
        if isinstance(other, bool) or not isinstance(other, (int, float, complex, decimal.Decimal, fractions.Fraction)):
            return False
        if expected == other:
            return True
        if expected != expected:
            return self.nan_ok and other != other
        most = max(self.abs if self.abs is not None else 1e-12, (self.rel if self.rel is not None else (1e-6 if self.abs is None else 0)) * abs(complex(expected)))
        return abs(complex(other) - complex(expected)) <= most

    def __repr__(self):
        return f"about {self.expected!r}"


class Raised:
    def __init__(self):
        self.value = self.type = None

    def match(self, pattern):
        return matched(pattern, self.value)

    def __str__(self):
        return str(self.value)


def matched(pattern, error):
    return check_true(re.search(pattern, str(error)), lambda: None, f"{str(error)!r} does not match {pattern!r}")


class Raises:
    def __init__(self, expected, match):
        self.expected, self.match, self.info = expected, match, Raised()

    def __enter__(self):
        return self.info

    def __exit__(self, kind, error, _):
        if error is None:
            failed(None, f"nothing was raised, expected {shown(self.expected)}")
        if not isinstance(error, self.expected):
            return False
        self.info.value, self.info.type = error, kind
        held()
        if self.match is not None:
            matched(self.match, error)
        return True


def raises(expected=Exception, *args, match=None, **named):
    if args and callable(args[0]):
        with Raises(expected, match) as info:
            args[0](*args[1:], **named)
        return info
    return Raises(expected, match)


class Skipped(Exception):
    pass


def skip(reason="", **_):
    raise Skipped(str(reason))


def fixture(function=None, **options):
    def mark(given):
        given.__fixture__ = options
        return given

    return mark(function) if callable(function) else mark


class Mark:
    def __getattr__(self, name):
        def mark(*args, **named):
            if name != "parametrize" and len(args) == 1 and callable(args[0]) and not named:
                return args[0]

            def apply(given):
                if name == "parametrize":
                    given.__rows__ = [(args[0], list(args[1]), named), *getattr(given, "__rows__", [])]
                elif name == "skip" or (name == "skipif" and args and args[0] is True):
                    given.__skip__ = True
                return given

            return apply

        return mark


class Param:
    def __init__(self, *values, id=None, marks=()):
        self.values, self.id = values, id


def pytest_module():
    module = types.ModuleType("pytest")
    members = {"raises": raises, "approx": Approx, "fixture": fixture, "mark": Mark(), "skip": skip, "param": Param, "main": lambda *_, **__: 0,
               "fail": lambda reason="", **_: failed(None, str(reason) or "pytest.fail()"), "importorskip": __import__}
    for name, value in members.items():
        setattr(module, name, value)
    return module


def rows_of(function):
    """Every combination of its parameters, as keyword arguments."""
    combinations = [({}, "")]
    for names, rows, _ in getattr(function, "__rows__", []):
        keys = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
        several = []
        for given, title in combinations:
            for row in rows:
                values = row.values if isinstance(row, Param) else (row if len(keys) > 1 else (row,))
                several.append(({**given, **dict(zip(keys, values))}, f"{title}{'-' if title else ''}{'-'.join(shown(each) for each in values)}"))
        combinations = several
    return combinations[:500]
