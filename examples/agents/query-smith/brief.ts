import { Decline, type ExecuteRequest } from '@bakeoff/agent-kit';
import { listOf, textOf } from '../lib/brief.ts';
import { columnAt, parseCsv, plainName } from '../lib/csv.ts';
import { isCsv, readSources, type Source } from '../lib/source.ts';
import { type SourceTable, sourceTable } from './bench.ts';
import type { Dialect } from './query.ts';
import type { QueryBrief } from './smith.ts';

// A join multiplies rows, so that the more tables there are the fewer rows of each are tried.
const MAX_ROWS = [5_000, 700, 100, 40];
const DIALECTS: readonly Dialect[] = ['PostgreSQL', 'MySQL', 'SQLite', 'SQL Server'];

export function dialectOf({ requirements }: ExecuteRequest): Dialect {
  const asked = textOf(requirements, 'dialect')?.toLowerCase();
  return DIALECTS.find((dialect) => dialect.toLowerCase() === asked) ?? 'PostgreSQL';
}

/**
 * Reads the tables and the wanted rows from the attached CSV files: by their names, by the columns of the result.
 *
 * @throws Decline when there are no rows to work with
 */
export async function queryBrief(request: ExecuteRequest, signal: AbortSignal): Promise<QueryBrief> {
  const { requirements, description } = request;
  const names = distinct(listOf(requirements, 'tables', 20, 100));
  if (names.length > MAX_ROWS.length) throw new Decline(`I join at most ${MAX_ROWS.length} tables.`);
  const files = (await readSources(request, signal)).filter(isCsv);
  const asked = listOf(requirements, 'result_columns', 30, 100);
  const wantedFile = files.find((file) => isResult(file, asked, names));
  const tables = tablesFrom(
    files.filter((file) => file !== wantedFile),
    names,
  );
  if (tables.length === 0) throw new Decline('I need rows of the tables, attached as CSV files.');
  const wanted = wantedFile ? parseCsv(wantedFile.text, 2_000) : null;
  const resultColumns = asked.length > 0 ? asked : (wanted?.header ?? []);
  if (resultColumns.length === 0) throw new Decline('I need the columns of the result.');
  const places = resultColumns.map((name) => (wanted ? columnAt(wanted.header, name) : -1));
  return {
    tables,
    resultColumns,
    values: listOf(requirements, 'values', 10, 200),
    sortBy: textOf(requirements, 'sort_by', 100),
    groupBy: textOf(requirements, 'group_by', 100),
    description: description.slice(0, 4_000),
    wanted:
      wanted && places.every((at) => at >= 0) ? wanted.rows.map((row) => places.map((at) => row[at] ?? '')) : null,
  };
}

/** The file whose columns are those of the result, and which is none of the tables. */
function isResult({ name, text }: Source, asked: readonly string[], tables: readonly string[]): boolean {
  if (tables.some((table) => plainName(table) === plainName(stemOf(name)))) return false;
  const { header } = parseCsv(text, 1);
  const fits =
    asked.length > 0 && header.length === asked.length && asked.every((column) => columnAt(header, column) >= 0);
  return fits || /wanted|expected|result|output|target/i.test(name);
}

/** The tables by name; files left over stand for names left over, in order. */
function tablesFrom(files: readonly Source[], names: readonly string[]): SourceTable[] {
  const wanted = names.length > 0 ? names : files.slice(0, 1).map(({ name }) => stemOf(name));
  const byName = (table: string) => files.find(({ name }) => plainName(stemOf(name)) === plainName(table));
  const others = files.filter((file) => !wanted.some((table) => byName(table) === file));
  const maxRows = MAX_ROWS[wanted.length - 1] ?? 40;
  return wanted.flatMap((table) => {
    const file = byName(table) ?? others.shift();
    const parsed = file ? parseCsv(file.text, maxRows) : null;
    const header = distinct(parsed?.header.filter((name) => name !== '') ?? []);
    return parsed && header.length === parsed.header.length ? [sourceTable(table, header, parsed.rows)] : [];
  });
}

/** Databases don't tell names apart by their case. */
function distinct(names: readonly string[]): string[] {
  return names.filter((name, at) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at);
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}
