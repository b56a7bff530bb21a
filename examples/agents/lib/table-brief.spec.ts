import { describe, expect, test } from 'vitest';
import { aRequest } from '../testing/calls.ts';
import { keyOf, sortedRows } from './rows.ts';
import { mentions, tableBrief, tableWishes } from './table-brief.ts';

describe('what is to be done to a table', () => {
  test('stands in requirements and rules', () => {
    const brief = tableBrief(
      aRequest({
        requirements: {
          columns: ['id', 'plan'],
          unique_by: ['id'],
          date_column: 'joined',
          sort_by: 'id',
          expected_rows: 3,
        },
        quality_rules: {
          rules: [
            { kind: 'csv_values', column: 'plan', one_of: ['free', 'team'] },
            { kind: 'csv_values', column: 'left_on', type: 'date' },
            { kind: 'csv_sorted', column: 'id', order: 'descending' },
          ],
        },
      }),
    );
    expect(brief).toMatchObject({ columns: ['id', 'plan'], dateColumns: ['joined', 'left_on'], expectedRows: 3 });
    expect(brief.sort).toEqual({ column: 'id', order: 'descending' });
    expect(brief.allowed.get('plan')).toEqual(['free', 'team']);
  });

  test('notes may sort, leave columns out and change the delimiter', () => {
    const wishes = tableWishes(
      'Please sort by join date, newest first. Drop the columns plan and email and use semicolons.',
      ['id', 'join_date', 'plan', 'email'],
    );
    expect(wishes).toMatchObject({
      sort: { column: 'join_date', order: 'descending' },
      without: ['plan', 'email'],
      delimiter: ';',
    });
    expect(tableWishes('Make it nicer!', ['id']).understood).toEqual([]);
  });

  test('a column is named with spaces or in the plural', () => {
    expect(mentions('order by the join date', 'join_date')).toBe(true);
    expect(mentions('write emails in small letters', 'email')).toBe(true);
    expect(mentions('a remaining row', 'email')).toBe(false);
  });

  test('rows are sorted by value where all are numbers, else as people sort words', () => {
    const rows = [['10'], ['9'], ['-1']];
    expect(sortedRows(rows, 0, 'ascending').flat()).toEqual(['-1', '9', '10']);
    expect(sortedRows([['b'], ['A'], ['']], 0, 'descending').flat()).toEqual(['b', 'A', '']);
  });

  test('records are the same without regard to case and spare spaces', () => {
    expect(keyOf(['1', ' Ada  B '], [1])).toBe(keyOf(['2', 'ada b'], [1]));
  });
});
