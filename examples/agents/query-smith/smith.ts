import { Bench, type Cell, cellOf, type SourceTable } from './bench.ts';
import { columnsOf, filters, groupedExpressions, joinPlans, misfit, plainExpressions } from './candidates.ts';
import type { ColumnRef, Condition, Expression, Join, Query } from './query.ts';

export interface QueryBrief {
  tables: SourceTable[];
  resultColumns: string[];
  values: string[];
  sortBy: string | null;
  groupBy: string | null;
  description: string;
  /** The rows that are wanted, in the order of `resultColumns`; null: unknown. */
  wanted: string[][] | null;
}

export interface Smithed {
  query: Query;
  /** The query was run on the given rows and gave exactly the wanted ones. */
  isProven: boolean;
  tried: number;
}

/** Decides, before each try, whether there shall be another; may take a breath. */
export type GoOn = (tried: number) => Promise<boolean>;

/**
 * Searches for the simplest query that makes the wanted rows out of the given ones: filters from few to more, with and
 * without groups. Every try runs on a real SQLite. Without wanted rows, or when no try gives them, the names decide.
 */
export async function smithed(brief: QueryBrief, goOn: GoOn): Promise<Smithed | null> {
  const plans = joinPlans(brief.tables);
  const bench = new Bench(brief.tables);
  let tried = 0;
  try {
    for (const isLimited of brief.wanted && brief.wanted.length > 0 ? [false, true] : []) {
      for (const joins of plans) {
        for (const where of filters(brief.tables, brief.values, brief.description)) {
          if (!(await goOn(tried++))) break;
          const query = new Attempt(brief, bench, joins, where).query(isLimited);
          if (query) return { query, isProven: true, tried };
        }
      }
    }
    const [joins] = plans;
    const query = joins ? guessed(brief, joins) : null;
    return query ? { query, isProven: false, tried } : null;
  } finally {
    bench.close();
  }
}

/** The query that the names speak for, when no rows can. */
function guessed(brief: QueryBrief, joins: Join[]): Query | null {
  const [where = []] = filters(brief.tables, brief.values, brief.description);
  const key = keyOf(brief);
  const from = brief.tables[0]?.name;
  const expressions = key ? groupedExpressions(brief.tables, [key], []) : plainExpressions(brief.tables);
  const select = brief.resultColumns.map((name) => {
    const [best] = expressions.toSorted((a, b) => misfit(a, name) - misfit(b, name));
    return best ? { expression: best, name } : null;
  });
  const all = select.filter((one) => one !== null);
  if (from === undefined || all.length < select.length) return null;
  const orderBy = brief.sortBy === null ? [] : [{ name: brief.sortBy, isDescending: wantsDescending(brief) }];
  return { isDistinct: false, select: all, from, joins, where, groupBy: key ? [key] : [], orderBy, limit: null };
}

function keyOf({ groupBy, tables }: QueryBrief): ColumnRef | null {
  if (groupBy === null) return null;
  const name = groupBy.split('.').at(-1)?.toLowerCase();
  const found = columnsOf(tables).find(({ column }) => column.toLowerCase() === name);
  return found ? { table: found.table, column: found.column } : null;
}

function wantsDescending({ description, sortBy }: QueryBrief): boolean {
  if (
    /\b(?:descending|falling|(?:largest|highest|most|newest|latest|biggest|best)\b[^.]{0,30}\b(?:first|top))/i.test(
      description,
    )
  )
    return true;
  return !/\bascending|rising\b/i.test(description) && /total|count|sum|revenue/i.test(sortBy ?? '');
}

const MAX_COMBINATIONS = 64;

/** One join and one filter, tried with every grouping. */
class Attempt {
  private readonly brief: QueryBrief;
  private readonly bench: Bench;
  private readonly joins: Join[];
  private readonly where: Condition[];
  private readonly wanted: Cell[][];

  constructor(brief: QueryBrief, bench: Bench, joins: Join[], where: Condition[]) {
    this.brief = brief;
    this.bench = bench;
    this.joins = joins;
    this.where = where;
    this.wanted = (brief.wanted ?? []).map((row) => row.map(cellOf));
  }

  /** @param isLimited the wanted rows are the first of more */
  query(isLimited: boolean): Query | null {
    for (const groupBy of this.groupings()) {
      for (const isDistinct of groupBy.length > 0 ? [false] : [false, true]) {
        const query = this.matching(groupBy, isDistinct, isLimited);
        if (query) return query;
      }
    }
    return null;
  }

