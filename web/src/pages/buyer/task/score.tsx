import { Group, Progress, Stack, Text } from '@mantine/core';
import { percent, whole } from '../../../ui/format.ts';
import type { Judgement } from './task.queries.ts';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** `72 to 88`, or `72` where the judge knows all. */
export function rangeText({ low, high }: Range): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  return from === to ? whole(from) : `${whole(from)} to ${whole(to)}`;
}

/** An interval on 0 to 100: what is certain is full, what the judge does not know is striped. */
export function RangeBar({ range, label, size = 'md' }: { range: Range; label: string; size?: string }) {
  const { low, high } = range;
  return (
    <Progress.Root size={size} role="img" aria-label={`${label}: ${rangeText(range)} of 100`}>
      <Progress.Section value={low} aria-hidden withAria={false} />
      <Progress.Section value={Math.max(0, high - low)} striped opacity={0.45} aria-hidden withAria={false} />
    </Progress.Root>
  );
}

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
          {rangeText(judgement.total)}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            of 100
          </Text>
        </Text>
      </Group>
      <RangeBar range={judgement.total} label="Score" />
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
              {rangeText({ low, high })}
            </Text>
          </Group>
          <RangeBar range={{ low, high }} label={name} size="sm" />
        </Stack>
      ))}
    </Stack>
  );
}
