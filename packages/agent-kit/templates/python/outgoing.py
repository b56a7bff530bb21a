"""What an agent asks for itself: the buyer's files, and the callbacks of calls that it answers later."""

import base64
import hashlib
import hmac
import http.client
import threading
import time
import urllib.parse

from contract import Decline, Failure, deadline_passed, to_json

TRY_S = 30
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30
MAX_NOTES = 100
MAX_NOTE_CHARS = 280
# A little more than the least time between two notes.
NOTE_EVERY_S = 1.1
# What a callback is answered where the same one may be taken a little later, besides 5xx.
PASSING = (408, 425, 429)


def connection_to(url, timeout_s):
    """An open way to an http or https address, and the path there. Raises KeyError or ValueError for any other address."""
    parts = urllib.parse.urlsplit(url)
    kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}[parts.scheme]
    path = parts.path or "/"
    return kind(parts.hostname, parts.port, timeout=timeout_s), f"{path}?{parts.query}" if parts.query else path


def read_attachment(attachment, max_bytes, deadline):
    """The bytes of one of the buyer's files: http or https, no redirects, bounded in size and time."""
    try:
        left = deadline - time.monotonic()
        connection, target = connection_to(attachment["url"], min(TRY_S, max(1, left)))
        try:
            connection.request("GET", target)
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
            raise deadline_passed("while a file came in")
    return b"".join(chunks)


def clean_text(data):
    """Bytes as text: UTF-8 or what old spreadsheets write, without what the contract can't carry."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def sign(secret, message_id, timestamp, body):
    key = base64.b64decode(secret[len("whsec_"):], validate=True)
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


class Callback:
    """One call that was acknowledged: says how it goes, and answers it, signed with the secret that the call brought."""

    def __init__(self, call_id, url, secret, deadline):
        self.call_id, self.url, self.secret, self.deadline = call_id, url, secret, deadline
        self.lock = threading.Lock()
        self.note = None
        self.notes = 0
        self.is_telling = self.is_answered = False

    def progress(self, message, percent=None):
        """Sends a line to the buyer. Of those that come faster than they may go, the last one goes. Never raises, never waits."""
        line = one_line(message)
        with self.lock:
            if not line or self.is_answered:
                return
            is_share = isinstance(percent, (int, float)) and percent == percent
            self.note = {"message": line, **({"percent": min(100, max(0, percent))} if is_share else {})}
            if not self.is_telling:
                self.is_telling = True
                threading.Thread(target=self.tell, daemon=True).start()

    def tell(self):
        while note := self.next_note():
            try:
                self.post("/progress", f"{self.call_id}_progress_{self.notes}", to_json(note), 1)
            except (OSError, KeyError, ValueError, http.client.HTTPException):
                pass  # the next one says more
            time.sleep(NOTE_EVERY_S)

    def next_note(self):
        with self.lock:
            note, self.note = self.note, None
            self.is_telling = note is not None and not self.is_answered and self.notes < MAX_NOTES
            self.notes += self.is_telling
            return note if self.is_telling else None

    def answer(self, body):
        """Posts what the call is answered, again and again until it is taken. Raises Undelivered when it was refused or too late."""
        with self.lock:
            self.is_answered = True
        attempt, status, last = 0, None, "there was no time left"
        while self.deadline > time.monotonic():
            attempt += 1
            wait = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(attempt - 1, 10))
            try:
                status, text, retry_after = self.post("", self.call_id, body, attempt)
                if status < 300:
                    return
                last = f"it was answered {status}: {text}"
                if status < 500 and status not in PASSING:
                    break
                wait = retry_after or wait
            except (OSError, http.client.HTTPException) as error:
                status, last = None, f"{type(error).__name__}: {error}"
            time.sleep(max(0, min(wait, self.deadline - time.monotonic())))
        raise Undelivered(f"The callback of {self.call_id} was not taken: {last}", status)

    def post(self, path, message_id, body, attempt):
        timestamp = int(time.time())
        headers = {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(self.secret, message_id, timestamp, body),
            "bakeoff-attempt": str(attempt),
        }
        left = self.deadline - time.monotonic()
        connection, target = connection_to(self.url + path, min(TRY_S, max(1, left)))
        try:
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            after = response.headers["retry-after"] or ""
            text = response.read(2000).decode("utf-8", "replace")[:500]
            return response.status, text, int(after) if after.isdecimal() and len(after) < 6 else None
        finally:
            connection.close()


class Undelivered(Exception):
    """What was worked out reached nobody; `status` is what it was refused with, if it was."""

    def __init__(self, message, status):
        super().__init__(message)
        self.status = status


def one_line(message):
    text = "".join(char if char.isprintable() else " " for char in str(message))
    # The contract counts as JavaScript does, two for what lies beyond the first 65,536 characters.
    cut = " ".join(text.split()).encode("utf-16-le", "replace")[: 2 * MAX_NOTE_CHARS]
    return cut.decode("utf-16-le", "ignore").strip()
