import { columnAt, type Table } from '../lib/csv.ts';
import { fieldOrder, isoDate } from '../lib/dates.ts';
import { folded, keyOf, sortedRows, squeezed } from '../lib/rows.ts';
import type { Plan } from './plan.ts';

export interface Cleaned {
  header: string[];
  rows: string[][];
  /** What was done and what was left alone, a line each, with numbers. */
  notes: string[];
}

const BLANKS = new Set(['n/a', 'na', 'null', 'nil', '-', '--', '#n/a']);

/** One clean table: every value mended first, then blank rows and doubles dropped, then sorted. */
export function cleaned(source: Table, plan: Plan): Cleaned {
  const header = plan.columns.length > 0 ? plan.columns : source.header;
  const notes: string[] = [];
  const cleaner = new Cleaner(header, plan, notes);
  const rows = cleaner.records(source);
  const mended = cleaner.mend(rows);
  const filled = cleaner.withoutBlanks(mended);
  const once = cleaner.withoutDoubles(filled);
  const sorted = cleaner.sorted(once);
  if (plan.expectedRows !== null && plan.expectedRows !== sorted.length) {
    notes.push(
      `You expected ${plan.expectedRows} rows; by your rules ${sorted.length} remain. Please look at the difference.`,
    );
  }
  return { header, rows: sorted, notes };
}

class Cleaner {
  private readonly header: string[];
  private readonly plan: Plan;
  private readonly notes: string[];

  constructor(header: string[], plan: Plan, notes: string[]) {
    this.header = header;
    this.plan = plan;
    this.notes = notes;
  }

  /** The columns asked for, in their order; rows that are too long or too short are counted. */
  records({ header, rows }: Table): string[][] {
    const from = this.header.map((name) => columnAt(header, name));
    const missing = this.header.filter((_, at) => from[at] === -1);
    if (missing.length > 0) this.notes.push(`The source has no ${missing.join(', ')}: left blank.`);
    this.count(rows.filter((row) => row.length !== header.length).length, 'with more or fewer fields than the header');
    return rows.map((row) => from.map((at) => squeezed(row[at] ?? '')));
  }

  mend(rows: string[][]): string[][] {
    const mends = this.header.map((name, at) =>
      this.mendFor(
        name,
        rows.map((row) => row[at] ?? ''),
      ),
    );
    let changed = 0;
    const result = rows.map((row) =>
      row.map((value, at) => {
        const mended = BLANKS.has(value.toLowerCase()) ? '' : (mends[at]?.(value) ?? value);
        if (mended !== value) changed++;
        return mended;
      }),
    );
    if (changed > 0) this.notes.push(`${changed} values were mended (dates, case, spelling of known values).`);
    return result;
  }

  private mendFor(name: string, values: readonly string[]): (value: string) => string {
    if (this.isIn(this.plan.dateColumns, name)) return this.mendDates(name, values);
    const allowed = [...this.plan.allowed].find(([column]) => this.same(column, name))?.[1];
    if (allowed) return this.mendKnown(name, allowed);
    if (this.isIn(this.plan.lower, name)) return (value) => value.toLowerCase();
    return this.isIn(this.plan.title, name) ? titled : (value) => value;
  }

  private mendDates(name: string, values: readonly string[]): (value: string) => string {
    const order = this.plan.dateOrder ?? fieldOrder(values);
    // What can't be read in one order, such as 14/30/2024, is read in the other.
    const [first, second] =
      order === 'month-first' ? ([order, 'day-first'] as const) : (['day-first', 'month-first'] as const);
    const mended = (value: string) => isoDate(value, first) ?? isoDate(value, second);
    const unread = values.filter((value) => value !== '' && mended(value) === null);
    if (unread.length > 0)
      this.notes.push(
        `${name}: ${unread.length} ${unread.length === 1 ? 'value is no date and stands as it was' : 'values are no dates and stand as they were'}.`,
      );
    if (order === null && values.some((value) => /^\d{1,2}[./]\d{1,2}[./]/.test(value))) {
      this.notes.push(`${name}: nothing says whether day or month comes first; I took the day.`);
    }
    return (value) => mended(value) ?? value;
  }

