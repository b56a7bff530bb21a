/** The work itself: a table and its requirements in, a clean table out. It knows no server, no file and no clock. */

export type Row = string[];

export interface Brief {
  /** The columns of the result, in order; empty for those of the source. */
  columns: string[];
  /** Columns that make a record the same record. */
  uniqueBy: string[];
  /** Columns that must not be blank. */
  notBlank: string[];
  dateColumn: string;
  sortBy: string;
  /** The column that says which of several rows of one record stays, where the brief names one. */
  keepBy: string;
  keepHighest: boolean;
  /** The column whose words begin with capitals. */
  capitals: string;
  /** The values that a column may hold. */
  choices: { column: string; values: string[] }[];
}

export interface Cleaned {
  csv: string;
  /** In one sentence. */
  summary: string;
}

const BLANKS = ['n/a', 'null', '-'];
const MAX_ROWS = 100_000;
const KEEP = /\bkeep the (?:row|record|one) with the (lowest|smallest|earliest|highest|largest|latest) (\w+)/i;
const CAPITALS = /\b(\w+?)s? with capitals? at the start of each word/i;

/** What a stranger filled in, as what it should be; what no field holds is read out of the brief's own words and rules. */
export function briefFrom(requirements: Record<string, unknown>, words = '', rules: readonly object[] = []): Brief {
  const text = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 100) : '');
  const list = (value: unknown) => (Array.isArray(value) ? value.slice(0, 100).map(text).filter(Boolean) : []);
  return {
    columns: list(requirements.columns),
    uniqueBy: list(requirements.unique_by),
    notBlank: list(requirements.not_blank),
    dateColumn: text(requirements.date_column),
    sortBy: text(requirements.sort_by),
    keepBy: KEEP.exec(words)?.[2] ?? '',
    keepHighest: /^(?:highest|largest|latest)$/i.test(KEEP.exec(words)?.[1] ?? ''),
    capitals: CAPITALS.exec(words)?.[1] ?? '',
    choices: rules.flatMap((rule) =>
      'column' in rule && 'one_of' in rule ? [{ column: text(rule.column), values: list(rule.one_of) }] : [],
    ),
  };
}

export function cleaned(source: string, brief: Brief): Cleaned {
  const [header = [], ...rows] = parseCsv(source);
  const columns = brief.columns.length > 0 ? brief.columns : header;
  const places = columns.map((column) => placeOf(header, column));
  const indexOf = (names: string[]) => names.map((name) => placeOf(columns, name)).filter((at) => at >= 0);
  const records = rows.map((row) => places.map((at, i) => mended(columns[i] ?? '', row[at] ?? '', brief)));
  const needed = indexOf(brief.notBlank);
  const kept = once(
    inTurn(records.filter((record) => needed.every((at) => record[at] !== '')), indexOf([brief.keepBy]), brief.keepHighest),
    indexOf(brief.uniqueBy),
  );
  const [by] = indexOf([brief.sortBy]);
  if (by !== undefined) kept.sort((a, b) => compare(a[by] ?? '', b[by] ?? ''));
  return { csv: printCsv([columns, ...kept]), summary: `${rows.length} rows became ${kept.length}.` };
}

/** Rows of fields, parted by whichever of `,` `;` tab and `|` the header has most of. Blank lines are left out. */
export function parseCsv(source: string): Row[] {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const head = text.split('\n', 1)[0] ?? '';
  const mark = [',', ';', '\t', '|'].sort((a, b) => head.split(b).length - head.split(a).length)[0] ?? ',';
  const rows: Row[] = [];
  let row: Row = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at <= text.length && rows.length <= MAX_ROWS; at++) {
    const char = text[at] ?? '\n';
    if (quoted && char === '"' && text[at + 1] === '"') field += text[at++];
    else if (char === '"' && (quoted || field.trim() === '')) quoted = !quoted;
    else if (quoted && at < text.length) field += char;
    else if (char === mark || char === '\n') {
      row.push(field.trim());
      field = '';
      if (char === mark) continue;
      if (row.some((value) => value !== '')) rows.push(row);
      row = [];
    } else field += char;
  }
  return rows;
}

