import type { SourceTable } from './bench.ts';
import type { ColumnRef, Condition, Expression, Join } from './query.ts';

/** What a query may be made of, the likeliest first. Pure. */

export function columnsOf(tables: readonly SourceTable[]): (ColumnRef & { isNumber: boolean })[] {
  return tables.flatMap(({ name, columns }) =>
    columns.map((column) => ({ table: name, column: column.name, isNumber: column.isNumber })),
  );
}

/** Expressions for a result without groups: columns, and products of two numbers. */
export function plainExpressions(tables: readonly SourceTable[]): Expression[] {
  const columns = columnsOf(tables);
  return [...columns.map((of): Expression => ({ kind: 'column', of })), ...products(columns)];
}

/** Expressions for one row a group. @param decimals to which averages may be rounded */
export function groupedExpressions(
  tables: readonly SourceTable[],
  keys: readonly ColumnRef[],
  decimals: readonly number[],
): Expression[] {
  const columns = columnsOf(tables).slice(0, 30);
  const numbers: Expression[] = columns.filter(({ isNumber }) => isNumber).map((of) => ({ kind: 'column', of }));
  const sums = [...numbers, ...products(columns)].flatMap((of): Expression[] => [
    { kind: 'aggregate', name: 'SUM', of },
    { kind: 'aggregate', name: 'AVG', of },
    ...decimals.map((places): Expression => ({ kind: 'aggregate', name: 'AVG', of, decimals: places })),
  ]);
  return [
    ...keys.map((of): Expression => ({ kind: 'column', of })),
    { kind: 'count' },
    ...sums,
    ...columns.flatMap((of): Expression[] => [
      { kind: 'count distinct', of },
      { kind: 'aggregate', name: 'MIN', of: { kind: 'column', of } },
      { kind: 'aggregate', name: 'MAX', of: { kind: 'column', of } },
    ]),
  ];
}

function products(columns: readonly (ColumnRef & { isNumber: boolean })[]): Expression[] {
  const numbers = columns.filter(({ isNumber, column }) => isNumber && !/(?:^|_)id$/i.test(column)).slice(0, 6);
  return numbers.flatMap((of, at) => numbers.slice(at + 1).map((by): Expression => ({ kind: 'product', of, by })));
}

const HINTS: readonly (readonly [RegExp, (expression: Expression) => boolean])[] = [
  [/count|number|quantity|^n$|^num|how_?many|orders$|visits$/i, ({ kind }) => kind === 'count'],
  [/distinct|unique|different/i, ({ kind }) => kind === 'count distinct'],
  [/total|sum|revenue|turnover|amount|sales/i, (one) => one.kind === 'aggregate' && one.name === 'SUM'],
  [/avg|average|mean/i, (one) => one.kind === 'aggregate' && one.name === 'AVG'],
  [/min|first|earliest|lowest|smallest|oldest/i, (one) => one.kind === 'aggregate' && one.name === 'MIN'],
  [/max|last|latest|highest|largest|newest|biggest/i, (one) => one.kind === 'aggregate' && one.name === 'MAX'],
];

/** How well the name of a result column fits what it would hold: the less the better. */
export function misfit(expression: Expression, name: string): number {
  const [column] = sourcesOf(expression);
  const isNamed = column !== undefined && column.column.toLowerCase() === name.toLowerCase();
  if (expression.kind === 'column' && isNamed) return 0;
  const hinted = HINTS.find(([hint]) => hint.test(name));
  const fits = hinted?.[1](expression) ?? false;
  const shares = sourcesOf(expression).some((source) => name.toLowerCase().includes(source.column.toLowerCase()));
  return (fits ? 1 : expression.kind === 'column' ? 3 : 5) - (shares ? 0.5 : 0);
}

export function sourcesOf(expression: Expression): ColumnRef[] {
  switch (expression.kind) {
    case 'column':
    case 'count distinct':
      return [expression.of];
    case 'product':
      return [expression.of, expression.by];
    case 'aggregate':
      return sourcesOf(expression.of);
    case 'count':
      return [];
  }
}

const MAX_CONDITIONS = 120;

/** Sets of conditions that test for every value that matters, and then those with one or two more. */
export function* filters(
  tables: readonly SourceTable[],
  values: readonly string[],
  description: string,
): Generator<Condition[]> {
  const needed = values.slice(0, 6).map((value) => testsFor(tables, value));
  const base = product(
    needed.filter((options) => options.length > 0),
    200,
  );
  for (const conditions of base) yield conditions;
  const extras = extraTests(tables, description).slice(0, MAX_CONDITIONS);
  for (const conditions of base) for (const extra of extras) yield [...conditions, extra];
  for (const [at, one] of extras.slice(0, 25).entries()) {
    for (const other of extras.slice(at + 1, 25))
      for (const conditions of base.slice(0, 4)) yield [...conditions, one, other];
  }
}