  /** Case and single slips of the finger are mended; what is farther off is not guessed. */
  private mendKnown(name: string, allowed: readonly string[]): (value: string) => string {
    const strangers = new Set<string>();
    this.notes.push(`${name}: held to ${allowed.slice(0, 8).join(', ')}.`);
    return (value) => {
      const exact = allowed.find((one) => folded(one) === folded(value));
      const near =
        exact === undefined && value.length >= 4 ? allowed.filter((one) => isOneSlip(folded(value), folded(one))) : [];
      if (exact === undefined && near.length !== 1 && value !== '' && !strangers.has(value) && strangers.size < 3) {
        strangers.add(value);
        this.notes.push(`${name}: "${value.slice(0, 40)}" is none of them and was not guessed.`);
      }
      return exact ?? (near.length === 1 ? (near[0] ?? value) : value);
    };
  }

  withoutBlanks(rows: string[][]): string[][] {
    const columns = this.plan.notBlank.map((name) => columnAt(this.header, name)).filter((at) => at >= 0);
    const kept = rows.filter((row) => columns.every((at) => row[at] !== ''));
    this.count(rows.length - kept.length, `dropped: no ${this.plan.notBlank.join(' or no ')}`);
    return kept;
  }

  /** Of equal records the one that the brief names stays, else the first. Without key columns whole rows are compared. */
  withoutDoubles(rows: string[][]): string[][] {
    const named = this.plan.uniqueBy.map((name) => columnAt(this.header, name)).filter((at) => at >= 0);
    const columns = named.length > 0 ? named : this.header.map((_, at) => at);
    const { keep } = this.plan;
    const by = keep ? columnAt(this.header, keep.column) : -1;
    const ordered = keep && by >= 0 ? sortedRows(rows, by, keep.which === 'lowest' ? 'ascending' : 'descending') : rows;
    const seen = new Map<string, string[]>();
    for (const row of ordered) {
      const key = keyOf(row, columns);
      if (!seen.has(key)) seen.set(key, row);
    }
    const staying = new Set(seen.values());
    const kept = rows.filter((row) => staying.has(row));
    this.count(rows.length - kept.length, 'dropped: the same record as another');
    return kept;
  }

  sorted(rows: string[][]): string[][] {
    const { sort } = this.plan;
    const at = sort ? columnAt(this.header, sort.column) : -1;
    if (!sort || at < 0) return rows;
    this.notes.push(`Sorted by ${sort.column}, ${sort.order}.`);
    return sortedRows(rows, at, sort.order);
  }

  private count(rows: number, what: string): void {
    if (rows > 0) this.notes.push(`${rows} ${rows === 1 ? 'row' : 'rows'} ${what}.`);
  }

  private isIn(columns: readonly string[], name: string): boolean {
    return columns.some((column) => this.same(column, name));
  }

  private same(a: string, b: string): boolean {
    return columnAt([a], b) === 0;
  }
}

const PARTICLES = new Set(['van', 'von', 'der', 'den', 'de', 'da', 'di', 'du', 'la', 'le', 'el', 'bin', 'zu', 'ter']);

/** Words in one case get a capital; McKay and others that have their own stay, as do particles inside a name. */
export function titled(value: string): string {
  return value.replace(/\p{L}[\p{L}\p{M}]*/gu, (word, at: number) => {
    const isOneCase = word === word.toLowerCase() || (word.length > 1 && word === word.toUpperCase());
    if (!isOneCase || (at > 0 && PARTICLES.has(word))) return word;
    return afterApostrophe(value, at, word) ? word.toLowerCase() : word[0]?.toUpperCase() + word.slice(1).toLowerCase();
  });
}

/** The s of "O'Brien's" and the t of "don't" are no words of their own. */
function afterApostrophe(value: string, at: number, word: string): boolean {
  return word.length === 1 && /['’]/.test(value[at - 1] ?? '');
}

/** Whether one letter was added, left out, changed, or swapped with its neighbour. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return (x.length <= 1 && y.length <= 1) || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0]);
}
