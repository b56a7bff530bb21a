import { Box, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What the chart shows, in a sentence with its numbers: all that somebody needs who does not see it. */
  summary: ReactNode;
  /** The same as a table; the first cell of a row names it. */
  columns: readonly string[];
  rows: readonly (readonly [string, ...ReactNode[]])[];
  children: ReactNode;
}

/** A chart that can be read as well as looked at. */
export function ChartFigure({ title, summary, columns, rows, children }: Props) {
  const [asTable, { toggle }] = useDisclosure();
  return (
    <Box component="figure" m={0}>
      <Stack gap="xs">
        <Group component="figcaption" justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
          <div>
            <Text fw={600} size="sm">
              {title}
            </Text>
            <Text size="sm" c="dimmed">
              {summary}
            </Text>
          </div>
          <Button size="compact-xs" variant="default" onClick={toggle} style={{ flexShrink: 0 }}>
            {asTable ? 'As a chart' : 'As a table'}
          </Button>
        </Group>
        {asTable ? <Numbers title={title} columns={columns} rows={rows} /> : <div aria-hidden>{children}</div>}
      </Stack>
    </Box>
  );
}

function Numbers({ title, columns, rows }: Pick<Props, 'title' | 'columns' | 'rows'>) {
  return (
    <Table.ScrollContainer minWidth={0} mah={320} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={title} fz="xs" className="tabular" style={{ overflowWrap: 'break-word' }}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, ...cells], row) => (
            <Table.Tr key={row}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              {cells.map((cell, place) => (
                <Table.Td key={columns[place + 1]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
