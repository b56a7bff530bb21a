import { describe, expect, test } from 'vitest';
import { parseCsv } from '../lib/csv.ts';
import { Bench, cellOf, sourceTable } from './bench.ts';
import { changedBy } from './notes.ts';
import { type Dialect, sqlOf } from './query.ts';
import { type QueryBrief, smithed } from './smith.ts';

const table = (name: string, text: string) => {
  const { header, rows } = parseCsv(text);
  return sourceTable(name, header, rows);
};

const ORDERS = table(
  'orders',
  `id,customer_id,city,status,amount,day
1,1,Lyon,paid,120.00,2026-01-03
2,2,Porto,paid,80.50,2026-01-04
3,1,Lyon,open,40.00,2026-02-01
4,3,Ghent,paid,200.00,2026-02-02
5,2,Porto,paid,19.50,2026-02-10
6,3,Ghent,cancelled,75.00,2026-03-01
7,1,Lyon,paid,60.00,`,
);
const CUSTOMERS = table('customers', 'id,name\n1,Ada\n2,Bob\n3,Cleo\n4,Dora');

async function smith(changes: Partial<QueryBrief>, tries = 3_000) {
  const brief: QueryBrief = {
    tables: [ORDERS],
    resultColumns: [],
    values: [],
    sortBy: null,
    groupBy: null,
    description: '',
    wanted: null,
    ...changes,
  };
  return smithed(brief, async (tried) => tried < tries);
}

async function sql(changes: Partial<QueryBrief>) {
  const found = await smith(changes);
  expect(found?.isProven).toBe(true);
  return found ? sqlOf(found.query, 'PostgreSQL').replace(/\s+/g, ' ').trim() : null;
}

describe('a query made from rows', () => {
  test('counts and sums what is filtered, by group and in order', async () => {
    expect(
      await sql({
        resultColumns: ['city', 'orders_count', 'total'],
        values: ['paid'],
        sortBy: 'total',
        groupBy: 'city',
        wanted: [
          ['Ghent', '1', '200.00'],
          ['Lyon', '2', '180.00'],
          ['Porto', '2', '100.00'],
        ],
      }),
    ).toBe(
      "SELECT city, COUNT(*) AS orders_count, SUM(amount) AS total FROM orders WHERE status = 'paid' GROUP BY city ORDER BY total DESC, city;",
    );
  });

  test('joins tables by their keys', async () => {
    expect(
      await sql({
        tables: [ORDERS, CUSTOMERS],
        resultColumns: ['name', 'average'],
        groupBy: 'name',
        wanted: [
          ['Ada', '73.33'],
          ['Bob', '50.00'],
          ['Cleo', '137.50'],
        ],
      }),
    ).toBe(
      'SELECT customers.name, ROUND(AVG(orders.amount), 2) AS average FROM orders JOIN customers ON orders.customer_id = customers.id GROUP BY customers.name;',
    );
  });

  test('finds a filter that nobody named, and a limit', async () => {
    expect(await sql({ resultColumns: ['id', 'city'], description: 'only open ones', wanted: [['3', 'Lyon']] })).toBe(
      "SELECT id, city FROM orders WHERE status = 'open';",
    );
    expect(
      await sql({ resultColumns: ['id'], sortBy: 'id', description: 'the newest first', wanted: [['7'], ['6']] }),
    ).toBe('SELECT id FROM orders ORDER BY id DESC LIMIT 2;');
  });

  test('compares dates and numbers, and tests for blanks', async () => {
    expect(await sql({ resultColumns: ['id'], values: ['2026-02-02'], wanted: [['4'], ['5'], ['6']] })).toContain(
      "WHERE day >= '2026-02-02'",
    );
    expect(await sql({ resultColumns: ['id'], wanted: [['7']] })).toBe('SELECT id FROM orders WHERE day IS NULL;');
  });

  test('is guessed from names, and says so, when no rows are wanted or none fit', async () => {
    const found = await smith({
      resultColumns: ['city', 'visits'],
      groupBy: 'city',
      sortBy: 'visits',
      values: ['paid'],
    });
    expect(found?.isProven).toBe(false);
    expect(found && sqlOf(found.query, 'SQLite')).toContain('COUNT(*) AS visits');
    expect((await smith({ resultColumns: ['city'], wanted: [['Atlantis']] }, 50))?.isProven).toBe(false);
  });

  test('ends when it is told to', async () => {
    const found = await smith({ resultColumns: ['city'], wanted: [['Atlantis']] }, 5);
    expect(found?.tried).toBeLessThan(20);
  });
});

describe('SQL', () => {
  const query = {
    isDistinct: true,
    select: [{ expression: { kind: 'column' as const, of: { table: 'order', column: 'Total "€"' } }, name: 'select' }],
    from: 'order',
    joins: [],
    where: [{ of: { table: 'order', column: 'note' }, is: '=' as const, value: "it's; DROP TABLE x --\\" }],
    groupBy: [],
    orderBy: [{ name: 'select', isDescending: true }],
    limit: 3,
  };

  test.each<[Dialect, string]>([
    [
      'PostgreSQL',
      'SELECT DISTINCT "Total ""€""" AS "select" FROM "order" WHERE note = \'it\'\'s; DROP TABLE x --\\\' ORDER BY "select" DESC LIMIT 3;',
    ],
    [
      'MySQL',
      "SELECT DISTINCT `Total \"€\"` AS `select` FROM `order` WHERE note = 'it''s; DROP TABLE x --\\\\' ORDER BY `select` DESC LIMIT 3;",
    ],
    [
      'SQL Server',
      "SELECT DISTINCT TOP (3) [Total \"€\"] AS [select] FROM [order] WHERE note = 'it''s; DROP TABLE x --\\' ORDER BY [select] DESC;",
    ],
  ])('of %s quotes its names and values', (dialect, text) => {
    expect(sqlOf(query, dialect).replace(/\s+/g, ' ').trim()).toBe(text);
  });

  test('that was quoted runs, whatever the names and values are', () => {
    const bench = new Bench([
      sourceTable(
        'order',
        ['Total "€"', 'note'],
        [
          ['1', "it's; DROP TABLE x --\\"],
          ['2', ''],
        ],
      ),
    ]);
    expect(bench.rows(query)).toEqual([[1]]);
    bench.close();
    expect([cellOf(' 1.50 '), cellOf(''), cellOf('x')]).toEqual([1.5, null, 'x']);
  });

  test('changes as the notes say', () => {
    const changed = changedBy('Only the top 10, sorted by select ascending', query);
    expect(changed.query).toMatchObject({ limit: 10, orderBy: [{ name: 'select', isDescending: false }] });
    expect(changedBy('Faster!', query).understood).toEqual([]);
  });
});
