"""The cleaning itself: text and requirements in, text and notes out. Nothing here reads a clock or a network."""

import csv
import datetime
import io
import re

MAX_ROWS = 100_000
BLANKS = ("n/a", "null", "-")
DELIMITERS = ",;\t|"
DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")


def brief_from(requirements):
    """What a stranger filled in, as what it should be."""
    return {
        "columns": names(requirements.get("columns")),
        "unique_by": names(requirements.get("unique_by")),
        "not_blank": names(requirements.get("not_blank")),
        "date_column": name(requirements.get("date_column")),
        "sort_by": name(requirements.get("sort_by")),
        "descending": False,
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
    kept = once(without_blanks(records, columns, brief["not_blank"]), columns, brief["unique_by"])
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
    if column == brief["date_column"]:
        return iso_date(value)
    return value.lower() if "mail" in column.lower() else value


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
