import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Card, Group, SimpleGrid, Stack, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Shape } from '../../../api/client.ts';
import { ChartFigure } from '../../../ui/chart-figure.tsx';
import { dateTime, duration, percent, words } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { Read } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import { type Agent, healthQuery } from '../agents.queries.ts';
import { Figure } from '../figure.tsx';
import { ProbeButton } from './agent-actions.tsx';

type Health = Shape<'AgentHealth'>;

/** What the probes found: now, lately and when it changed. */
export function HealthPanel({ agent }: { agent: Agent }) {
  const health = useQuery(healthQuery(agent.id));
  return (
    <Section title="Health" lead={`GET ${agent.health_url}`} actions={<ProbeButton agent={agent} />}>
      <Read query={health}>{(data) => <HealthData health={data} />}</Read>
    </Section>
  );
}

function HealthData({ health }: { health: Health }) {
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Figure label="State">{words(health.status)}</Figure>
        <Figure label="Uptime, 24 h">{shareOf(health.uptime_24h)}</Figure>
        <Figure label="Uptime, 7 days">{shareOf(health.uptime_7d)}</Figure>
        <Figure label="Next probe">
          {health.next_probe_at ? <When at={health.next_probe_at} /> : 'none is planned'}
        </Figure>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Card withBorder padding="sm">
          <Probes probes={health.probes} />
        </Card>
        <Card withBorder padding="sm">
          <Changes transitions={health.transitions} />
        </Card>
      </SimpleGrid>
    </Stack>
  );
}

const shareOf = (share: number | null) => (share === null ? 'not asked' : percent(share, 2));

function Probes({ probes }: Pick<Health, 'probes'>) {
  if (probes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No probe in the last 24 hours.
      </Text>
    );
  const failed = probes.filter(({ ok }) => !ok).length;
  const oldestFirst = probes.toReversed();
  // A refused connection takes no time at all, and is to be seen nevertheless.
  const least = Math.max(...probes.map(({ took_ms: took }) => took ?? 0)) / 20 + 1;
  return (
    <ChartFigure
      title="Latest probes"
      summary={`${probes.length - failed} of ${probes.length} were good; the height is how long the answer took.`}
      columns={['When', 'Result', 'Took']}
      rows={probes.map(({ at, ok, took_ms: took, reason }) => [
        dateTime(at),
        ok ? 'good' : (reason ?? 'failed'),
        took === null ? '' : duration(took),
      ])}
    >
      <BarChart
        h={110}
        data={oldestFirst.map(({ at, ok, took_ms: took }) => ({
          at: dateTime(at),
          [ok ? 'Good' : 'Failed']: Math.max(took ?? 0, least),
        }))}
        dataKey="at"
        type="stacked"
        series={[
          { name: 'Good', color: 'teal.6' },
          { name: 'Failed', color: 'red.6' },
        ]}
        barChartProps={{ accessibilityLayer: false }}
        withXAxis={false}
        accessibilityLayer={false}
        gridAxis="none"
        tickLine="none"
        maxBarWidth={12}
        valueFormatter={duration}
        yAxisProps={{ width: 56 }}
      />
    </ChartFigure>
  );
}

function Changes({ transitions }: Pick<Health, 'transitions'>) {
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        When it changed
      </Text>
      {transitions.length === 0 && (
        <Text size="sm" c="dimmed">
          It never did so far.
        </Text>
      )}
      <Timeline bulletSize={12} lineWidth={2} active={-1} mah={220} style={{ overflowY: 'auto' }} tabIndex={0}>
        {transitions.slice(0, 20).map(({ at, status, reason }) => (
          <Timeline.Item key={at} title={<Text size="sm">{words(status)}</Text>} pb="xs">
            <Group gap={4}>
              <Text size="xs" c="dimmed" lineClamp={3}>
                <When at={at} />
                {reason && ` · ${reason}`}
              </Text>
            </Group>
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}
