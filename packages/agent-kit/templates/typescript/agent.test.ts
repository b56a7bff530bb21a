import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefFrom, cleaned, isoDate, parseCsv } from './clean.ts';

test('a table is cleaned by its requirements', () => {
  const source = 'Name;E-Mail;Since\nBea;BEA@x.example;3.2.2025\n Ada ;ada@x.example;Jan 5, 2024\nada;ADA@x.example;\nCy;-;2024-01-01\n';
  const brief = briefFrom({
    columns: ['email', 'name', 'since'],
    unique_by: ['email'],
    not_blank: ['email'],
    date_column: 'since',
    sort_by: 'name',
  });
  const { csv, summary } = cleaned(source, { ...brief, columns: ['E-Mail', 'Name', 'since'] });
  assert.equal(csv, 'E-Mail,Name,since\nada@x.example,Ada,2024-01-05\nbea@x.example,Bea,2025-02-03\n');
  assert.equal(summary, '4 rows became 2.');
});

test('what no field holds is read out of the brief', () => {
  const words = 'Keep the row with the highest no. Write names with capitals at the start of each word.';
  const brief = briefFrom({ unique_by: ['name'] }, words, [{ kind: 'csv_values', column: 'state', one_of: ['open', 'shut'] }]);
  const { csv } = cleaned('no,name,state\n2,ada lind,OPEN\n10,ADA LIND,shtu\n3,bo,other\n', brief);
  assert.equal(csv, 'no,name,state\n10,Ada Lind,shut\n3,Bo,other\n');
});

test('fields may hold marks, line breaks and quotes', () => {
  assert.deepEqual(parseCsv('a,b\n"1, ""one""","x\ny"\n'), [
    ['a', 'b'],
    ['1, "one"', 'x\ny'],
  ]);
});

test('what is no date stays as it is', () => {
  assert.deepEqual(['31.02.2025', 'soon', '2025-02-28'].map(isoDate), ['31.02.2025', 'soon', '2025-02-28']);
});

test('requirements that make no sense ask for nothing', () => {
  const { csv } = cleaned('a\n1\n', briefFrom({ columns: 7, unique_by: [null], sort_by: {} }));
  assert.equal(csv, 'a\n1\n');
});
