import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { anArtifact, FILE_OF, findingOf } from '../../../test/support/answers.js';
import { artifactText } from '../artifact-text.js';
import type { Met } from '../judgement.schema.js';

const json = (content: string) => [anArtifact(content, { type: 'json', ...FILE_OF.json })];
const csv = (content: string) => [anArtifact(content, { type: 'file', ...FILE_OF.file })];

const ORDER = '{"id": 7, "customer": {"name": "Ada ", "note": ""}, "items": [{"sku": "a"}, {"sku": "b"}]}';
const SCHEMA = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const PEOPLE =
  'id,name,email,joined\n1,Ada,ada@x.example,2020-01-31\n2,Bo,,2021-02-28\n10,Cy,cy@x.example,2022-03-01\n';

const JSON_CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [{ kind: 'json_valid', root: 'object' }, ORDER, 'yes'],
  [{ kind: 'json_valid', root: 'array' }, ORDER, 'no'],
  [{ kind: 'json_valid' }, '{"a": 1,}', 'no'],
  [{ kind: 'json_valid' }, `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'unknown'],
  [{ kind: 'json_schema', schema: SCHEMA }, ORDER, 'yes'],
  [{ kind: 'json_schema', schema: SCHEMA }, '{"id": "seven"}', 'no'],
  [{ kind: 'json_schema', schema: { type: 'nonsense' } }, ORDER, 'unknown'],
  [{ kind: 'json_schema', schema: { pattern: '^(a+)+$' } }, JSON.stringify(`${'a'.repeat(60)}!`), 'unknown'],
  [{ kind: 'json_has', paths: ['customer.name', 'items.1.sku', 'items[*].sku'] }, ORDER, 'yes'],
  [{ kind: 'json_has', paths: ['customer.note'] }, ORDER, 'no'],
  [{ kind: 'json_has', paths: ['constructor', '__proto__.x'] }, ORDER, 'no'],
  [{ kind: 'json_equals', path: 'customer', value: { note: '', name: 'Ada' } }, ORDER, 'yes'],
  [{ kind: 'json_equals', path: 'id', value: '7' }, ORDER, 'no'],
  [{ kind: 'json_count', path: 'items', min: 2, max: 2 }, ORDER, 'yes'],
  [{ kind: 'json_count', path: 'items', min: 3 }, ORDER, 'no'],
  [{ kind: 'json_count', min: 1 }, ORDER, 'no'],
];

const CSV_CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [{ kind: 'csv_valid' }, PEOPLE, 'yes'],
  [{ kind: 'csv_valid' }, 'a,b\n1\n', 'no'],
  [{ kind: 'csv_valid' }, 'a,a\n1,2\n', 'no'],
  [{ kind: 'csv_valid', delimiter: ';' }, 'a;b\n1;2\n', 'yes'],
  [{ kind: 'csv_valid', delimiter: ';' }, PEOPLE, 'no'],
  [{ kind: 'csv_valid' }, ','.repeat(600_000), 'unknown'],
  [{ kind: 'csv_columns', columns: ['Email', 'id'], exact: false }, PEOPLE, 'yes'],
  [{ kind: 'csv_columns', columns: ['id', 'name'], exact: true }, PEOPLE, 'no'],
  [{ kind: 'csv_rows', min: 3, max: 3 }, PEOPLE, 'yes'],
  [{ kind: 'csv_rows', max: 2 }, PEOPLE, 'no'],
  [{ kind: 'csv_unique', columns: ['id'] }, PEOPLE, 'yes'],
  [{ kind: 'csv_unique', columns: ['a'] }, 'a,b\nX,1\nx ,2\n', 'no'],
  [{ kind: 'csv_no_blank', columns: ['name'] }, PEOPLE, 'yes'],
  [{ kind: 'csv_no_blank' }, PEOPLE, 'no'],
  [{ kind: 'csv_no_blank', columns: ['phone'] }, PEOPLE, 'no'],
  [{ kind: 'csv_values', column: 'joined', type: 'date' }, PEOPLE, 'yes'],
  [{ kind: 'csv_values', column: 'a', type: 'date' }, 'a,b\n31.01.2020,1\n', 'no'],
  [{ kind: 'csv_values', column: 'email', type: 'email' }, PEOPLE, 'yes'],
  [{ kind: 'csv_values', column: 'name', one_of: ['Ada', 'Bo'] }, PEOPLE, 'no'],
  [{ kind: 'csv_values', column: 'a', type: 'number' }, 'a,b\n,1\n', 'unknown'],
  [{ kind: 'csv_sorted', column: 'id', order: 'ascending' }, PEOPLE, 'yes'],
  [{ kind: 'csv_sorted', column: 'name', order: 'descending' }, PEOPLE, 'no'],
  [{ kind: 'csv_equals', rows: [{ id: '10', name: 'Cy' }, { id: '1' }], exact: false }, PEOPLE, 'yes'],
  [{ kind: 'csv_equals', rows: [{ id: '1' }], exact: true }, PEOPLE, 'no'],
  [{ kind: 'csv_equals', rows: [{ id: '1' }, { id: '1' }], exact: false }, PEOPLE, 'no'],
];

describe('rules about JSON', () => {
  test.each(JSON_CASES)('%j on %s: %s', async (rule, content, met) => {
    expect((await findingOf(rule, json(content))).met).toBe(met);
  });

  test('JSON in the only fence of a text is JSON; a text without any is not', async () => {
    expect((await findingOf({ kind: 'json_has', paths: ['a'] }, 'Here:\n\n```json\n{"a": 1}\n```')).met).toBe('yes');
    expect((await findingOf({ kind: 'json_valid' }, 'no data here')).met).toBe('no');
  });
});

describe('rules about CSV', () => {
  test.each(CSV_CASES)('%j on %s: %s', async (rule, content, met) => {
    expect((await findingOf(rule, csv(content))).met).toBe(met);
  });

  test('values must come from the attached table, and most of them must be kept', async () => {
    const attachments = [
      artifactText({ name: 'in.csv', mediaType: 'text/csv', bytes: new TextEncoder().encode(PEOPLE) }),
    ];
    const rule: QualityRule = { kind: 'csv_from_source', column: 'name', min_share: 0.9 };
    expect((await findingOf(rule, csv('name,x\nADA ,1\nbo,2\nCy,3\n'), { attachments })).met).toBe('yes');
    expect((await findingOf(rule, csv('name,x\nAda,1\n'), { attachments })).met).toBe('no');
    expect((await findingOf(rule, csv('name,x\nAda,1\nBo,1\nCy,1\nDan,2\n'), { attachments })).met).toBe('no');
    expect((await findingOf(rule, csv('name,x\nAda,1\n'))).met).toBe('unknown');
  });
});

describe('rules about files', () => {
  const png = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0,
  ]);
  const files = [anArtifact('# x'), anArtifact(png, { type: 'image', name: 'a.png', mediaType: 'image/png' })];

  test.each<readonly [QualityRule, Met]>([
    [{ kind: 'artifact', type: 'image', min: 1, max: 1 }, 'yes'],
    [{ kind: 'artifact', extension: '.pdf', min: 1 }, 'no'],
    [{ kind: 'artifact', media_type: 'text/markdown', min: 1 }, 'yes'],
    [{ kind: 'artifact', min: 0, max: 1 }, 'no'],
    [{ kind: 'max_bytes', bytes: 100 }, 'yes'],
    [{ kind: 'max_bytes', bytes: 10 }, 'no'],
    [{ kind: 'file_type', types: ['png'], target: 'image' }, 'yes'],
    [{ kind: 'file_type', types: ['jpg'], target: 'image' }, 'no'],
    [{ kind: 'file_type', types: ['png', 'md'] }, 'yes'],
  ])('%j: %s', async (rule, met) => {
    expect((await findingOf(rule, files)).met).toBe(met);
  });
});