  /** By the column that the brief names; else by those columns of the result that the tables have, and not at all. */
  private groupings(): ColumnRef[][] {
    const key = keyOf(this.brief);
    if (key) return [[key]];
    const names = this.brief.resultColumns.map((name) => name.toLowerCase());
    const known = columnsOf(this.brief.tables).filter(({ column }) => names.includes(column.toLowerCase()));
    const distinct = known.filter((one, at) => known.findIndex(({ column }) => column === one.column) === at);
    return distinct.length > 0 && distinct.length < names.length ? [distinct, []] : [[]];
  }

  private matching(groupBy: ColumnRef[], isDistinct: boolean, isLimited: boolean): Query | null {
    const { tables, resultColumns } = this.brief;
    const expressions =
      groupBy.length > 0 ? groupedExpressions(tables, groupBy, this.decimals()) : plainExpressions(tables);
    const rows = this.bench.rows(
      this.made(
        expressions.map((expression, at) => ({ expression, name: `c${at}` })),
        groupBy,
        false,
      ),
    );
    if (!rows || rows.length < this.wanted.length) return null;
    if (!isLimited && !isDistinct && rows.length !== this.wanted.length) return null;
    const fitting = resultColumns.map((name, place) =>
      this.fittingColumns(expressions, rows, name, place, isLimited || isDistinct),
    );
    for (const choice of combinations(fitting)) {
      const select = choice.map((at, place) => ({
        expression: expressions[at] as Expression,
        name: resultColumns[place] ?? '',
      }));
      const query = this.finished(this.made(select, groupBy, isDistinct), isLimited);
      if (query) return query;
    }
    return null;
  }

  /** Columns of the wide result that hold the wanted values of one place, the best named first. */
  private fittingColumns(
    expressions: readonly Expression[],
    rows: readonly Cell[][],
    name: string,
    place: number,
    isPart: boolean,
  ): number[] {
    const wanted = tally(this.wanted.map((row) => row[place] ?? null));
    const fits = (at: number) => {
      const have = tally(rows.map((row) => row[at] ?? null));
      return [...wanted].every(([cell, count]) => (isPart ? (have.get(cell) ?? 0) > 0 : have.get(cell) === count));
    };
    const indexes = expressions.map((_, at) => at).filter(fits);
    return indexes
      .toSorted((a, b) => misfit(expressions[a] as Expression, name) - misfit(expressions[b] as Expression, name))
      .slice(0, 4);
  }

  /** The query with its order and limit, if it gives exactly the wanted rows in the wanted order. */
  private finished(query: Query, isLimited: boolean): Query | null {
    const limit = isLimited ? this.wanted.length : null;
    for (const orderBy of this.orders(query)) {
      const whole = { ...query, orderBy, limit };
      const rows = this.bench.rows(whole);
      if (rows && (orderBy.length > 0 ? isSameList(rows, this.wanted) : isSameSet(rows, this.wanted))) return whole;
    }
    return null;
  }

  /** Sorted as the brief says, in the direction of the wanted rows, ties broken by the first column if that is right. */
  private orders({ select }: Query): Query['orderBy'][] {
    const { sortBy, resultColumns } = this.brief;
    const name = resultColumns.find((column) => column.toLowerCase() === sortBy?.toLowerCase());
    if (name === undefined) return [[]];
    const directions = wantsDescending(this.brief) ? [true, false] : [false, true];
    const [first] = select;
    const tie = first && first.name !== name ? [{ name: first.name, isDescending: false }] : [];
    return directions.flatMap((isDescending) => [[{ name, isDescending }, ...tie], [{ name, isDescending }]]);
  }

  private decimals(): number[] {
    const places = (this.brief.wanted ?? []).flat().map((cell) => /\.(\d{1,4})$/.exec(cell.trim())?.[1]?.length ?? 0);
    return [...new Set(places)].filter((count) => count > 0).slice(0, 3);
  }

  private made(select: Query['select'], groupBy: ColumnRef[], isDistinct: boolean): Query {
    const from = this.brief.tables[0]?.name ?? '';
    return { isDistinct, select, from, joins: this.joins, where: this.where, groupBy, orderBy: [], limit: null };
  }
}

function tally(cells: readonly Cell[]): Map<Cell, number> {
  const counts = new Map<Cell, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

function isSameList(a: readonly Cell[][], b: readonly Cell[][]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isSameSet(a: readonly Cell[][], b: readonly Cell[][]): boolean {
  const sorted = (rows: readonly Cell[][]) => rows.map((row) => JSON.stringify(row)).toSorted();
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** One of each list, the first ones first. */
function combinations(lists: readonly (readonly number[])[]): number[][] {
  let result: number[][] = [[]];
  for (const list of lists)
    result = result.flatMap((head) => list.map((item) => [...head, item])).slice(0, MAX_COMBINATIONS);
  return result;
}
