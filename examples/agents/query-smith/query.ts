/** A SELECT as data, and as text in four dialects. Pure. */

export type Dialect = 'PostgreSQL' | 'MySQL' | 'SQLite' | 'SQL Server';

export interface ColumnRef {
  table: string;
  column: string;
}

export type Expression =
  | { kind: 'column'; of: ColumnRef }
  | { kind: 'product'; of: ColumnRef; by: ColumnRef }
  | { kind: 'count' }
  | { kind: 'count distinct'; of: ColumnRef }
  | { kind: 'aggregate'; name: 'SUM' | 'AVG' | 'MIN' | 'MAX'; of: Expression; decimals?: number };

export interface Condition {
  of: ColumnRef;
  is: '=' | '<>' | '>' | '>=' | '<' | '<=' | 'IS NULL' | 'IS NOT NULL';
  value?: string | number;
}

export interface Join {
  table: string;
  left: ColumnRef;
  right: ColumnRef;
  isOuter: boolean;
}

export interface Query {
  isDistinct: boolean;
  select: { expression: Expression; name: string }[];
  from: string;
  joins: Join[];
  where: Condition[];
  groupBy: ColumnRef[];
  orderBy: { name: string; isDescending: boolean }[];
  limit: number | null;
}

const RESERVED = new Set(
  `all and any as asc between by case check column constraint create cross current_date default delete desc distinct drop else end
  except exists false for foreign from full group grouping having in inner insert intersect into is join key left like limit natural
  not null offset on or order outer primary references right row rows select set table then to top true union unique update user using
  values view when where window with index rank`.split(/\s+/),
);

/** One statement that ends with a semicolon. Names that need it are quoted, values are escaped. */
export function sqlOf(query: Query, dialect: Dialect): string {
  const write = new Writer(query, dialect);
  return `${write.lines().join('\n')};\n`;
}

class Writer {
  private readonly query: Query;
  private readonly dialect: Dialect;

  constructor(query: Query, dialect: Dialect) {
    this.query = query;
    this.dialect = dialect;
  }

  lines(): string[] {
    const { select, from, joins, where, groupBy, orderBy, limit, isDistinct } = this.query;
    const top = limit !== null && this.dialect === 'SQL Server' ? ` TOP (${limit})` : '';
    return [
      `SELECT${isDistinct ? ' DISTINCT' : ''}${top}`,
      select.map(({ expression, name }) => `  ${this.named(expression, name)}`).join(',\n'),
      `FROM ${this.name(from)}`,
      ...joins.map(
        (join) =>
          `${join.isOuter ? 'LEFT JOIN' : 'JOIN'} ${this.name(join.table)} ON ${this.column(join.left)} = ${this.column(join.right)}`,
      ),
      ...where.map((condition, at) => `${at === 0 ? 'WHERE' : '  AND'} ${this.condition(condition)}`),
      ...(groupBy.length > 0 ? [`GROUP BY ${groupBy.map((column) => this.column(column)).join(', ')}`] : []),
      ...(orderBy.length > 0
        ? [
            `ORDER BY ${orderBy.map(({ name, isDescending }) => `${this.name(name)}${isDescending ? ' DESC' : ''}`).join(', ')}`,
          ]
        : []),
      ...(limit !== null && top === '' ? [`LIMIT ${limit}`] : []),
    ];
  }

  private named(expression: Expression, name: string): string {
    const text = this.expression(expression);
    const isSame = expression.kind === 'column' && expression.of.column === name;
    return isSame ? text : `${text} AS ${this.name(name)}`;
  }

  expression(expression: Expression): string {
    switch (expression.kind) {
      case 'column':
        return this.column(expression.of);
      case 'product':
        return `${this.column(expression.of)} * ${this.column(expression.by)}`;
      case 'count':
        return 'COUNT(*)';
      case 'count distinct':
        return `COUNT(DISTINCT ${this.column(expression.of)})`;
      case 'aggregate': {
        const text = `${expression.name}(${this.expression(expression.of)})`;
        return expression.decimals === undefined ? text : `ROUND(${text}, ${expression.decimals})`;
      }
    }
  }

  private condition({ of, is, value }: Condition): string {
    return value === undefined ? `${this.column(of)} ${is}` : `${this.column(of)} ${is} ${this.literal(value)}`;
  }

  private literal(value: string | number): string {
    if (typeof value === 'number') return String(value);
    const text = this.dialect === 'MySQL' ? value.replaceAll('\\', '\\\\') : value;
    return `'${text.replaceAll("'", "''")}'`;
  }

  private column({ table, column }: ColumnRef): string {
    return this.query.joins.length > 0 ? `${this.name(table)}.${this.name(column)}` : this.name(column);
  }

  private name(name: string): string {
    if (/^[a-z_][a-z0-9_]{0,62}$/.test(name) && !RESERVED.has(name)) return name;
    if (this.dialect === 'MySQL') return `\`${name.replaceAll('`', '``')}\``;
    if (this.dialect === 'SQL Server') return `[${name.replaceAll(']', ']]')}]`;
    return `"${name.replaceAll('"', '""')}"`;
  }
}
