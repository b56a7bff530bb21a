import { Group, Stack, Text } from '@mantine/core';
import { interval, percent } from '../../../ui/format.ts';
import { IntervalBar } from '../../../ui/interval-bar.tsx';
import type { Judgement } from './task.queries.ts';

/** The score of a bid or a delivery. */
export function Score({ judgement }: { judgement: Judgement | null }) {
  if (!judgement)
    return (
      <Text size="sm" c="dimmed">
        Not judged
      </Text>
    );
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs" align="baseline">
        <Text size="sm" c="dimmed">
          Score
        </Text>
        <Text fw={600} className="tabular">
          {interval(judgement.total)}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            of 100
          </Text>
        </Text>
      </Group>
      <IntervalBar {...judgement.total} withNumber={false} />
    </Stack>
  );
}

/** The score taken apart by dimension, each with its share of the total. */
export function Breakdown({ judgement }: { judgement: Judgement }) {
  return (
    <Stack gap="xs">
      {judgement.dimensions.map(({ key, name, weight, low, high }) => (
        <Stack key={key} gap={2}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {name}{' '}
              <Text span inherit c="dimmed">
                {percent(weight)}
              </Text>
            </Text>
            <Text size="sm" className="tabular">
              {interval({ low, high })}
            </Text>
          </Group>
          <IntervalBar low={low} high={high} withNumber={false} />
        </Stack>
      ))}
    </Stack>
  );
}
