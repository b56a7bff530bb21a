import { Group, Text } from '@mantine/core';

/** Points of 0 to 100 as a bar: what is sure, and paler what may come on top. */
export function ScoreRange({ low, high }: { low: number; high: number }) {
  const said = low === high ? `${low}` : `${low} to ${high}`;
  return (
    <Group gap="xs" wrap="nowrap">
      <div className="score-range" aria-hidden>
        <div className="score-range-maybe" style={{ width: `${high}%` }} />
        <div className="score-range-sure" style={{ width: `${low}%` }} />
      </div>
      <Text size="xs" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {said}
      </Text>
    </Group>
  );
}