function printCsv(rows: Row[]): string {
  const print = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  return `${rows.map((row) => row.map(print).join(',')).join('\n')}\n`;
}

/** Names of columns are the same whatever their case, spaces and marks; -1 when it is not there. */
function placeOf(header: Row, wanted: string): number {
  const plain = (name: string) => name.toLowerCase().replace(/[\W_]/g, '');
  return plain(wanted) === '' ? -1 : header.findIndex((name) => plain(name) === plain(wanted));
}

function mended(column: string, value: string, { dateColumn, capitals, choices }: Brief): string {
  const tidy = value.replace(/\s+/g, ' ');
  const isThis = (name: string) => placeOf([column], name) === 0;
  if (BLANKS.includes(tidy.toLowerCase())) return '';
  if (isThis(dateColumn)) return isoDate(tidy);
  if (isThis(capitals)) return tidy.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toUpperCase());
  const choice = choices.find((one) => isThis(one.column));
  if (choice) return meant(tidy, choice.values);
  return /mail/i.test(column) ? tidy.toLowerCase() : tidy;
}

/** The one value that it can mean: in another case, or after one slip of the finger. Otherwise as it is. */
function meant(value: string, values: string[]): string {
  const same = values.filter((one) => one.toLowerCase() === value.toLowerCase());
  const near = values.filter((one) => isSlip(one.toLowerCase(), value.toLowerCase()));
  return same[0] ?? (near.length === 1 ? near[0] : undefined) ?? value;
}

/** One letter more, less or another, or two that changed places. */
function isSlip(word: string, typed: string): boolean {
  let [from, end] = [0, 0];
  while (from < word.length && word[from] === typed[from]) from++;
  while (end < Math.min(word.length, typed.length) - from && word.at(-1 - end) === typed.at(-1 - end)) end++;
  const [a, b] = [word.slice(from, word.length - end), typed.slice(from, typed.length - end)];
  return typed.length > 2 && (Math.max(a.length, b.length) < 2 || (a.length === 2 && a === [...b].reverse().join('')));
}

/** The date as YYYY-MM-DD; what is none stays as it is. */
export function isoDate(value: string): string {
  const ymd = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(value);
  if (ymd) return asDate(ymd[1], ymd[2], ymd[3]) ?? value;
  const dmy = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(value);
  if (dmy) return asDate(dmy[3], dmy[2], dmy[1]) ?? value;
  const words = /^(?:(\d{1,2}) ([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.? (\d{1,2})),? (\d{4})$/i.exec(value);
  const month = 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf((words?.[2] ?? words?.[3] ?? '?').toLowerCase());
  if (!words || month < 0 || month % 3 !== 0) return value;
  return asDate(words[5], String(month / 3 + 1), words[1] ?? words[4]) ?? value;
}

function asDate(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

/** By the column that decides which of several stays, the one to keep first. */
function inTurn(records: Row[], [by]: number[], highest: boolean): Row[] {
  if (by === undefined) return records;
  return records.toSorted((a, b) => (highest ? -1 : 1) * compare(a[by] ?? '', b[by] ?? ''));
}

/** The first of every record that has the same values in these columns; in all of them when none is named. */
function once(records: Row[], places: number[]): Row[] {
  const seen = new Set<string>();
  return records.filter((record) => {
    const key = JSON.stringify((places.length > 0 ? places.map((at) => record[at]) : record).map((one) => one?.toLowerCase()));
    return !seen.has(key) && seen.add(key);
  });
}

function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  const areNumbers = a !== '' && b !== '' && !Number.isNaN(x) && !Number.isNaN(y);
  return areNumbers ? x - y : a.localeCompare(b, 'en', { sensitivity: 'base' });
}
