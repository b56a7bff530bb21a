"""Checks that a call comes from Bakeoff. Python 3.8+, standard library only: copy it into your agent.

    verify(secrets=[os.environ["BAKEOFF_SECRET"]], headers=request.headers, body=raw_bytes, now_s=time.time())

Run as a program it checks itself against vectors.json beside it (or the file it is given).
"""

import base64
import hashlib
import hmac
import json
import pathlib
import re
import sys


class SignatureError(Exception):
    """Answer 401. `code` is one of missing_header, bad_id, bad_timestamp, stale, bad_signature."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def verify(secrets, headers, body, now_s, tolerance_s=300):
    """Returns the call's id, or raises SignatureError. `body` is the raw bytes, before any parsing."""
    found = {name.lower(): value for name, value in headers.items()}
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    call_id, timestamp, signatures = (found.get(name) for name in names)
    if not (call_id and timestamp and signatures):
        raise SignatureError("missing_header")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,255}", call_id):
        raise SignatureError("bad_id")
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise SignatureError("bad_timestamp")
    if abs(now_s - int(timestamp)) > tolerance_s:
        raise SignatureError("stale")
    signed = f"{call_id}.{timestamp}.".encode() + body
    matched = False
    for secret in secrets:
        key = base64.b64decode(secret[len("whsec_"):], validate=True)
        ours = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        for theirs in signatures.split(" ")[:16]:
            matched |= hmac.compare_digest(ours, theirs.encode())
    if not matched:
        raise SignatureError("bad_signature")
    return call_id


def answer_challenge(secret, challenge):
    """The proof for a health probe with `bakeoff-challenge`: `{"status": "ok", ..., "challenge": answer_challenge(...)}`."""
    key = base64.b64decode(secret[len("whsec_"):], validate=True)
    proof = hmac.new(key, b"bakeoff-challenge\n" + challenge.encode(), hashlib.sha256)
    return base64.b64encode(proof.digest()).decode()


def outcome(vector):
    try:
        verify(vector["secrets"], vector["headers"], vector["body"].encode(), vector["now_s"])
        return None
    except SignatureError as error:
        return error.code


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("vectors.json")
    file = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    vectors = file["vectors"]
    wrong = [vector for vector in vectors if outcome(vector) != vector["error"]]
    for vector in wrong:
        print(f"{vector['name']}: expected {vector['error']}, got {outcome(vector)}")
    print(f"{len(vectors) - len(wrong)} of {len(vectors)} vectors agree")
    unproven = [one for one in file["challenges"] if answer_challenge(one["secret"], one["challenge"]) != one["answer"]]
    sys.exit(1 if wrong or unproven or not vectors else 0)


if __name__ == "__main__":
    main()
