import type { ExecuteRequest } from '@bakeoff/agent-kit';
import { countOf, listOf, quoted, rulesOf, textOf } from './brief.ts';
import { plainName } from './csv.ts';

/** What the requirements of `csv-cleaning` ask for, and what the buyer's rules add. */
export interface TableBrief {
  /** The columns of the result; empty: those of the source. */
  columns: string[];
  uniqueBy: string[];
  notBlank: string[];
  dateColumns: string[];
  sort: { column: string; order: 'ascending' | 'descending' } | null;
  expectedRows: number | null;
  /** Columns that hold one of a few values, by name. */
  allowed: Map<string, string[]>;
}

export function tableBrief(request: ExecuteRequest): TableBrief {
  const { requirements } = request;
  const sortBy = textOf(requirements, 'sort_by', 100);
  const sorted = rulesOf(request, 'csv_sorted')[0] ?? null;
  const values = rulesOf(request, 'csv_values');
  const dateColumn = textOf(requirements, 'date_column', 100);
  return {
    columns: unique([...listOf(requirements, 'columns', 100, 100)]),
    uniqueBy: listOf(requirements, 'unique_by', 10, 100),
    notBlank: unique([
      ...listOf(requirements, 'not_blank', 50, 100),
      ...rulesOf(request, 'csv_no_blank').flatMap(({ columns }) => columns ?? []),
    ]),
    dateColumns: unique([
      ...(dateColumn === null ? [] : [dateColumn]),
      ...values.filter(({ type }) => type === 'date').map(({ column }) => column),
    ]),
    sort: sortBy === null ? sorted : { column: sortBy, order: sorted?.column === sortBy ? sorted.order : 'ascending' },
    expectedRows: countOf(requirements, 'expected_rows'),
    allowed: new Map(values.flatMap(({ column, one_of }) => (one_of ? [[column, one_of] as const] : []))),
  };
}

/** What a buyer's notes ask for that a program understands. */
export interface TableWishes {
  sort?: { column: string; order: 'ascending' | 'descending' };
  without: string[];
  delimiter?: string;
  /** What was understood, in words. Empty: nothing was. */
  understood: string[];
}

/** "plan and email" belong together; "and sort by id" is a wish of its own. */
const NEXT_WISH = /[.;\n]|\b(?:and|then)\s+(?=(?:please\s+)?(?:sort|order|drop|remove|delete|leave|omit|hide|use)\b)/i;

/** Reads "sort by name, descending", "remove the column status" and "semicolons, please". */
export function tableWishes(notes: string, columns: readonly string[]): TableWishes {
  const wishes: TableWishes = { without: [], understood: [] };
  for (const clause of notes.slice(0, 4_000).split(NEXT_WISH)) readClause(clause, columns, wishes);
  return wishes;
}

function readClause(clause: string, columns: readonly string[], wishes: TableWishes): void {
  const named = columns.filter((column) => mentions(clause, column));
  const [first] = named;
  if (/\b(?:sort|order)(?:ed|ing)?\b/i.test(clause) && first !== undefined) {
    const order = /\b(?:desc|falling|newest|latest|largest|highest|reverse)/i.test(clause) ? 'descending' : 'ascending';
    wishes.sort = { column: first, order };
    wishes.understood.push(`sorted by ${quoted(first)}, ${order}`);
  } else if (
    /\b(?:drop|remove|delete|without|leave out|omit|hide)\b/i.test(clause) &&
    /\bcolumns?\b|\bfields?\b/i.test(clause)
  ) {
    wishes.without.push(...named);
    if (first !== undefined) wishes.understood.push(`left out ${named.map((name) => quoted(name)).join(', ')}`);
  } else if (/\bsemicolons?\b/i.test(clause)) {
    wishes.delimiter = ';';
    wishes.understood.push('parted by semicolons');
  } else if (/\b(?:tabs?|tsv)\b/i.test(clause)) {
    wishes.delimiter = '\t';
    wishes.understood.push('parted by tabs');
  }
}

/** Whether a text names the column, also with spaces for its underscores, or in the plural. */
export function mentions(text: string, column: string): boolean {
  const name = plainName(column);
  const words = text.toLowerCase().split(/[^\p{L}\p{N}_-]+/u);
  return words.some((_, at) => [1, 2, 3].some((span) => isName(words.slice(at, at + span).join(''), name)));
}

function isName(words: string, name: string): boolean {
  const plain = plainName(words);
  return plain === name || plain === `${name}s` || plain === `${name}es`;
}

function unique(list: string[]): string[] {
  return [...new Set(list)];
}
