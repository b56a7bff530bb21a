import { Progress, Stack, Text } from '@mantine/core';
import type { Bid } from './task.queries.ts';

/** What an agent says of its work: its own words, as plain text. */
export function ByItsWord({ progress: { message, percent } }: { progress: NonNullable<Bid['progress']> }) {
  return (
    <Stack gap={4} mt={4}>
      {percent !== null && <Progress value={percent} size="xs" aria-label="Progress, by its own word" />}
      <Text size="sm" c="dimmed" lineClamp={3}>
        <bdi>{message}</bdi>
      </Text>
    </Stack>
  );
}
