import { List, Stack, Text } from '@mantine/core';
import { words } from '../../../ui/format.ts';
import type { Gallery } from './task.queries.ts';

/** How many were called and are not on the page, and why. */
export function NotShown({ gallery: { not_presented: hidden } }: { gallery: Gallery }) {
  if (hidden.length === 0) return null;
  const count = hidden.reduce((sum, { bids }) => sum + bids, 0);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {count} more {count === 1 ? 'was' : 'were'} called and {count === 1 ? 'is' : 'are'} not shown
      </Text>
      <List size="sm" c="dimmed">
        {hidden.map(({ reason, bids, meaning }) => (
          <List.Item key={reason}>
            {words(meaning)}: {bids}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
