"""The contract's words: what is asked, what is refused, and how either is read or written."""

import datetime
import json


class Decline(Exception):
    """A polite no: it costs the agent nothing."""


class Failure(Exception):
    """An error in the contract's words."""

    def __init__(self, status, code, message, retryable=False):
        super().__init__(message)
        self.status, self.code, self.retryable = status, code, retryable


def deadline_passed(when):
    return Failure(504, "deadline_passed", f"The deadline passed {when}.")


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
    revision, callback = request.get("revision"), request.get("callback")
    return {
        "call_id": call_id,
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
        "callback": {key: text_of(callback, key) for key in ("url", "secret")} if isinstance(callback, dict) else None,
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


def to_json(value):
    # Half a surrogate pair can come in by an escape, and would be refused on its way out.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def error_body(code, message, retryable=False):
    return to_json({"error": {"code": code, "message": message, "retryable": retryable}})
