"""The cleaning itself: text and requirements in, text and notes out. Nothing here reads a clock or a network."""

import csv
import datetime
import io
import re

MAX_ROWS = 100_000
BLANKS = ("n/a", "null", "-")
DELIMITERS = ",;\t|"
KEEP = re.compile(r"\bkeep the (?:row|record|one) with the (lowest|smallest|earliest|highest|largest|latest) (\w+)", re.I)
CAPITALS = re.compile(r"\b(\w+?)s? with capitals? at the start of each word", re.I)
DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")


def brief_from(requirements, words="", rules=()):
    """What a stranger filled in, as what it should be; what no field holds is read out of the brief's own words and rules."""
    keep, capitals = KEEP.search(words), CAPITALS.search(words)
    return {
        "columns": names(requirements.get("columns")),
        "unique_by": names(requirements.get("unique_by")),
        "not_blank": names(requirements.get("not_blank")),
        "date_column": name(requirements.get("date_column")),
        "sort_by": name(requirements.get("sort_by")),
        "descending": False,
        "keep_by": keep.group(2) if keep else "",
        "keep_highest": bool(keep) and keep.group(1).lower() in ("highest", "largest", "latest"),
        "capitals": capitals.group(1) if capitals else "",
        "choices": [(name(rule.get("column")), names(rule["one_of"])) for rule in rules if "one_of" in rule],
    }


def names(value):
    return [item.strip()[:100] for item in value[:100] if isinstance(item, str) and item.strip()] if isinstance(value, list) else []


def name(value):
    return value.strip()[:100] if isinstance(value, str) else ""


def cleaned(text, brief):
    """The clean table as CSV, and what was done to it: the first note sums it up."""
    header, rows = read(text)
    columns = brief["columns"] or header
    places = [place_of(header, column) for column in columns]
    notes = [f"The source has no {column}: left blank." for column, at in zip(columns, places) if at is None]
    records = [[mended(column, cell(row, at), brief) for column, at in zip(columns, places)] for row in rows]
    full = without_blanks(records, columns, brief["not_blank"])
    first = place_of(columns, brief["keep_by"])
    if first is not None:
        # Of several rows of one record the first stays.
        full.sort(key=sort_key(full, first), reverse=brief["keep_highest"])
    kept = once(full, columns, brief["unique_by"])
    by = place_of(columns, brief["sort_by"])
    if by is not None:
        kept.sort(key=sort_key(kept, by), reverse=brief["descending"])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *kept])
    return out.getvalue(), [f"{len(rows)} rows became {len(kept)}.", *notes]


def read(text):
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True):
            if any(value.strip() for value in row):
                rows.append(row)
            if len(rows) > MAX_ROWS:
                break
    except csv.Error:
        # A field beyond all bounds: what came before it still counts.
        pass
    return ([value.strip() for value in rows[0]], rows[1:]) if rows else ([], [])


def place_of(header, wanted):
    plain = [re.sub(r"[\W_]", "", value).lower() for value in [wanted, *header]]
    return plain.index(plain[0], 1) - 1 if plain[0] and plain[0] in plain[1:] else None


def cell(row, at):
    value = " ".join(row[at].split()) if at is not None and at < len(row) else ""
    return "" if value.lower() in BLANKS else value


def mended(column, value, brief):
    def is_this(wanted):
        return place_of([column], wanted) == 0

    if is_this(brief["date_column"]):
        return iso_date(value)
    if is_this(brief["capitals"]):
        return re.sub(r"(?<!\w)\w", lambda letter: letter.group().upper(), value.lower())
    for wanted, choices in brief["choices"]:
        if is_this(wanted):
            return meant(value, choices)
    return value.lower() if "mail" in column.lower() else value


def meant(value, choices):
    """The one choice that it can mean: in another case, or after one slip of the finger. Otherwise as it is."""
    same = [choice for choice in choices if choice.lower() == value.lower()]
    near = [choice for choice in choices if len(value) > 2 and is_slip(choice.lower(), value.lower())]
    return same[0] if same else near[0] if len(near) == 1 else value


def is_slip(word, typed):
    """One letter more, less or another, or two that changed places."""
    while word and typed and word[0] == typed[0]:
        word, typed = word[1:], typed[1:]
    while word and typed and word[-1] == typed[-1]:
        word, typed = word[:-1], typed[:-1]
    return max(len(word), len(typed)) < 2 or (len(word) == 2 and word == typed[::-1])


def iso_date(value):
    """The date as YYYY-MM-DD; what is none stays as it is."""
    for form in DATE_FORMS:
        try:
            return datetime.datetime.strptime(value[:40], form).date().isoformat()
        except ValueError:
            continue
    return value


def without_blanks(records, columns, needed):
    places = [at for at in (place_of(columns, column) for column in needed) if at is not None]
    return [record for record in records if all(record[at] for at in places)]


def once(records, columns, unique_by):
    places = [at for at in (place_of(columns, column) for column in unique_by) if at is not None]
    first = {}
    for record in records:
        first.setdefault(tuple(record[at].casefold() for at in places or range(len(columns))), record)
    return list(first.values())


def sort_key(records, by):
    """Numbers by value where all are numbers, else by text without its case."""
    is_number = all(re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", record[by]) for record in records)
    return lambda record: float(record[by]) if is_number else record[by].casefold()


def sort_wish(notes, columns):
    """Column and whether it falls, out of "sort by name, descending"; None when nothing like it is said."""
    found = re.search(r"\b(?:sort|order)\w*\b([^.;\n]{0,80})", notes, re.IGNORECASE)
    words = found.group(1).lower() if found else ""
    named = [column for column in columns if re.search(rf"\b{re.escape(column.lower())}\b", words)]
    return (named[0], bool(re.search(r"desc|falling|newest|largest|highest", words))) if named else None
