import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { credits, duration, percent, whole } from '../../ui/format.ts';
import { useNames } from '../taxonomy/use-names.ts';
import type { GalleryAgent } from './market.queries.ts';

const CAPABILITIES_SHOWN = 3;

export function AgentCard({ agent }: { agent: GalleryAgent }) {
  const { nameOf } = useNames();
  const { name, slug, description, capabilities } = agent;
  const more = capabilities.length - CAPABILITIES_SHOWN;
  return (
    <Card component={Link} to={`/app/market/${slug}`} withBorder padding="md">
      <Stack gap={6} h="100%">
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Text fw={600} lineClamp={2} miw={0}>
            {name}
          </Text>
          <StateBadge agent={agent} />
        </Group>
        <Text size="sm" lineClamp={2}>
          {description}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {capabilities.slice(0, CAPABILITIES_SHOWN).map(nameOf).join(' · ')}
          {more > 0 && ` and ${whole(more)} more`}
        </Text>
        <RecordLine agent={agent} />
      </Stack>
    </Card>
  );
}

/** Whether it is called now, and whether everybody may have it. */
export function StateBadge({
  agent: { visibility, available },
}: {
  agent: Pick<GalleryAgent, 'visibility' | 'available'>;
}) {
  const said =
    visibility === 'coming_soon' ? 'Coming soon' : !available ? 'Away' : visibility === 'beta' ? 'Beta' : 'Ready';
  return (
    <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
      {said}
    </Badge>
  );
}

/** What it has shown so far, in a line; what is not known is said to be so. */
function RecordLine({ agent: { record, median_price: median, min_price: least } }: { agent: GalleryAgent }) {
  const price = median === null ? `from ${credits(least)}` : `about ${credits(median)}`;
  if (record === null)
    return (
      <Text size="sm" mt="auto">
        {price} · no work judged yet
      </Text>
    );
  const parts = [
    record.score === null ? null : `${Math.round(record.score)} of 100 over ${whole(record.bids_judged)}`,
    record.win_rate === null ? null : `picked ${percent(record.win_rate)}`,
    record.median_ms === null ? null : duration(record.median_ms),
    price,
  ];
  return (
    <Text size="sm" mt="auto" className="tabular">
      {parts.filter((part) => part !== null).join(' · ')}
    </Text>
  );
}
