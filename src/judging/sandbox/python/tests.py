# The tests' side: stands for what the solution defined, and runs a file of tests against it.

import importlib.abc
import importlib.machinery
import inspect

SAFE = set("len iter next bool str repr getitem contains eq lt le gt ge hash setitem delitem".split())
SHUT = {exec, eval, compile, open, __import__, getattr, setattr, delattr, vars, globals, locals, input, breakpoint}


def offered_here(on, op, key):
    """What the solution may do with what it was handed: call functions, and use objects of the tests' own classes."""
    if op in ("call", "apply"):
        if isinstance(on, types.BuiltinFunctionType):
            return on not in SHUT and type(on.__self__) in KIND_OF
        return isinstance(on, (types.FunctionType, types.MethodType)) or (isinstance(on, type) and on.__module__ == "__main__")
    if op == "do":
        return False
    is_own = type(on).__module__ == "__main__" and not isinstance(on, type)
    return is_own and isinstance(key, str) and not key.startswith("_") and op in ("get", "set", "delete")


def serve_tests(peer, op, on, key, args, named):
    if op == "do" and args:
        subject = args[0]
        is_own = type(subject).__module__ == "__main__" and not isinstance(subject, type)
        is_iterator = isinstance(subject, collections.abc.Iterator) and key in ("next", "iter", "list")
        if is_iterator or (is_own and key in SAFE):
            return getattr(operator if hasattr(operator, key) and key not in ("len",) else builtins, key)(*args)
        if isinstance(subject, collections.abc.Awaitable) and key == "await":
            import asyncio

            return asyncio.run(subject)
        raise TypeError(f"{key} is not offered here")
    if not offered_here(on, op, key):
        raise TypeError(f"{op} is not offered here")
    if op in ("call", "apply"):
        return on(*args, **named)
    return {"get": getattr, "set": setattr, "delete": delattr}[op](on, key, *args)


