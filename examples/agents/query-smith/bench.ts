import { DatabaseSync } from 'node:sqlite';
import { type Query, sqlOf } from './query.ts';

/** The buyer's rows as a table. */
export interface SourceTable {
  name: string;
  columns: { name: string; isNumber: boolean }[];
  rows: string[][];
}

export type Cell = string | number | null;

const MAX_RESULT = 20_000;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,12})?$/;

export function sourceTable(
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): SourceTable {
  const columns = header.slice(0, 40).map((column, at) => {
    const given = rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== '');
    return {
      name: column,
      isNumber: given.length > 0 && given.every((value) => NUMBER.test(value) && !/^-?0\d/.test(value)),
    };
  });
  return { name, columns, rows: rows.map((row) => columns.map((_, at) => (row[at] ?? '').trim())) };
}

/** A cell as it is compared: numbers to six decimals, blank is null. */
export function cellOf(text: string): Cell {
  const value = text.trim();
  if (value === '') return null;
  return NUMBER.test(value) ? rounded(Number(value)) : value;
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function cellFrom(value: unknown): Cell {
  if (typeof value === 'number') return rounded(value);
  return typeof value === 'string' ? value : null;
}

/** The tables in an SQLite of their own, in memory: queries are tried on it as they are. */
export class Bench {
  private readonly database = new DatabaseSync(':memory:');

  constructor(tables: readonly SourceTable[]) {
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    for (const { name, columns, rows } of tables) {
      const types = columns.map((column) => `${quoted(column.name)} ${column.isNumber ? 'NUMERIC' : 'TEXT'}`);
      this.database.exec(`CREATE TABLE ${quoted(name)} (${types.join(', ')})`);
      const insert = this.database.prepare(`INSERT INTO ${quoted(name)} VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of rows) {
        insert.run(
          ...columns.map(({ isNumber }, at) =>
            row[at] === '' ? null : isNumber ? Number(row[at]) : (row[at] ?? null),
          ),
        );
      }
    }
  }

  /** The result row by row; null when there is too much of it. */
  rows(query: Query): Cell[][] | null {
    const limit = Math.min(query.limit ?? MAX_RESULT, MAX_RESULT);
    const statement = this.database.prepare(sqlOf({ ...query, limit }, 'SQLite').replace(/;\s*$/, ''));
    statement.setReturnArrays(true);
    // Its types know of rows as objects only.
    const rows: unknown[] = statement.all();
    if (rows.length >= MAX_RESULT) return null;
    return rows.map((row) => (Array.isArray(row) ? row.map(cellFrom) : []));
  }

  close(): void {
    this.database.close();
  }
}
