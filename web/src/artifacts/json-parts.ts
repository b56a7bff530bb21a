/** A number as it was written, where JavaScript's would be another. */
export class Written {
  constructor(readonly text: string) {}
}

export type Json = null | boolean | number | string | Written | Json[] | { [key: string]: Json };

/** @throws SyntaxError for what is no JSON */
export function parseJson(text: string): Json {
  const keep = (_key: string, value: Json, context?: { source?: string }): Json =>
    typeof value === 'number' && context?.source !== undefined && isOther(value, context.source)
      ? new Written(context.source)
      : value;
  return JSON.parse(text, keep) as Json;
}

/** Whether a number has lost digits on its way: only whole ones are looked at, `1.0` and `1e3` mean what they are. */
function isOther(value: number, source: string): boolean {
  return /^-?\d{16,}$/.test(source) && String(value) !== source;
}

export interface TableOf {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

const MOST_COLUMNS = 30;

/** A list of flat objects is a table; null for anything else. A missing field is an empty cell. */
export function tableOf(value: Json): TableOf | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const columns = new Set<string>();
  for (const row of value) {
    if (!isPlain(row)) return null;
    for (const [key, cell] of Object.entries(row)) {
      if (Array.isArray(cell) || isPlain(cell)) return null;
      columns.add(key);
    }
    if (columns.size > MOST_COLUMNS) return null;
  }
  const names = [...columns];
  return { columns: names, rows: value.map((row) => names.map((name) => cellOf(row as object, name))) };
}

/** Only what the object itself says: a column may be called `constructor`. */
function cellOf(row: object, name: string): Json {
  return Object.hasOwn(row, name) ? ((Object.getOwnPropertyDescriptor(row, name)?.value as Json) ?? null) : '';
}

export function isPlain(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written);
}

/** A leaf as JSON has it. */
export function shown(value: Json): string {
  return value instanceof Written ? value.text : JSON.stringify(value);
}
