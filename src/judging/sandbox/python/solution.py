# The solution's side: loads it, and answers what is asked of it. Whatever it does to this interpreter, it can only answer.


class Printed:
    """What a solution prints, for tests that read it; a flood is cut."""

    encoding, errors, closed = "utf-8", "strict", False

    def __init__(self):
        self.parts, self.left = [], 100_000

    def write(self, text):
        text = str(text)
        self.parts.append(text[: self.left])
        self.left = max(0, self.left - len(text))
        return len(text)

    def take(self):
        text = "".join(self.parts)
        self.parts, self.left = [], 100_000
        return text

    def writelines(self, lines):
        for each in lines:
            self.write(each)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        raise OSError("no descriptor")


def reflected(name):
    return lambda a, b: getattr(operator, name)(a, b)


async def awaited(value):
    return await value


def wait(value):
    import asyncio

    return asyncio.run(awaited(value))


def entered(value):
    return type(value).__enter__(value)


def leave(value, *args):
    return type(value).__exit__(value, *(args or (None, None, None)))


OPERATIONS = {name: reflected(name) for name in "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift eq ne lt le gt ge contains iadd isub imul".split()}
OPERATIONS.update(
    {"len": len, "iter": iter, "next": next, "list": list, "bool": bool, "str": str, "repr": repr, "hash": hash, "int": int, "float": float,
     "complex": complex, "index": operator.index, "abs": abs, "neg": operator.neg, "pos": operator.pos, "invert": operator.invert, "round": round,
     "format": format, "getitem": operator.getitem, "setitem": operator.setitem, "delitem": operator.delitem, "reversed": reversed,
     "divmod": divmod, "dir": dir, "await": wait, "enter": entered, "exit": leave, "trunc": math.trunc, "floor": math.floor, "ceil": math.ceil}
)


def use(peer, op, on, key, args, named):
    if op in ("call", "apply"):
        return on(*args, **named)
    if op == "do":
        return OPERATIONS[key](*args)
    if op == "get":
        return getattr(on, key)
    if op == "set":
        return setattr(on, key, args[0])
    if op == "delete":
        return delattr(on, key)
    if op == "method":
        return getattr(on() if isinstance(on, type) else on, key)
    if op == "idle":
        return None
    raise TypeError(f"there is no {op}")


def offered(mirror, names):
    """What tests find: everything that the solution defined or named, and the last function as the one that is meant."""
    seen, all_names, imported, last = set(), {}, {}, None
    for name, value in names.items():
        if name.startswith("__"):
            continue
        if isinstance(value, types.ModuleType):
            imported[name] = value.__name__
            continue
        if getattr(type(value), "__module__", "") == "typing" or getattr(value, "__module__", "") == "typing":
            continue
        all_names[name] = mirror.encode(value, seen)
        is_own = getattr(value, "__module__", None) == "solution"
        if callable(value) and is_own and not name.startswith("_") and (not isinstance(value, type) or last is None):
            last = all_names[name]
    return json.dumps({"names": all_names, "main": last, "imported": imported})


def main(channel, job):
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    global PEER
    PEER = peer = Peer("s", channel, use)
    printed = Printed()
    sys.stdout = sys.stderr = printed
    sys.stdin = None
    sys.setrecursionlimit(1_060)
    try:
        exec(compile(job["source"], "solution.py", "exec", dont_inherit=True), module.__dict__)
        offer = offered(peer.mirror, dict(module.__dict__))
    except BaseException as error:
        channel.write({"failed": f"{type(error).__name__}: {error}"[:300]})
        return
    printed.take()
    peer.printed = printed
    channel.write({"loaded": offer})
    while True:
        channel.write(peer.answer(channel.read()))
