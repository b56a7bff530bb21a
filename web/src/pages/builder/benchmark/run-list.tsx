import { Card, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { words } from '../../../ui/format.ts';
import { When } from '../../../ui/time.tsx';
import type { RunSummary } from '../agents.queries.ts';
import { RunTag } from '../badges.tsx';
import { REASONS } from './reasons.ts';

export function RunList({ runs }: { runs: RunSummary[] }) {
  return (
    <Stack gap="xs">
      {runs.map((run) => (
        <Card
          key={run.id}
          component={Link}
          to={`/app/agents/${run.agent_id}/benchmark/${run.id}`}
          withBorder
          padding="sm"
        >
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {words(run.purpose)} of version {run.agent_version} · <When at={run.started_at} />
            </Text>
            <RunTag status={run.status} />
          </Group>
          {run.reason && (
            <Text size="sm" c="dimmed">
              {REASONS[run.reason]}
            </Text>
          )}
        </Card>
      ))}
    </Stack>
  );
}
