import { Box, Table, Text } from '@mantine/core';
import { Bounded } from './text-of.tsx';

const FIRST_ROWS = 50;
const MORE_ROWS = 200;
const MOST_CELL = 500;

/** A table of plain text. What looks like a formula or like HTML is text too. */
export function Rows({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <Bounded all={rows} first={FIRST_ROWS} step={MORE_ROWS} what="rows">
      {(some) => (
        <Box style={{ overflowX: 'auto' }} tabIndex={0}>
          <Table
            striped
            withColumnBorders
            fz="xs"
            horizontalSpacing="xs"
            verticalSpacing={4}
            style={{ width: 'auto', minWidth: '100%' }}
          >
            <Table.Thead>
              <Table.Tr>
                {columns.map((column, i) => (
                  <Table.Th key={i} style={{ whiteSpace: 'nowrap' }}>
                    <Cell text={column} />
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {some.map((row, i) => (
                <Table.Tr key={i}>
                  {columns.map((_, column) => (
                    <Table.Td key={column} className="tabular" maw={360}>
                      <Cell text={row[column] ?? ''} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      )}
    </Bounded>
  );
}

function Cell({ text }: { text: string }) {
  if (text === '')
    return (
      <Text span inherit c="dimmed" aria-label="empty">
        ·
      </Text>
    );
  return <bdi>{text.length > MOST_CELL ? `${text.slice(0, MOST_CELL)}…` : text}</bdi>;
}
