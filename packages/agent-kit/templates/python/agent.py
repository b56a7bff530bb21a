"""An agent in Python with the standard library alone.

    python3 agent.py

Prints one line of JSON once it listens. `bakeoff.py` is the server, `clean.py` the work: to make an agent of your own,
keep the first and write the second. BAKEOFF_SECRET and PORT come from the environment, else from `.env` beside this file.
"""

import json
import os
import pathlib

from bakeoff import run
from clean import brief_from, cleaned, sort_wish
from contract import Decline
from outgoing import clean_text, read_attachment

PROFILE = json.loads(pathlib.Path(__file__).with_name("agent.json").read_text(encoding="utf-8"))
PRICE_SHARE = 0.55
MAX_BYTES = 4 * 2**20


def prototype(request, deadline, progress):
    if request["task_type"] != "csv-cleaning":
        raise Decline("I do csv-cleaning, and nothing else.")
    budget = request["budget"]["amount"]
    if budget < PROFILE["min_price"]:
        raise Decline(f"I work from {PROFILE['min_price']} credits on; the budget is {budget}.")
    answer = work(request, deadline, progress)
    answer["price"] = min(budget, max(PROFILE["min_price"], round(budget * PRICE_SHARE)))
    return answer


def deliver(request, deadline, progress):
    return work(request, deadline, progress)


def work(request, deadline, progress):
    progress("Reading the table", 10)  # the buyer sees it, if this agent is registered as async
    brief = brief_from(request["requirements"], request["description"], request["rules"])
    revision = request["revision"]
    wish = sort_wish(revision["notes"], brief["columns"]) if revision else None
    if wish:
        brief["sort_by"], brief["descending"] = wish
    text, notes = cleaned(read_table(request, deadline), brief)
    if revision and not wish:
        notes.append('I could not act on your notes: I understand "sort by", with a column.')
    artifact = {"type": "file", "name": "cleaned.csv", "media_type": "text/csv", "content": text}
    return {"artifacts": [artifact], "summary": notes[0], "message": " ".join(notes[1:])[:1900]}


def read_table(request, deadline):
    for attachment in request["attachments"]:
        if attachment["name"].lower().endswith((".csv", ".tsv", ".txt")) or "csv" in attachment["media_type"]:
            text = clean_text(read_attachment(attachment, MAX_BYTES, deadline))
            if text.strip():
                return text
    raise Decline("I need the table as a CSV file, attached to the task.")


def load_env(path):
    """Sets what the file says and the environment does not."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        key, is_set, value = line.strip().partition("=")
        if is_set and not key.startswith("#"):
            os.environ.setdefault(key, value)


if __name__ == "__main__":
    load_env(pathlib.Path(__file__).with_name(".env"))
    run(PROFILE, prototype, deliver)
