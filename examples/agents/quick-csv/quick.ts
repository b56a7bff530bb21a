import { columnAt, type Table } from '../lib/csv.ts';
import { keyOf, sortedRows } from '../lib/rows.ts';
import type { TableBrief } from '../lib/table-brief.ts';

/** One pass: trim, pick the columns, drop what is blank or was there before; then sort. Values stay as they are. */
export function quicklyCleaned(
  source: Table,
  { columns, uniqueBy, notBlank, sort }: TableBrief,
): { header: string[]; rows: string[][] } {
  const header = columns.length > 0 ? columns : source.header;
  const from = header.map((name) => columnAt(source.header, name));
  const at = (names: readonly string[]) => names.map((name) => columnAt(header, name)).filter((index) => index >= 0);
  const needed = at(notBlank);
  const key = uniqueBy.length > 0 ? at(uniqueBy) : header.map((_, index) => index);
  const seen = new Set<string>();
  const rows = source.rows
    .map((row) => from.map((index) => filled(row[index])))
    .filter((row) => {
      const id = keyOf(row, key);
      const isNew = needed.every((index) => row[index] !== '') && !seen.has(id);
      if (isNew) seen.add(id);
      return isNew;
    });
  const by = sort ? columnAt(header, sort.column) : -1;
  return { header, rows: sort && by >= 0 ? sortedRows(rows, by, sort.order) : rows };
}

/** Without spaces around it; a word for "nothing" is nothing. */
function filled(value = ''): string {
  const text = value.trim();
  return text.toLowerCase() === 'n/a' ? '' : text;
}
