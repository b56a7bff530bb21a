import { Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Delivery } from './task.queries.ts';

/** What the buyer's own tests showed, one by one. */
export function TestResults({ tested: { verdict, reason, results } }: { tested: NonNullable<Delivery['tested']> }) {
  return (
    <Stack gap={4}>
      {verdict !== 'pass' && <Text size="sm">{reason}</Text>}
      {results.map(({ name, ok, detail }, i) => (
        <Group key={`${i} ${name}`} gap="xs" wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" color={ok ? 'teal' : 'red'} size={18} radius="xl" mt={2} aria-hidden>
            {ok ? <IconCheck size={12} /> : <IconX size={12} />}
          </ThemeIcon>
          <Text size="sm" component="div">
            {name} · {ok ? 'passed' : 'failed'}
            {!ok && detail && (
              <Text size="xs" c="dimmed" ff="monospace" style={{ whiteSpace: 'pre-wrap' }} lineClamp={8}>
                {detail}
              </Text>
            )}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
