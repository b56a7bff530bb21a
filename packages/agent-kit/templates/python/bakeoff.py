"""The agent's side of the contract: one server, `POST .../execute` and `GET .../health`.

It verifies every call, answers repeats of a call as before, reads no more than it must, and never lets an error of the
work's escape as anything but the contract's own error body. Where the profile says `"execution_mode": "async"`, a call that
brings a callback is acknowledged at once, and answered there when the work is done.
"""

import collections
import concurrent.futures
import http.server
import json
import os
import signal
import sys
import threading
import time

from contract import Decline, Failure, deadline_passed, error_body, parsed, seconds_left, to_json
from outgoing import Callback, Undelivered
from verify import SignatureError, answer_challenge, verify

MAX_BODY = 24 * 2**20
MAX_KEPT_ANSWERS = 500
MAX_KEPT_BYTES = 64 * 2**20
MAX_THREADS = 64
SOCKET_TIMEOUT_S = 30
LAST_CALLS_S = 4


class Answers:
    """What each call was answered. A repeat waits for the one that runs, and failures are forgotten."""

    def __init__(self):
        self.lock = threading.Lock()
        self.known = collections.OrderedDict()
        self.kept_bytes = 0
        self.running = 0

    def once(self, call_id, work):
        with self.lock:
            future = self.known.get(call_id)
            is_repeat = future is not None
            if not is_repeat:
                future = self.known[call_id] = concurrent.futures.Future()
                self.running += 1
        if is_repeat:
            return future.result()
        try:
            body = work()
            with self.lock:
                future.set_result(body)
                self.keep(len(body))
            return body
        except Exception as error:
            with self.lock:
                self.known.pop(call_id, None)
                future.set_exception(error)
            raise
        finally:
            with self.lock:
                self.running -= 1

    def keep(self, size):
        self.kept_bytes += size
        for call_id in list(self.known):
            if len(self.known) <= MAX_KEPT_ANSWERS and self.kept_bytes <= MAX_KEPT_BYTES:
                return
            if self.known[call_id].done():
                self.kept_bytes -= len(self.known.pop(call_id).result())


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "agent"
    sys_version = ""
    timeout = SOCKET_TIMEOUT_S

    def do_GET(self):
        is_health = self.path.split("?")[0].endswith("/health")
        self.reply(200 if is_health else 404, self.health() if is_health else error_body("not_found", "Not here."))

    def health(self):
        """Who is there; to Bakeoff itself also the proof that this endpoint holds the agent's secret."""
        challenge = self.headers["bakeoff-challenge"]
        try:
            if challenge and verify(self.server.secrets, self.headers, b"", time.time()) == challenge:
                return to_json({**self.server.health, "challenge": answer_challenge(self.server.secrets[0], challenge)})
        except SignatureError:
            pass
        return to_json(self.server.health)

    def do_POST(self):
        def execute():
            if not self.path.split("?")[0].endswith("/execute"):
                raise Failure(404, "not_found", "Here are POST .../execute and GET .../health.")
            body = self.read_body()
            call_id = verify(self.server.secrets, self.headers, body, time.time())
            request = parsed(body, call_id)
            deadline = time.monotonic() + seconds_left(request, self.headers["webhook-timestamp"])
            is_later = self.server.is_async and request["callback"] is not None
            begin = self.server.acknowledge if is_later else self.server.work
            return 202 if is_later else 200, self.server.answers.once(call_id, lambda: begin(request, deadline))

        self.reply(*guarded(execute))

    def read_body(self):
        if (self.headers["content-type"] or "").split(";")[0].strip().lower() != "application/json":
            raise Failure(415, "unsupported_media_type", "content-type: must be application/json.")
        length = self.headers["content-length"] or ""
        if not length.isdecimal() or len(length) > 12 or "transfer-encoding" in self.headers:
            raise Failure(411, "length_required", "The body must come with its length.")
        if int(length) > MAX_BODY:
            raise Failure(413, "body_too_large", f"The body must have at most {MAX_BODY} bytes.")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Failure(400, "body_broken_off", "The request ended before its body did.")
        self.is_read = True
        return body

    is_read = False

    def reply(self, status, body):
        # What was not read to its end can't be followed by another request on this connection.
        self.close_connection = self.close_connection or (self.command == "POST" and not self.is_read)
        self.is_read = False
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def process_request(self, request, client_address):
        if threading.active_count() > MAX_THREADS:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def work(self, request, deadline, progress=lambda message, percent=None: None):
        if time.monotonic() >= deadline:
            raise deadline_passed("before the work was done")
        try:
            run_phase = self.prototype if request["phase"] == "prototype" else self.deliver
            return to_json(run_phase(request, deadline, progress))
        except Decline as no:
            return to_json({"declined": {"reason": str(no)[:500] or "No reason given."}})

    def acknowledge(self, request, deadline):
        """The work goes on in a thread of its own; what comes of it, be it an error, goes to the callback."""
        if time.monotonic() >= deadline:
            raise deadline_passed("before the work was done")
        callback = Callback(request["call_id"], **request["callback"], deadline=deadline)
        thread = threading.Thread(target=self.answer_later, args=(request, deadline, callback), daemon=True)
        self.later[thread] = deadline
        thread.start()
        return to_json({"accepted": True})

    def answer_later(self, request, deadline, callback):
        try:
            _, body = guarded(lambda: (200, self.work(request, deadline, callback.progress)))
            self.deliver_to(callback, body)
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        finally:
            self.later.pop(threading.current_thread(), None)

    def deliver_to(self, callback, body):
        try:
            callback.answer(body)
        except Undelivered as error:
            if error.status == 422:  # nothing better will come: sooner is better than a deadline that passes
                callback.answer(error_body("bad_answer", "The answer breaks the contract."))
            raise

    def handle_error(self, *_):
        # A caller that hung up: nothing to be said, and nobody to say it to.
        pass


