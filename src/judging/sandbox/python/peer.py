# One side of a run: its channel, what it asks, and how it answers. Runs in the same names as `mirror.py`.


class Channel:
    """Lines over one descriptor. Questions may come while an answer is awaited."""

    def __init__(self, number):
        self.number, self.rest = number, b""

    def read(self):
        while b"\n" not in self.rest:
            part = os.read(self.number, 65536)
            if not part:
                os._exit(0)
            self.rest += part
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def write(self, message):
        data = memoryview((json.dumps(message) + "\n").encode())
        while data:
            data = data[os.write(self.number, data):]


class Peer:
    """One side: asks the other, and answers it."""

    def __init__(self, side, channel, serve):
        self.channel, self.serve, self.count = channel, serve, 0
        self.mirror = Mirror(side, self.ask)
        self.printed = None

    def ask(self, op, wire_id=None, key=None, args=(), named=None):
        seen = set()
        self.count += 1
        request = {"q": self.count, "op": op, "on": ["r", wire_id], "key": key, "args": [self.mirror.encode(each, seen) for each in args]}
        if named:
            request["named"] = {name: self.mirror.encode(each, seen) for name, each in named.items()}
        lent = reach([*args, *(named or {}).values()])
        self.channel.write(request)
        while True:
            reply = self.channel.read()
            if "q" not in reply:
                break
            self.channel.write(self.answer(reply))
        if reply.get("printed"):
            sys.stdout.write(str(reply["printed"]))
        for each in reply.get("back") or ():
            self.mirror.decode(each, lent)
        if "error" in reply:
            error = self.mirror.decode(reply["error"], lent)
            raise error if isinstance(error, BaseException) else TypeError("not an error")
        return self.mirror.decode(reply.get("value"), lent)

    def answer(self, request):
        reply, met = {"a": request["q"]}, {}
        mirror = self.mirror
        try:
            decode = lambda wire: mirror.decode(wire, (), met)
            on = decode(request["on"]) if request.get("on") and request["on"][1] is not None else None
            args = [decode(each) for each in request.get("args") or ()]
            named = {name: decode(each) for name, each in (request.get("named") or {}).items()}
            before = mirror.shallow(list(met.values()))
            seen = set()
            try:
                reply["value"] = mirror.encode(self.serve(self, request["op"], on, request.get("key"), args, named), seen)
            except BaseException as error:
                reply["error"] = mirror.encode(error, seen)
            now = mirror.shallow(list(met.values()))
            reply["back"] = [each for wire_id, each in now.items() if each != before.get(wire_id)]
        except BaseException as error:
            problem = TypeError(f"the value can't be passed: {type(error).__name__}")
            reply = {"a": request["q"], "error": mirror.encode(problem, set())}
        if self.printed is not None:
            reply["printed"] = self.printed.take()
        return reply


def reach(values):
    """The containers among these, with those inside of them."""
    found, left = {}, list(values)
    while left:
        value = left.pop()
        if type(value) is tuple:
            left.extend(value)
        if type(value) not in KIND_OF or id(value) in found:
            continue
        found[id(value)] = value
        if isinstance(value, dict):
            left.extend(value.keys())
            left.extend(value.values())
        elif not isinstance(value, bytearray):
            left.extend(value)
    return found


PROXIES = {}


def start():
    channel = Channel(CHANNEL)
    # From here on the time counts.
    channel.write({"ready": True})
    job = channel.read()
    name = {"s": "solution", "t": "tests", "p": "probe"}[job["side"]]
    parts = {"tests": ["remote", "checks", "tests"], "solution": ["remote", "solution"]}.get(name, [name])
    for each in parts:
        exec(compile(SOURCES[each], f"<{each}>", "exec"), globals())
    globals()["main"](channel, job)
    os._exit(0)
