import { Group, Progress, Text } from '@mantine/core';
import { interval } from './format.ts';

interface Props {
  low: number;
  high: number;
  /** The number beside the bar; without it the bar is for the eye alone. */
  withNumber?: boolean;
}

/** Points of 0 to 100: what is certain, and paler what may come on top of it once somebody decides. */
export function IntervalBar({ low, high, withNumber = true }: Props) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress.Root size="sm" flex={1} miw={60} aria-hidden>
        <Progress.Section value={low} color="crust.6" withAria={false} />
        <Progress.Section value={high - low} color="crust.3" withAria={false} />
      </Progress.Root>
      {withNumber && (
        <Text size="xs" className="tabular" miw={56} ta="right">
          {interval({ low, high })}
        </Text>
      )}
    </Group>
  );
}