def guarded(work):
    """The status and body that `work` gives, or those of the error that it ends with."""
    try:
        return work()
    except SignatureError as error:
        return 401, error_body(error.code, "The signature is not right.")
    except Failure as error:
        return error.status, error_body(error.code, str(error), error.retryable)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 500, error_body("internal_error", "The agent failed.", True)


def run(profile, prototype, deliver):
    """Serves one agent until SIGTERM, and then waits for what it acknowledged: such a call does not come again. A second SIGTERM
    ends it at once. BAKEOFF_SECRET (several with commas), PORT and HOST come from the environment."""
    secrets = [secret.strip() for secret in os.environ.get("BAKEOFF_SECRET", "").split(",") if secret.strip()]
    if not secrets or not all(secret.startswith("whsec_") for secret in secrets):
        print("BAKEOFF_SECRET is missing: the secret (whsec_...) that registration showed.", file=sys.stderr)
        sys.exit(2)
    server = Server((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "0"))), Handler)
    server.secrets, server.prototype, server.deliver, server.answers = secrets, prototype, deliver, Answers()
    server.is_async, server.later = profile.get("execution_mode") == "async", {}
    kinds = [f"{one['category']}/{one.get('task_type', '*')}" for one in profile["capabilities"]]
    server.health = {"status": "ok", "agent": profile["slug"], "version": "1.0.0", "capabilities": kinds}

    def stop(number, _):
        signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=server.shutdown).start()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    host, port = server.server_address[:2]
    print(json.dumps({"url": f"http://{host}:{port}/execute", "agent": profile["slug"]}), flush=True)
    server.serve_forever(poll_interval=0.1)
    give_up = time.monotonic() + LAST_CALLS_S
    while server.answers.running and time.monotonic() < give_up:
        time.sleep(0.05)
    for thread, deadline in list(server.later.items()):
        thread.join(max(0, deadline - time.monotonic()))
    server.server_close()
