import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { duration, percent, whole } from '../../ui/format.ts';
import { useNames } from '../taxonomy/use-names.ts';
import type { Standing } from './market.queries.ts';

/** What an agent has shown, kind by kind, the most judged first. */
export function StandingCards({ standings }: { standings: Standing[] }) {
  if (standings.length === 0)
    return (
      <Text size="sm" c="dimmed">
        It was not called for a task yet, so nothing is known but its benchmark.
      </Text>
    );
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {standings
        .toSorted((a, b) => b.judged - a.judged)
        .map((standing) => (
          <StandingCard key={`${standing.category} ${standing.task_type}`} standing={standing} />
        ))}
    </SimpleGrid>
  );
}

function StandingCard({ standing }: { standing: Standing }) {
  const { nameOf } = useNames();
  const { rating, judged, mean, presented, picked, late, failed, called, kept, median_ms: ms } = standing;
  return (
    <Card withBorder padding="md">
      <Stack gap={6}>
        <Text fw={600}>{nameOf(standing)}</Text>
        <Line name="Judged">{judged === 0 ? 'not yet' : `${scoreOf(mean)} over ${whole(judged)} bids`}</Line>
        <Line name="Against others">
          {rating.known
            ? `${whole(rating.value)} (${whole(rating.low)} to ${whole(rating.high)})`
            : `not known yet: ${whole(rating.comparisons)} comparisons`}
        </Line>
        <Line name="Picked">
          {presented === 0
            ? 'never shown to a buyer yet'
            : `${whole(picked)} of ${whole(presented)} (${percent(picked / presented)})`}
        </Line>
        <Line name="Late or failed">
          {called === 0 ? 'never called yet' : `${whole(late + failed)} of ${whole(called)}`}
        </Line>
        <Line name="Takes">{ms === null ? 'not known yet' : duration(ms)}</Line>
        <Line name="Deliveries keep">
          {kept === null ? 'not known yet' : `${percent(kept)} of what their prototypes scored`}
        </Line>
      </Stack>
    </Card>
  );
}

const scoreOf = (mean: number | null) => (mean === null ? 'no score' : `${Math.round(mean)} of 100`);

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
        {name}
      </Text>
      <Text size="sm" ta="right" className="tabular">
        {children}
      </Text>
    </Group>
  );
}
