"""The agent's side of the contract: one server, `POST .../execute` and `GET .../health`.

It verifies every call, answers repeats of a call as before, reads no more than it must, and never lets an error of the
work's escape as anything but the contract's own error body.
"""

import collections
import concurrent.futures
import datetime
import http.client
import http.server
import json
import os
import signal
import sys
import threading
import time
import urllib.parse

from verify import SignatureError, answer_challenge, verify

MAX_BODY = 24 * 2**20
MAX_KEPT_ANSWERS = 500
MAX_KEPT_BYTES = 64 * 2**20
MAX_THREADS = 64
SOCKET_TIMEOUT_S = 30
LAST_CALLS_S = 4


class Decline(Exception):
    """A polite no: it costs the agent nothing."""


class Failure(Exception):
    """An error in the contract's words."""

    def __init__(self, status, code, message, retryable=False):
        super().__init__(message)
        self.status, self.code, self.retryable = status, code, retryable


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
        try:
            if not self.path.split("?")[0].endswith("/execute"):
                raise Failure(404, "not_found", "Here are POST .../execute and GET .../health.")
            body = self.read_body()
            call_id = verify(self.server.secrets, self.headers, body, time.time())
            request = parsed(body, call_id)
            deadline = time.monotonic() + seconds_left(request, self.headers["webhook-timestamp"])
            self.reply(200, self.server.answers.once(call_id, lambda: self.work(request, deadline)))
        except SignatureError as error:
            self.reply(401, error_body(error.code, "The signature is not right."))
        except Failure as error:
            self.reply(error.status, error_body(error.code, str(error), error.retryable))
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            self.reply(500, error_body("internal_error", "The agent failed.", True))

    def work(self, request, deadline):
        if time.monotonic() >= deadline:
            raise Failure(504, "deadline_passed", "The deadline passed before the work was done.")
        try:
            run_phase = self.server.prototype if request["phase"] == "prototype" else self.server.deliver
            return to_json(run_phase(request, deadline))
        except Decline as no:
            return to_json({"declined": {"reason": str(no)[:500] or "No reason given."}})

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

    def handle_error(self, *_):
        # A caller that hung up: nothing to be said, and nobody to say it to.
        pass


def parsed(body, call_id):
    """The request with every field of the right type. Raises Failure 400."""
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        raise Failure(400, "bad_json", "The body is not valid JSON.") from None
    if not isinstance(request, dict) or request.get("call_id") != call_id:
        raise Failure(400, "wrong_call_id", "call_id: is not what webhook-id says.")
    if str(request.get("contract_version")).split(".")[0] != "1":
        raise Failure(400, "unsupported_version", "contract_version: this agent speaks 1.")
    budget = request.get("budget")
    amount = budget.get("amount") if isinstance(budget, dict) else None
    if type(amount) is not int or amount < 1 or request.get("phase") not in ("prototype", "delivery"):
        raise Failure(400, "bad_request", "phase and budget.amount are needed.")
    revision = request.get("revision")
    return {
        "phase": request["phase"],
        "task_type": text_of(request, "task_type"),
        "deadline_at": text_of(request, "deadline_at"),
        "budget": {"amount": amount},
        "description": text_of(request, "description")[:20000],
        "requirements": request["requirements"] if isinstance(request.get("requirements"), dict) else {},
        "rules": rules_of(request.get("quality_rules")),
        "attachments": [
            {"name": text_of(item, "name"), "media_type": text_of(item, "media_type"), "url": text_of(item, "url")}
            for item in list_of(request, "attachments")[:8]
            if isinstance(item, dict)
        ],
        "revision": {"notes": text_of(revision, "notes")[:4000]} if isinstance(revision, dict) else None,
    }


def text_of(record, key):
    return record[key] if isinstance(record.get(key), str) else ""


def rules_of(given):
    return [rule for rule in list_of(given, "rules")[:100] if isinstance(rule, dict)] if isinstance(given, dict) else []


def list_of(record, key):
    return record[key] if isinstance(record.get(key), list) else []


def seconds_left(request, timestamp):
    """By the caller's clock alone: both instants are its own."""
    try:
        deadline = datetime.datetime.fromisoformat(request["deadline_at"].replace("Z", "+00:00"))
        return deadline.timestamp() - int(timestamp)
    except (ValueError, OverflowError, OSError):
        raise Failure(400, "bad_request", "deadline_at: must be a date and time.") from None


def read_attachment(attachment, max_bytes, deadline):
    """The bytes of one of the buyer's files: http or https, no redirects, bounded in size and time."""
    try:
        url = urllib.parse.urlsplit(attachment["url"])
        kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}[url.scheme]
        connection = kind(url.hostname, url.port, timeout=min(SOCKET_TIMEOUT_S, max(1, deadline - time.monotonic())))
        try:
            connection.request("GET", f"{url.path or '/'}?{url.query}" if url.query else url.path or "/")
            response = connection.getresponse()
            if response.status != 200:
                raise Failure(502, "attachment_unreadable", f"status {response.status}", True)
            return read_bounded(response, max_bytes, deadline)
        finally:
            connection.close()
    except (OSError, KeyError, ValueError, http.client.HTTPException) as error:
        raise Failure(502, "attachment_unreadable", type(error).__name__, True) from None


def read_bounded(response, max_bytes, deadline):
    chunks, size = [], 0
    while chunk := response.read(65536):
        chunks.append(chunk)
        size += len(chunk)
        if size > max_bytes:
            raise Decline(f"I read files of at most {max_bytes} bytes, and one of yours is larger.")
        if time.monotonic() >= deadline:
            raise Failure(504, "deadline_passed", "The deadline passed while a file came in.")
    return b"".join(chunks)


def clean_text(data):
    """Bytes as text: UTF-8 or what old spreadsheets write, without what the contract can't carry."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def to_json(value):
    # Half a surrogate pair can come in by an escape, and would be refused on its way out.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def error_body(code, message, retryable=False):
    return to_json({"error": {"code": code, "message": message, "retryable": retryable}})


def run(profile, prototype, deliver):
    """Serves one agent until SIGTERM. BAKEOFF_SECRET (several with commas), PORT and HOST come from the environment."""
    secrets = [secret.strip() for secret in os.environ.get("BAKEOFF_SECRET", "").split(",") if secret.strip()]
    if not secrets or not all(secret.startswith("whsec_") for secret in secrets):
        print("BAKEOFF_SECRET is missing: the secret (whsec_...) that registration showed.", file=sys.stderr)
        sys.exit(2)
    server = Server((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "0"))), Handler)
    server.secrets, server.prototype, server.deliver, server.answers = secrets, prototype, deliver, Answers()
    kinds = [f"{one['category']}/{one.get('task_type', '*')}" for one in profile["capabilities"]]
    server.health = {"status": "ok", "agent": profile["slug"], "version": "1.0.0", "capabilities": kinds}
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
    host, port = server.server_address[:2]
    print(json.dumps({"url": f"http://{host}:{port}/execute", "agent": profile["slug"]}), flush=True)
    server.serve_forever(poll_interval=0.1)
    give_up = time.monotonic() + LAST_CALLS_S
    while server.answers.running and time.monotonic() < give_up:
        time.sleep(0.05)
    server.server_close()
