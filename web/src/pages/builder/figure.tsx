import { Card, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One number with its name, and what share it is. */
export function Figure({ label, note, children }: { label: string; note?: string | undefined; children: ReactNode }) {
  return (
    <Card withBorder padding="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} className="tabular" component="div">
        {children}
        {note && (
          <Text span size="sm" c="dimmed" fw={400}>
            {' '}
            · {note}
          </Text>
        )}
      </Text>
    </Card>
  );
}
