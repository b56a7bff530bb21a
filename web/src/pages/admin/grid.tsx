import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Column<Row> {
  head: string;
  /** Numbers stand right, so that their digits do. */
  number?: true;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** What the table shows, for those who can't see the heading above it. */
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  columns: readonly Column<Row>[];
  minWidth?: number;
}

/** A table that scrolls inside itself where the window is too narrow. */
export function Grid<Row>({ label, rows, keyOf, columns, minWidth = 560 }: Props<Row>) {
  const align = ({ number }: Column<Row>) => (number ? 'right' : 'left');
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0} role="region" aria-label={label}>
      <Table aria-label={label} className="tabular" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.head} ta={align(column)}>
                {column.head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map((column) => (
                <Table.Td key={column.head} ta={align(column)}>
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
