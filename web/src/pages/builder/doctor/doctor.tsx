import { Alert, Button, Card, Group, Loader, Progress, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconMinus, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, done } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { Coded } from '../../../ui/coded.tsx';
import { duration, words } from '../../../ui/format.ts';
import { told, toldError } from '../../../ui/notify.tsx';
import { Section } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import { useAgent } from '../agent/use-agent.ts';
import type { Agent } from '../agents.queries.ts';
import { type DoctorCheck, type DoctorRun, doctorQuery } from './doctor.queries.ts';

/** The doctor: some forty calls that play the market at its worst, each finding as it comes. */
export function Component() {
  const agent = useAgent();
  const run = useQuery(doctorQuery(agent.id));
  return (
    <Read query={run}>
      {(data) => (
        <Section
          title="Doctor"
          lead="Plays the market at its worst with some forty signed calls. Nothing of it counts in the agent's record."
          actions={<StartButton agent={agent} isRunning={data?.status === 'running'} />}
        >
          {data ? (
            <Findings run={data} />
          ) : (
            <Empty title="The doctor has not looked at it yet">
              It finds what would go wrong in the field: signatures that are not checked, repeats that work twice,
              answers that come too late. What fails says how to mend it.
            </Empty>
          )}
        </Section>
      )}
    </Read>
  );
}

function StartButton({ agent, isRunning }: { agent: Agent; isRunning: boolean }) {
  const client = useQueryClient();
  const once = useOnce();
  const start = useMutation({
    mutationFn: () =>
      done(api.POST('/agents/{id}/doctor', { params: { path: { id: agent.id }, header: once.keyFor(agent.id) } })),
    async onSuccess() {
      once.done();
      told('The doctor is at it.');
      await client.invalidateQueries({ queryKey: ['agents', agent.id, 'doctor'] });
    },
    onError: toldError,
  });
  return (
    <Button onClick={() => start.mutate()} loading={start.isPending} disabled={isRunning}>
      {isRunning ? 'It is at it' : 'Run the doctor'}
    </Button>
  );
}

function Findings({ run }: { run: DoctorRun }) {
  const over = run.checks.filter(({ status }) => status !== 'waiting' && status !== 'running').length;
  const { passed, warned, failed, skipped } = run.counts;
  return (
    <Stack gap="sm">
      <div role="status">
        <Text size="sm" mb={4}>
          {over} of {run.checks.length} checks: {passed} passed, {warned} warned, {failed} failed, {skipped} skipped.{' '}
          <Text span size="sm" c="dimmed">
            Begun <When at={run.started_at} />.
          </Text>
        </Text>
        {run.status === 'running' && (
          <Progress value={(100 * over) / run.checks.length} aria-label="Checks that are over" animated />
        )}
      </div>
      {run.status === 'broken_off' && (
        <Alert variant="light" color="yellow" title="It was broken off, by a fault of ours">
          {run.reason} Run it again.
        </Alert>
      )}
      {worstFirst(run).map((check) => (
        <Finding key={check.key} check={check} />
      ))}
    </Stack>
  );
}

/** While it runs in the order of the checks; afterwards what has to be mended comes first. */
function worstFirst({ status, checks }: DoctorRun): readonly DoctorCheck[] {
  if (status === 'running') return checks;
  const rank = { failed: 0, warned: 1, waiting: 2, running: 2, passed: 2, skipped: 2 };
  return checks.toSorted((a, b) => rank[a.status] - rank[b.status]);
}

const LOOK: Record<DoctorCheck['status'], [string, ReactNode]> = {
  waiting: ['gray', <IconClock key="waiting" size={14} />],
  running: ['blue', <Loader key="running" size={12} />],
  passed: ['teal', <IconCheck key="passed" size={14} />],
  warned: ['yellow', <IconAlertTriangle key="warned" size={14} />],
  failed: ['red', <IconX key="failed" size={14} />],
  skipped: ['gray', <IconMinus key="skipped" size={14} />],
};

function Finding({ check }: { check: DoctorCheck }) {
  const [color, icon] = LOOK[check.status];
  const needsWords = check.status === 'failed' || check.status === 'warned' || check.status === 'skipped';
  return (
    <Card withBorder padding="xs">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ThemeIcon size="sm" radius="xl" variant="light" color={color} aria-label={words(check.status)} role="img">
          {icon}
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <Text size="sm">{check.title}</Text>
            {check.took_ms !== null && (
              <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
                {duration(check.took_ms)}
              </Text>
            )}
          </Group>
          {needsWords && check.seen && (
            <Text size="sm" c="dimmed">
              Seen: {check.seen}
            </Text>
          )}
          {check.fix && (
            <Text size="sm">
              <Coded text={check.fix} />
            </Text>
          )}
        </div>
      </Group>
    </Card>
  );
}
