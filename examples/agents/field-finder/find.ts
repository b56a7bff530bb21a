import { type Block, type Line, linesOf, tableUnder, tableWith } from './lines.ts';
import { isSame, plain } from './same.ts';
import type { Field, Wanted } from './schema.ts';
import { converted } from './values.ts';

export type Found = string | number | boolean | null | Found[] | { [key: string]: Found };

export interface Extraction {
  value: { [key: string]: Found };
  /** Paths of required fields for which the text has nothing. */
  missing: string[];
}

/** Fills the wanted object from the text. What the text does not say is left out, or null where the schema allows it. */
export function extracted(text: string, wanted: Extract<Wanted, { kind: 'object' }>): Extraction {
  const missing: string[] = [];
  return { value: objectFrom(linesOf(text), wanted.fields, '', missing), missing };
}

function objectFrom(
  lines: readonly Line[],
  fields: readonly Field[],
  path: string,
  missing: string[],
): { [key: string]: Found } {
  const object: { [key: string]: Found } = {};
  for (const field of fields) {
    const here = path === '' ? field.key : `${path}.${field.key}`;
    const found = fieldFrom(lines, field, here, missing);
    if (found !== undefined) object[field.key] = found;
    else if (field.wanted.kind === 'value' && field.wanted.nullable) object[field.key] = null;
    else if (field.required) missing.push(here);
  }
  return object;
}

function fieldFrom(lines: readonly Line[], field: Field, path: string, missing: string[]): Found | undefined {
  const { wanted, labels } = field;
  switch (wanted.kind) {
    case 'value':
      return firstOf(labels, (label) => firstOf(valuesAfter(lines, label), (words) => converted(words, wanted)));
    case 'object': {
      const under = firstOf(labels, (label) => tableUnder(lines, label));
      const object = objectFrom(under ? under.lines : lines, wanted.fields, path, missing);
      return Object.keys(object).length > 0 ? object : undefined;
    }
    case 'list':
      return listFrom(lines, labels, wanted.item);
  }
}

function listFrom(lines: readonly Line[], labels: readonly string[], item: Wanted): Found[] | undefined {
  const under = firstOf(labels, (label) => tableUnder(lines, label));
  if (item.kind === 'object') {
    const block =
      under ??
      tableWith(
        lines,
        item.fields.map(({ labels: names }) => names),
      );
    return block ? rowsFrom(block, item.fields) : undefined;
  }
  if (item.kind === 'list') return undefined;
  const parts = under
    ? under.lines.map(({ text }) => text.replace(/^\s*(?:[-*•+]|\d{1,3}[.)])\s+/, ''))
    : firstOf(labels, (label) => firstOf(valuesAfter(lines, label), (words) => words.split(/[,;]\s*/)));
  const values = parts?.map((part) => converted(part, item)).filter((value) => value !== undefined);
  return values && values.length > 0 ? values : undefined;
}

/** One object for each row: by the names of a header row, else by place. */
function rowsFrom(block: Block, fields: readonly Field[]): Found[] | undefined {
  const [head, ...rest] = block.rows;
  if (!head) return undefined;
  const named = fields.map(({ labels }) => head.findIndex((cell) => labels.some((label) => isSame(cell, label))));
  const hasHeader = named.filter((at) => at >= 0).length * 2 >= fields.length;
  const places = hasHeader ? named : fields.map((_, at) => at);
  const rows = (hasHeader ? rest : block.rows).filter((row) => row.length >= Math.min(2, fields.length));
  const objects = rows.map((row) => objectFromRow(row, fields, places));
  const filled = objects.filter((object) => Object.keys(object).length * 2 >= fields.length);
  return filled.length > 0 ? filled : undefined;
}

function objectFromRow(
  row: readonly string[],
  fields: readonly Field[],
  places: readonly number[],
): { [key: string]: Found } {
  const object: { [key: string]: Found } = {};
  for (const [at, { key, wanted }] of fields.entries()) {
    const cell = row[places[at] ?? -1];
    const value = cell === undefined || wanted.kind !== 'value' ? undefined : converted(cell, wanted);
    if (value !== undefined) object[key] = value;
    else if (wanted.kind === 'value' && wanted.nullable) object[key] = null;
  }
  return object;
}

/** What stands after the label: of lines that are labelled so exactly first, then of those that begin so. */
function valuesAfter(lines: readonly Line[], label: string): string[] {
  const exact = lines.filter((line) => line.label !== null && isSame(line.label, label));
  const longer = lines.filter((line) => line.label !== null && !isSame(line.label, label) && begins(line.label, label));
  return [...exact, ...longer].map((line) => line.value);
}

function begins(text: string, label: string): boolean {
  const [a, b] = [plain(text), plain(label)];
  return b.length >= 3 && (a.startsWith(`${b} `) || (a.length >= 3 && b.startsWith(`${a} `)));
}

function firstOf<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
