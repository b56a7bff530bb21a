import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.ts';
import { columnAt, parseCsv, writeCsv } from './csv.ts';

describe('CSV', () => {
  test('what was written is read back, whatever the fields hold', () => {
    const field = fc
      .string({ unit: fc.constantFrom('a', 'B', '7', ' ', ',', ';', '"', '\n', 'é', '|', '\t'), maxLength: 8 })
      .map((text) => `x${text}`);
    const tables = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(tables, (rows) => {
        const header = rows[0]?.map((_, at) => `column${at}`) ?? [];
        expect(parseCsv(writeCsv(header, rows))).toMatchObject({ header, rows, delimiter: ',' });
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [',', 'id,name\n1,Ada'],
    [';', 'id;name\n1;"Ada; née Byron"'],
    ['\t', 'id\tname\n1\tAda, née Byron'],
    ['|', 'id|name\n1|Ada'],
  ])('the delimiter %j is found', (delimiter, text) => {
    expect(parseCsv(text)).toMatchObject({ delimiter, header: ['id', 'name'] });
  });

  test('blank lines are no rows, and rows of another length stay as they are', () => {
    expect(parseCsv('a,b\n\n1\n , \n1,2,3\n').rows).toEqual([['1'], ['1', '2', '3']]);
  });

  test('a quote that is never closed costs its own field and nothing else', () => {
    expect(parseCsv('a,b\n"x,1\ny,2').rows).toEqual([
      ['"x', '1'],
      ['y', '2'],
    ]);
  });

  test('no more rows are read than wanted, and that is said', () => {
    const text = `a,b\n${'1,2\n'.repeat(50)}`;
    expect(parseCsv(text, 10)).toMatchObject({ cut: true, rows: { length: 10 } });
    expect(parseCsv(text).cut).toBe(false);
  });

  test('a column is found by its name without case and marks', () => {
    expect(columnAt(['ID', 'E-Mail', 'joined_on'], 'email')).toBe(1);
    expect(columnAt(['ID', 'E-Mail', 'joined_on'], 'Joined On')).toBe(2);
    expect(columnAt(['ID'], '—')).toBe(-1);
  });

  test('a megabyte of quotes takes no time', async () => {
    const work = () => {
      parseCsv('"'.repeat(1_000_000));
      parseCsv('"""x,'.repeat(200_000));
    };
    expect(await processorMs(work)).toBeLessThan(2_000);
  });
});
