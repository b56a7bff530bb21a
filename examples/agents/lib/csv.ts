/** CSV in and out: quotes as in RFC 4180, any of four delimiters, rows of any length. Pure. */

export interface Table {
  header: string[];
  /** As they stand: a row may be shorter or longer than the header. */
  rows: string[][];
  delimiter: string;
  /** There was more than was read. */
  cut: boolean;
}

const DELIMITERS = [',', ';', '\t', '|'];
const MAX_CELLS = 400_000;

/** Reads at most `maxRows` rows after the header, and 400 000 fields in all. Blank lines are no rows. */
export function parseCsv(text: string, maxRows = 100_000): Table {
  const delimiter = likeliest(text);
  const records: string[][] = [];
  let cells = 0;
  let at = 0;
  while (at < text.length && records.length <= maxRows && cells < MAX_CELLS) {
    const record = readRecord(text, at, delimiter);
    at = record.end;
    cells += record.fields.length;
    if (record.fields.some((field) => field.trim() !== '')) records.push(record.fields);
  }
  const [header = [], ...rows] = records;
  return { header: header.map((name) => name.trim()), rows, delimiter, cut: text.slice(at).trim() !== '' };
}

/** One record from `at` on. A quote that is never closed reaches to the end of its line only. */
function readRecord(text: string, at: number, delimiter: string): { fields: string[]; end: number } {
  const fields: string[] = [];
  let position = at;
  for (;;) {
    const field = readField(text, position, delimiter);
    fields.push(field.value);
    position = field.end;
    if (text[position] !== delimiter) break;
    position++;
  }
  return { fields, end: position + 1 };
}

function readField(text: string, at: number, delimiter: string): { value: string; end: number } {
  const start = at + (/^ *(?=")/.exec(text.slice(at, at + 20))?.[0].length ?? 0);
  const closing = text[start] === '"' ? closingQuote(text, start) : -1;
  if (closing < 0) {
    const end = endOfField(text, at, delimiter);
    return { value: text.slice(at, end), end };
  }
  const end = endOfField(text, closing + 1, delimiter);
  const rest = text.slice(closing + 1, end).trim();
  return { value: text.slice(start + 1, closing).replaceAll('""', '"') + rest, end };
}

function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function endOfField(text: string, at: number, delimiter: string): number {
  for (let end = at; end < text.length; end++) if (text[end] === delimiter || text[end] === '\n') return end;
  return text.length;
}

/** The mark that parts the most lines of the beginning into the same number of fields as the first. */
function likeliest(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  const scores = DELIMITERS.map((mark) => {
    const counts = lines.map((line) => line.split(mark).length);
    const alike = counts.filter((number) => number === counts[0]).length;
    return { mark, score: (counts[0] ?? 1) > 1 ? alike * 100 + (counts[0] ?? 0) : 0 };
  });
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).mark;
}

export function writeCsv(header: readonly string[], rows: readonly (readonly string[])[], delimiter = ','): string {
  const line = (fields: readonly string[]) => fields.map((field) => escaped(field, delimiter)).join(delimiter);
  return `${[header, ...rows].map(line).join('\n')}\n`;
}

function escaped(field: string, delimiter: string): string {
  const needsQuotes = field.includes(delimiter) || /["\n\r]|^\s|\s$/.test(field);
  return needsQuotes ? `"${field.replaceAll('"', '""')}"` : field;
}

/** Which column of the header is meant: by its name, or by the letters and digits of it. -1 for none. */
export function columnAt(header: readonly string[], wanted: string): number {
  const exact = header.indexOf(wanted);
  if (exact >= 0) return exact;
  const plain = plainName(wanted);
  return plain === '' ? -1 : header.findIndex((name) => plainName(name) === plain);
}

export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
