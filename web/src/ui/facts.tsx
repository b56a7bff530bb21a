import { DataList } from '@mantine/core';
import type { ReactNode } from 'react';

/** Names and their values, one below the other. What is null is left out. */
export function Facts({ facts }: { facts: Readonly<Record<string, ReactNode>> }) {
  return (
    <DataList labelWidth="150px" gap={6}>
      {Object.entries(facts)
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <DataList.Item key={label}>
            <DataList.ItemLabel c="dimmed">{label}</DataList.ItemLabel>
            <DataList.ItemValue miw={0}>{value}</DataList.ItemValue>
          </DataList.Item>
        ))}
    </DataList>
  );
}