/** The ways to test for one value: equality where a column holds it, else comparison with numbers or dates. */
function testsFor(tables: readonly SourceTable[], value: string): Condition[] {
  const columns = columnsOf(tables);
  const holders = columns.filter(({ table, column }) =>
    valuesOf(tables, table, column).some((cell) => cell.toLowerCase() === value.toLowerCase()),
  );
  const equal = holders.map((of): Condition => {
    const stored =
      valuesOf(tables, of.table, of.column).find((cell) => cell.toLowerCase() === value.toLowerCase()) ?? value;
    return { of, is: '=', value: of.isNumber ? Number(stored) : stored };
  });
  const isNumber = value.trim() !== '' && Number.isFinite(Number(value));
  const isDate = /^\d{4}-\d{2}(?:-\d{2})?$/.test(value);
  const comparable = columns.filter((of) =>
    of.isNumber
      ? isNumber
      : isDate && valuesOf(tables, of.table, of.column).some((cell) => /^\d{4}-\d{2}-\d{2}/.test(cell)),
  );
  const compared = comparable.flatMap((of) =>
    (['>=', '>', '<=', '<'] as const).map((is): Condition => ({ of, is, value: of.isNumber ? Number(value) : value })),
  );
  const unequal = equal.map((condition): Condition => ({ ...condition, is: '<>' }));
  return [...equal, ...compared, ...unequal];
}

/** Conditions nobody named: values that the description mentions first, then all columns of few values. */
function extraTests(tables: readonly SourceTable[], description: string): Condition[] {
  const text = description.toLowerCase();
  const numbers = [...new Set(text.match(/\b\d{1,9}(?:\.\d{1,4})?\b/g) ?? [])].slice(0, 8);
  const likely: Condition[] = numbers.flatMap((number) => testsFor(tables, number)).slice(0, 60);
  const others: Condition[] = [];
  for (const of of columnsOf(tables)) {
    const cells = valuesOf(tables, of.table, of.column);
    const distinct = [...new Set(cells.filter((cell) => cell !== ''))];
    if (cells.includes('')) others.push({ of, is: 'IS NOT NULL' }, { of, is: 'IS NULL' });
    if (distinct.length > 12 || of.isNumber) continue;
    for (const value of distinct) {
      const list = text.includes(value.toLowerCase()) ? likely : others;
      list.push({ of, is: '=', value }, { of, is: '<>', value });
    }
  }
  return [...likely, ...others];
}

function valuesOf(tables: readonly SourceTable[], table: string, column: string): string[] {
  const source = tables.find(({ name }) => name === table);
  const at = source?.columns.findIndex(({ name }) => name === column) ?? -1;
  return source?.rows.map((row) => row[at] ?? '') ?? [];
}

function product<T>(lists: readonly (readonly T[])[], most: number): T[][] {
  let result: T[][] = [[]];
  for (const list of lists) result = result.flatMap((head) => list.map((item) => [...head, item])).slice(0, most);
  return result;
}

/** Ways to join all the tables in turn: by `customer_id` and `id`, or by columns of one name. Inner joins first. */
export function joinPlans(tables: readonly SourceTable[]): Join[][] {
  const [first, ...others] = tables;
  if (!first) return [];
  let plans: Join[][] = [[]];
  const before = [first];
  for (const table of others) {
    const links = before.flatMap((earlier) => linksBetween(earlier, table));
    plans = plans
      .flatMap((plan) => links.map((link) => [...plan, { ...link, table: table.name, isOuter: false }]))
      .slice(0, 8);
    before.push(table);
  }
  const outer = plans.filter((plan) => plan.length > 0).map((plan) => plan.map((join) => ({ ...join, isOuter: true })));
  return [...plans, ...outer];
}

function linksBetween(a: SourceTable, b: SourceTable): { left: ColumnRef; right: ColumnRef }[] {
  const links = a.columns.flatMap((left) =>
    b.columns.map((right) => ({ left: left.name, right: right.name, fit: linkFit(a, left.name, b, right.name) })),
  );
  return links
    .filter(({ fit }) => fit > 0)
    .toSorted((x, y) => y.fit - x.fit)
    .map(({ left, right }) => ({ left: { table: a.name, column: left }, right: { table: b.name, column: right } }));
}

function linkFit(a: SourceTable, left: string, b: SourceTable, right: string): number {
  const isKey = (table: SourceTable, own: string, foreign: string) =>
    own === 'id' && foreign.replace(/_?id$/i, '') === table.name.replace(/s$/i, '') && foreign !== 'id';
  const byKey = isKey(a, left, right) || isKey(b, right, left);
  const bySame = left === right && left !== 'id' && left !== 'name';
  if (!byKey && !bySame) return 0;
  const known = new Set(valuesOf([b], b.name, right));
  const shared = valuesOf([a], a.name, left).some((value) => value !== '' && known.has(value));
  return (byKey ? 2 : 1) + (shared ? 2 : 0);
}
