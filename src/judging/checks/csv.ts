import { type Answer, csvOf, unwrapped } from '../artifact-text.js';
import { type Csv, column, columnIndex, parseCsv } from '../csv.js';
import { sheets } from '../parts.js';
import {
  allThere,
  best,
  type Check,
  type Checks,
  every,
  type Finding,
  inRange,
  no,
  some,
  unknown,
  whenParsed,
  yesOrNo,
} from './check.js';

type CsvKind =
  | ('csv_valid' | 'csv_columns' | 'csv_rows' | 'csv_unique' | 'csv_no_blank' | 'csv_values')
  | ('csv_sorted' | 'csv_equals' | 'csv_from_source');

function ofBest(answer: Answer, judge: (csv: Csv) => Finding): Finding {
  return best(sheets(answer.readings), 'CSV', (reading) => whenParsed(csvOf(reading), 'CSV', judge));
}

const valid: Check<'csv_valid'> = ({ delimiter }, { answer }) =>
  every(sheets(answer.readings), 'CSV', (reading) => {
    const parsed = delimiter === undefined ? csvOf(reading) : parseCsv(unwrapped(reading), delimiter);
    return whenParsed(parsed, 'CSV', ({ header, rows, delimiter: by }) => {
      if (delimiter !== undefined && header.length === 1 && csvOf(reading).kind === 'ok')
        return no(`the fields are not parted by "${delimiter}"`);
      const nameless = header.filter((name) => name === '').length;
      const named = new Set(header.map((name) => name.toLowerCase())).size;
      const fine = nameless === 0 && named === header.length;
      return yesOrNo(
        fine,
        `${rows.length} rows of ${header.length} fields parted by "${by}"${fine ? '' : ', with columns that have no name of their own'}`,
      );
    });
  });

const columns: Check<'csv_columns'> = ({ columns: wanted, exact }, { answer }) =>
  ofBest(answer, (csv) => {
    if (exact) {
      const met = csv.header.length === wanted.length && wanted.every((name, at) => csv.header[at] === name.trim());
      return yesOrNo(met, `the header is ${some(csv.header, 12)}; asked for ${some(wanted, 12)}`);
    }
    return allThere(
      wanted,
      wanted.filter((name) => columnIndex(csv, name) < 0),
      'columns',
    );
  });

const unique: Check<'csv_unique'> = ({ columns: names }, { answer }) =>
  ofBest(answer, (csv) =>
    withColumns(csv, names, (values) => {
      const keys = csv.rows.map((_row, at) => JSON.stringify(values.map((list) => list[at]?.toLowerCase())));
      const doubled = keys.length - new Set(keys).size;
      return yesOrNo(doubled === 0, `${doubled} of ${keys.length} rows repeat another in ${some(names)}`);
    }),
  );

const noBlank: Check<'csv_no_blank'> = ({ columns: names }, { answer }) =>
  ofBest(answer, (csv) =>
    withColumns(csv, names ?? csv.header, (values) => {
      const blank = values.flat().filter((value) => value === '').length;
      return yesOrNo(blank === 0 && csv.rows.length > 0, `${blank} of ${values.flat().length} fields are blank`);
    }),
  );

const TYPES = {
  integer: /^[+-]?\d{1,18}$/,
  number: /^[+-]?\d{1,18}(?:\.\d{1,18})?(?:e[+-]?\d{1,3})?$/i,
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ][\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?$/,
  email: /^[^\s@,;<>]{1,64}@[^\s@,;<>]{1,200}\.\p{L}{2,24}$/u,
  boolean: /^(?:true|false|yes|no|0|1)$/i,
  url: /^https?:\/\/[^\s]{3,2000}$/i,
};

const valuesOf: Check<'csv_values'> = ({ column: name, type, one_of }, { answer }) =>
  ofBest(answer, (csv) =>
    withColumns(csv, [name], ([list = []]) => {
      const given = list.filter((value) => value !== '');
      const fits = (value: string) =>
        (type === undefined || isOfType(value, type)) && (one_of === undefined || one_of.includes(value));
      const wrong = given.filter((value) => !fits(value));
      if (given.length === 0) return unknown(`every field of "${name}" is blank`);
      return yesOrNo(
        wrong.length === 0,
        wrong.length === 0
          ? `all ${given.length} values of "${name}" fit`
          : `${wrong.length} of ${given.length} values don't fit: ${some([...new Set(wrong)])}`,
      );
    }),
  );

