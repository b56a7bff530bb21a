import { Stack, Text } from '@mantine/core';
import Papa from 'papaparse';
import { useMemo } from 'react';
import { whole } from '../ui/format.ts';
import { Rows } from './rows.tsx';

const MOST_COLUMNS = 50;

/** Comma or tab separated values as a table; the first row names the columns. */
export default function Csv({ text, tabs }: { text: string; tabs: boolean }) {
  const { columns, rows, hidden } = useMemo(() => parsed(text, tabs), [text, tabs]);
  return (
    <Stack gap={4} p="sm">
      <Text size="xs" c="dimmed">
        {whole(rows.length)} rows, {whole(columns.length + hidden)} columns
        {hidden > 0 && `; the first ${MOST_COLUMNS} columns are shown`}
      </Text>
      <Rows columns={columns} rows={rows} />
    </Stack>
  );
}

function parsed(text: string, tabs: boolean) {
  const { data } = Papa.parse<string[]>(text, { delimiter: tabs ? '\t' : '', skipEmptyLines: 'greedy' });
  const [head = [], ...rows] = data;
  const width = data.reduce((widest, row) => Math.max(widest, row.length), 0);
  const columns = Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, i) => head[i] ?? '');
  return { columns, rows, hidden: width - columns.length };
}
