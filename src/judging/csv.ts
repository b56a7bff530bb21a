import { parse } from 'csv-parse/sync';
import { JUDGED } from './limits.js';
import type { Parsed } from './memo.js';

export interface Csv {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** CSV with a header; every row must have as many fields. Without a delimiter the one that parts the header is taken. */
export function parseCsv(source: string, delimiter?: string): Parsed<Csv> {
  const text = source.replace(/^\s*\n/, '');
  if (text.trim() === '') return { kind: 'bad', reason: 'it is empty' };
  const by = delimiter ?? likeliest(text);
  if (cellCount(text, by) > JUDGED.csvCells) return { kind: 'too_much', reason: `more than ${JUDGED.csvCells} fields` };
  try {
    const [header = [], ...rows] = parse(text, { delimiter: by, skip_empty_lines: true, max_record_size: 200_000 });
    return { kind: 'ok', value: { header: header.map((name) => name.trim()), rows, delimiter: by } };
  } catch (error) {
    return { kind: 'bad', reason: error instanceof Error ? error.message.slice(0, 140) : 'it can not be read' };
  }
}

function likeliest(text: string): string {
  const [head = ''] = text.split('\n', 1);
  const counts = DELIMITERS.map((mark) => ({ mark, count: head.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function cellCount(text: string, delimiter: string): number {
  let count = 0;
  for (const char of text) if (char === delimiter || char === '\n') count++;
  return count;
}

/** The values of one column, or undefined when there is no such column; names are compared without case. */
export function column(csv: Csv, name: string): string[] | undefined {
  const at = columnIndex(csv, name);
  return at < 0 ? undefined : csv.rows.map((row) => (row[at] ?? '').trim());
}

export function columnIndex({ header }: Csv, name: string): number {
  const exact = header.indexOf(name.trim());
  return exact >= 0 ? exact : header.findIndex((title) => title.toLowerCase() === name.trim().toLowerCase());
}