const sorted: Check<'csv_sorted'> = ({ column: name, order }, { answer }) =>
  ofBest(answer, (csv) =>
    withColumns(csv, [name], ([list = []]) => {
      const compare = list.every((value) => TYPES.number.test(value))
        ? (a: string, b: string) => Number(a) - Number(b)
        : byText.compare;
      const sign = order === 'ascending' ? 1 : -1;
      const at = list.findIndex((value, row) => row > 0 && sign * compare(list[row - 1] ?? '', value) > 0);
      return yesOrNo(
        at < 0,
        at < 0 ? `${list.length} rows in ${order} order of "${name}"` : `row ${at + 1} ("${list[at]}") is out of order`,
      );
    }),
  );

const byText = new Intl.Collator('en', { sensitivity: 'base' });

/** Each known row is found once: two equal known rows need two rows. */
const equals: Check<'csv_equals'> = ({ rows: wanted, exact }, { answer }) =>
  ofBest(answer, (csv) => {
    const names = [...new Set(wanted.flatMap((row) => Object.keys(row)))];
    return withColumns(csv, names, () => {
      const left = csv.rows.map((row) => row.map((value) => value.trim()));
      const missing = wanted.filter((row) => {
        const at = left.findIndex((cells) =>
          Object.entries(row).every(([name, value]) => cells[columnIndex(csv, name)] === value.trim()),
        );
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      const extra = exact ? left.length : 0;
      return yesOrNo(
        missing.length === 0 && extra === 0,
        `${wanted.length - missing.length} of ${wanted.length} known rows are there, ${left.length} others`,
      );
    });
  });

const fromSource: Check<'csv_from_source'> = ({ column: name, min_share }, { answer, attachments }) => {
  const sources = sheets(attachments).flatMap((reading) => {
    const parsed = csvOf(reading);
    return parsed.kind === 'ok' ? (column(parsed.value, name) ?? []) : [];
  });
  const known = new Set(sources.map(comparable).filter((value) => value !== ''));
  if (known.size === 0) return unknown(`no attached CSV has a column "${name}"`);
  return ofBest(answer, (csv) =>
    withColumns(csv, [name], ([list = []]) => {
      const given = new Set(list.map(comparable).filter((value) => value !== ''));
      const invented = [...given].filter((value) => !known.has(value));
      const kept = (given.size - invented.length) / known.size;
      const evidence = `${given.size - invented.length} of ${known.size} values of "${name}" are kept, ${invented.length} come from nowhere`;
      return yesOrNo(kept >= min_share && invented.length <= given.size / 50, evidence, 0.9);
    }),
  );
};

export const csvChecks: Checks<CsvKind> = {
  csv_valid: valid,
  csv_columns: columns,
  csv_rows: (rule, { answer }) => ofBest(answer, ({ rows }) => inRange(rows.length, rule, 'rows')),
  csv_unique: unique,
  csv_no_blank: noBlank,
  csv_values: valuesOf,
  csv_sorted: sorted,
  csv_equals: equals,
  csv_from_source: fromSource,
};

function withColumns(csv: Csv, names: readonly string[], judge: (values: string[][]) => Finding): Finding {
  const found = names.map((name) => column(csv, name));
  const missing = names.filter((_name, at) => found[at] === undefined);
  if (missing.length > 0) return no(`no column ${some(missing)}; the header is ${some(csv.header, 8)}`);
  return judge(found.filter((values) => values !== undefined));
}

function isOfType(value: string, type: keyof typeof TYPES): boolean {
  return TYPES[type].test(value) && (type !== 'date' || !Number.isNaN(Date.parse(value)));
}

/** Cleaning may change case, spaces and punctuation of a value, and it is still the same one. */
function comparable(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@]+/gu, '');
}
