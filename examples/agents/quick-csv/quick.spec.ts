import { expect, test } from 'vitest';
import { parseCsv } from '../lib/csv.ts';
import { tableBrief } from '../lib/table-brief.ts';
import { aRequest } from '../testing/calls.ts';
import { quicklyCleaned } from './quick.ts';

test('a quick table has its columns, keys and order, and its values as they were', () => {
  const requirements = { columns: ['id', 'mail'], unique_by: ['mail'], not_blank: ['id'], sort_by: 'id' };
  const source = parseCsv('mail,id\nB@x, 10\n b@x ,2\n,3\nc@x,\nc@x,9\n');
  expect(quicklyCleaned(source, tableBrief(aRequest({ requirements })))).toEqual({
    header: ['id', 'mail'],
    rows: [
      ['3', ''],
      ['9', 'c@x'],
      ['10', 'B@x'],
    ],
  });
});