class Imports(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Tests import the work by the name of a file that is not there: what offers all that they want is meant."""

    def __init__(self, module, wanted):
        self.module, self.wanted = module, wanted

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.stdlib_module_names or name not in self.wanted:
            return None
        if all(hasattr(self.module, each) for each in self.wanted[name]):
            return importlib.machinery.ModuleSpec(name, self)
        return None

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        pass


def wanted_by(tree):
    wanted = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            wanted.setdefault(node.module, set()).update(each.name for each in node.names if each.name != "*")
            node.level = 0
        elif isinstance(node, ast.ImportFrom):
            node.module, node.level = "solution", 0
        elif isinstance(node, ast.Import):
            for each in node.names:
                wanted.setdefault(each.name, set())
    return wanted


class Suite:
    def __init__(self, report, names):
        self.report, self.names = report, names

    def unit(self, body, needs):
        TALLY["ran"], TALLY["failed"] = 0, []
        detail = ""
        try:
            body()
        except Skipped:
            return {"ok": True, "asserts": 0, "detail": "", "skipped": True}
        except BaseException as error:
            detail = f"{type(error).__name__}: {error}"
        if TALLY["failed"]:
            detail = TALLY["failed"][0]
        elif not detail and needs and TALLY["ran"] == 0:
            detail = "it ended without an assertion"
        return {"ok": detail == "", "asserts": TALLY["ran"], "detail": detail[:300]}

    def run(self, statements, needs, begin):
        """The top of the file, then what it registered. A failed assertion at the top does not keep the others from being tried."""
        self.report({"event": "begin", "name": ""})
        asserts, failures = 0, []
        for title, is_check, code in statements:
            went = self.unit(lambda: exec(code, self.names), False)
            asserts += went["asserts"]
            if not went["ok"]:
                failures.append([title, went["detail"]])
                if not is_check:
                    break
        units = [] if failures and not is_check else self.registered(asserts)
        self.report({"event": "end", "top": True, "ok": not failures, "asserts": asserts, "detail": failures[0][1] if failures else "", "failures": failures, "tests": len(units)})
        for at, (name, body) in enumerate(units):
            if at < begin:
                continue
            self.report({"event": "begin", "at": at, "name": name[:200]})
            went = self.unit(body, needs.get(name.split("[")[0].split(".")[-1], False))
            self.report({"event": "end", "at": at, **went})
            PEER.mirror.forget()
        self.report({"event": "done"})

    def registered(self, asserts):
        units = []
        for name, value in list(self.names.items()):
            if isinstance(value, types.FunctionType) and name.startswith("test"):
                units += self.functions(name, value, None)
            elif isinstance(value, type) and value.__module__ == "__main__":
                if "unittest" in sys.modules and issubclass(value, sys.modules["unittest"].TestCase):
                    units += self.cases(value)
                elif name.startswith("Test"):
                    methods = [each for each in dir(value) if each.startswith("test")]
                    units += [unit for each in methods for unit in self.functions(f"{name}.{each}", getattr(value, each), value)]
        if not units and asserts == 0 and callable(self.names.get("check")):
            units.append(("check", lambda: self.names["check"](self.names.get("candidate"))))
        return units

    def functions(self, name, function, owner):
        if getattr(function, "__skip__", False):
            return []
        rows = rows_of(function)
        return [(f"{name}[{title}]" if title else name, lambda given=given: self.call(function, owner, given)) for given, title in rows]

    def call(self, function, owner, given):
        with contextlib.ExitStack() as stack:
            own = owner() if owner else None
            for name in ("setup_class", "setup_method", "setup"):
                self.hook(own, name, function)
            made = {}
            for name in list(inspect.signature(function).parameters)[1 if owner else 0:]:
                made[name] = given[name] if name in given else self.fixture(name, own, stack, made)
            for name, each in list(self.names.items()):
                if isinstance(each, types.FunctionType) and getattr(each, "__fixture__", {}).get("autouse") and name not in made:
                    self.fixture(name, own, stack, {})
            result = function(own, **made) if owner else function(**made)
            if inspect.iscoroutine(result):
                import asyncio

                asyncio.run(result)
            self.hook(own, "teardown_method", function)

    def hook(self, own, name, function):
        hook = getattr(own, name, None)
        if hook is not None:
            hook(*([function] if name.endswith("method") and len(inspect.signature(hook).parameters) else []))

    def fixture(self, name, own, stack, made):
        if name in made:
            return made[name]
        function = getattr(own, name, None) or self.names.get(name)
        if name == "candidate" and isinstance(function, RemoteFunction):
            return function
        if not isinstance(function, (types.FunctionType, types.MethodType)) or not hasattr(function, "__fixture__"):
            raise TypeError(f"there is no fixture {name}")
        needed = [each for each in inspect.signature(function).parameters if each != "self"]
        value = function(**{each: self.fixture(each, own, stack, made) for each in needed})
        if inspect.isgenerator(value):
            generator = value
            value = next(generator)
            stack.callback(lambda: next(generator, None))
        made[name] = value
        return value

    def cases(self, owner):
        unittest = sys.modules["unittest"]
        names = unittest.TestLoader().getTestCaseNames(owner)

        def run(name):
            result = unittest.TestResult()
            unittest.TestSuite([owner(name)]).run(result)
            for _, text in [*result.failures, *result.errors]:
                TALLY["failed"].append(text.strip().splitlines()[-1][:300])
            if result.unexpectedSuccesses:
                TALLY["failed"].append("it should have failed")
            if result.testsRun == 0 and not TALLY["failed"]:
                TALLY["failed"].append("it did not run")

        return [(f"{owner.__name__}.{name}", lambda name=name: run(name)) for name in names]


def count_cases():
    """Counts what `unittest` asserts, and keeps its runner from running."""
    import unittest

    for name in dir(unittest.TestCase):
        if name.startswith("assert"):
            setattr(unittest.TestCase, name, counted(getattr(unittest.TestCase, name), name))
    unittest.main = lambda *_, **__: None


def counted(function, name):
    def method(self, *args, **named):
        result = function(self, *args, **named)
        if name in ("assertRaises", "assertRaisesRegex") and result is not None:
            leave = type(result).__exit__
            if not hasattr(type(result), "__counted__"):
                type(result).__counted__ = True
                type(result).__exit__ = lambda own, kind, error, trace: (held(), True)[1] if leave(own, kind, error, trace) else False
        else:
            held()
        return result

    return method


def statements_of(sources):
    """Each statement at the top of each file, so that one failed assertion does not hide the others."""
    for at, source in enumerate(sources):
        tree = ast.parse(source)
        for node in tree.body:
            is_check = isinstance(node, ast.Assert) or len(sources) > 1
            title = f"line {node.lineno}" if len(sources) == 1 else f"test {at + 1}"
            yield title, is_check, node


def main(channel, job):
    global PEER
    PEER = Peer("t", channel, serve_tests)
    sys.stdout = sys.stderr = open(os.devnull, "w") if os.path.exists(os.devnull) else None
    sys.setrecursionlimit(2_000)
    offer = json.loads(job["offer"])
    module = types.ModuleType("solution")
    for name, wire in offer["names"].items():
        setattr(module, name, PEER.mirror.decode(wire))
    for name, imported in offer["imported"].items():
        if name == imported and name in sys.stdlib_module_names:
            setattr(module, name, __import__(name))
    taken = {each for each in vars(module) if hasattr(builtins, each)}
    module.__all__ = [each for each in vars(module) if not each.startswith("_") and each not in taken]
    names = {"__name__": "__main__", "candidate": PEER.mirror.decode(offer["main"])}
    names.update({each: vars(module)[each] for each in vars(module) if not each.startswith("__") and each not in taken})
    names.update({"__check_true__": check_true, "__check_equal__": check_equal})
    sys.modules.update({"solution": module, "pytest": pytest_module(), "__main__": types.ModuleType("__main__")})
    try:
        trees = [(title, is_check, node) for title, is_check, node in statements_of(job["sources"])]
    except SyntaxError as error:
        channel.write({"failed": f"the tests can't be parsed: {error}"[:300]})
        return
    # A name for something of the language's own is had by asking for it, or where the tests can mean nothing else.
    words = {each.id for _, _, node in trees for each in ast.walk(node) if isinstance(each, ast.Name)}
    if not words & names.keys():
        names.update({each: vars(module)[each] for each in taken if not each.startswith("_")})
    wanted = wanted_by(ast.Module([node for _, _, node in trees], []))
    sys.meta_path.append(Imports(module, wanted))
    if any(each.split(".")[0] == "unittest" for each in wanted):
        count_cases()
    needs = {each.name: checks_in(each) for _, _, node in trees for each in ast.walk(node) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
    code = [(title, is_check, compile(Counting().visit(ast.Module([node], [])), "tests.py", "exec", dont_inherit=True)) for title, is_check, node in trees]
    Suite(channel.write, names).run(code, needs, job.get("from", 0))
