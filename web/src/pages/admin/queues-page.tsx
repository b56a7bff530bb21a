import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Shape } from '../../api/client.ts';
import { duration, whole } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Read } from '../../ui/states.tsx';
import { When } from '../../ui/time.tsx';
import { queuesQuery } from './admin.queries.ts';
import { Grid } from './grid.tsx';

/** What the servers have to do, and who does it. */
export function Component() {
  return (
    <Page title="Queues" lead="What waits, what failed and who works. Read again every five seconds.">
      <Read query={useQuery(queuesQuery)}>
        {({ queues, ticks, processes }) => (
          <>
            <Section title="Jobs">
              <Jobs queues={queues} />
            </Section>
            <Section title="Chores" lead="What comes round by itself.">
              <Chores ticks={ticks} />
            </Section>
            <Section title="Processes" lead="The servers of this installation, the oldest first.">
              <Processes processes={processes} />
            </Section>
          </>
        )}
      </Read>
    </Page>
  );
}

function Jobs({ queues }: { queues: readonly Shape<'Queue'>[] }) {
  return (
    <Grid
      label="Queues"
      rows={queues}
      keyOf={({ name }) => name}
      minWidth={820}
      columns={[
        { head: 'Queue', cell: ({ name }) => name },
        { head: 'Queued', number: true, cell: ({ queued }) => whole(queued) },
        { head: 'Delayed', number: true, cell: ({ delayed }) => whole(delayed) },
        { head: 'Active', number: true, cell: ({ active }) => whole(active) },
        { head: 'Retry', number: true, cell: ({ retry }) => <Alarming count={retry} color="orange" /> },
        { head: 'Failed', number: true, cell: ({ failed, dead }) => <Alarming count={failed + dead} color="red" /> },
        { head: 'Done, last hour', number: true, cell: ({ done_last_hour }) => whole(done_last_hour) },
        {
          head: 'Waits since',
          number: true,
          cell: ({ oldest_waiting_s: s }) => (s === null ? '–' : duration(s * 1_000)),
        },
        { head: 'Last failure', cell: ({ last_failure }) => last_failure && <LastFailure {...last_failure} /> },
      ]}
    />
  );
}

function Alarming({ count, color }: { count: number; color: string }) {
  if (count === 0) return '0';
  return (
    <Badge variant="outline" color={color} c="inherit">
      {whole(count)}
    </Badge>
  );
}

function LastFailure({ at, reason, attempts }: NonNullable<Shape<'Queue'>['last_failure']>) {
  return (
    <Text size="sm" lineClamp={3}>
      <When at={at} />, try {whole(attempts)}: {reason}
    </Text>
  );
}

function Chores({ ticks }: { ticks: readonly Shape<'Tick'>[] }) {
  return (
    <Grid
      label="Chores"
      rows={ticks}
      keyOf={({ name }) => name}
      minWidth={480}
      columns={[
        {
          head: 'Chore',
          cell: ({ name, late }) => (
            <Group gap="xs">
              {name}
              {late && (
                <Badge variant="outline" color="red" c="inherit">
                  Late
                </Badge>
              )}
            </Group>
          ),
        },
        { head: 'Every', number: true, cell: ({ every_s }) => duration(every_s * 1_000) },
        { head: 'Last', number: true, cell: ({ last_at }) => (last_at ? <When at={last_at} /> : 'not known') },
        { head: 'Took', number: true, cell: ({ took_ms }) => (took_ms === null ? '–' : duration(took_ms)) },
      ]}
    />
  );
}

function Processes({ processes }: { processes: readonly Shape<'Process'>[] }) {
  return (
    <Grid
      label="Processes"
      rows={processes}
      keyOf={({ id }) => id}
      minWidth={420}
      columns={[
        { head: 'Host', cell: ({ host }) => host },
        { head: 'Process', number: true, cell: ({ pid }) => pid },
        { head: 'Started', number: true, cell: ({ started_at }) => <When at={started_at} /> },
        { head: 'Jobs', number: true, cell: ({ jobs }) => whole(jobs) },
      ]}
    />
  );
}
