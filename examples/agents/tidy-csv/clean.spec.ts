import { describe, expect, test } from 'vitest';
import { parseCsv } from '../lib/csv.ts';
import { aRequest } from '../testing/calls.ts';
import { cleaned, isOneSlip, titled } from './clean.ts';
import { planFor } from './plan.ts';

const SOURCE = `id,name,E-Mail,joined,plan,extra
3, ada  LOVELACE ,ADA@X.EXAMPLE,03.04.2016,Free,x
1,Ada Lovelace,ada@x.example,2016-04-03,free,x
4,jean-luc o'brien,jl@x.example,21/09/2019,tema,x
,Nobody,n@x.example,2020-01-01,free,x
5,Ludwig van Beethoven,n/a,2020-01-01,free,x
6,McKay,mc@x.example,someday,gold,x
`;

const request = aRequest({
  description:
    'Keep the row with the lowest id. Write emails in small letters, and names with capitals at\nthe start of each word.',
  requirements: {
    columns: ['id', 'name', 'email', 'joined', 'plan'],
    unique_by: ['email'],
    not_blank: ['id', 'email'],
    date_column: 'joined',
    sort_by: 'id',
    expected_rows: 4,
  },
  quality_rules: { rules: [{ kind: 'csv_values', column: 'plan', one_of: ['free', 'team', 'business'] }] },
});

function run(changes = {}) {
  const source = parseCsv(SOURCE);
  return cleaned(source, { ...planFor(request, source.header), ...changes });
}

describe('a tidy table', () => {
  test('has the columns, records, values and order that were asked for', () => {
    expect(run().rows).toEqual([
      ['1', 'Ada Lovelace', 'ada@x.example', '2016-04-03', 'free'],
      ['4', "Jean-Luc O'Brien", 'jl@x.example', '2019-09-21', 'team'],
      ['6', 'McKay', 'mc@x.example', 'someday', 'gold'],
    ]);
  });

  test('comes with notes on what was done, what was not guessed, and what does not add up', () => {
    const notes = run().notes.join('\n');
    expect(notes).toContain('2 rows dropped: no id or no email.');
    expect(notes).toContain('1 row dropped: the same record as another.');
    expect(notes).toContain('joined: 1 value is no date');
    expect(notes).toContain('plan: "gold" is none of them');
    expect(notes).toContain('You expected 4 rows; by your rules 3 remain');
  });

  test('keeps the row that the brief names, else the first', () => {
    expect(run({ keep: { column: 'id', which: 'highest' } }).rows[0]?.[0]).toBe('3');
    expect(run({ keep: null }).rows[0]?.[0]).toBe('3');
  });

  test('has every column of the source when none is asked for, and says which are missing', () => {
    expect(run({ columns: [] }).header).toEqual(['id', 'name', 'E-Mail', 'joined', 'plan', 'extra']);
    expect(run({ columns: ['id', 'phone'] }).notes).toContain('The source has no phone: left blank.');
  });

  test('reads a date that has only one meaning in that one, whatever the order', () => {
    const source = parseCsv('d\n09/30/2024\n30/09/2024\n');
    expect(
      cleaned(source, { ...planFor(aRequest({ requirements: { date_column: 'd' } }), ['d']), uniqueBy: ['id'] }).rows,
    ).toEqual([['2024-09-30']]);
  });

  test('takes "YYYY-MM-DD" for no word on the order of day and month', () => {
    const order = (description: string) => planFor(aRequest({ description }), []).dateOrder;
    expect(order('Write dates as YYYY-MM-DD.')).toBeNull();
    expect(order('They come as MM/DD/YYYY.')).toBe('month-first');
    expect(order('As DD.MM.YYYY, to be written as YYYY-MM-DD.')).toBe('day-first');
  });

  test('gives capitals to words in one case, and leaves others and particles alone', () => {
    expect(titled('LUDWIG van BEETHOVEN')).toBe('Ludwig van Beethoven');
    expect(titled("conan o'brien")).toBe("Conan O'Brien");
    expect(titled('iPhone MacLeod')).toBe('iPhone MacLeod');
  });

  test.each([
    ['actve', 'active', true],
    ['acitve', 'active', true],
    ['actives', 'active', true],
    ['passive', 'active', false],
    ['active', 'active', false],
  ])('%s is one slip from %s: %s', (a, b, is) => {
    expect(isOneSlip(a, b)).toBe(is);
  });
});
