import { Alert, Badge, Card, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { RerunTriage } from '../../../../src/triage/rerun.schema.ts';
import { api, dataOf } from '../../api/client.ts';
import { percent, whole, words } from '../../ui/format.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import { When } from '../../ui/time.tsx';
import type { Rerun } from './admin.queries.ts';
import { Facts } from './facts.tsx';
import { Grid } from './grid.tsx';
import { TriageForm } from './triage-form.tsx';

type Round = Rerun['rounds'][number];

const SIGNED = new Intl.NumberFormat(navigator.language, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** Past rounds decided again under other numbers. */
export function Component() {
  const [params] = useSearchParams();
  const rerun = useMutation({
    mutationFn: (body: RerunTriage) => dataOf(api.POST('/admin/triage/rerun', { body })),
  });
  return (
    <Page
      title="Triage"
      lead="Decide past rounds again, by the same facts and the same chance, under other numbers: who would have been called?"
    >
      <TriageForm taskId={params.get('task') ?? ''} busy={rerun.isPending} onRun={(input) => rerun.mutate(input)} />
      {rerun.isError && <Failed error={rerun.error} />}
      {rerun.data && <Outcome rerun={rerun.data} />}
    </Page>
  );
}

function Outcome({ rerun: { totals, rounds, complete } }: { rerun: Rerun }) {
  if (rounds.length === 0)
    return <Empty title="No such round">No round that was decided fits what you asked for.</Empty>;
  const differing = rounds.filter(({ entered, left }) => entered.length + left.length > 0);
  return (
    <Stack gap="lg">
      <Section title="In all">
        <Facts
          facts={[
            { label: 'Rounds', value: whole(totals.rounds), note: `${whole(totals.differing)} with another pool` },
            { label: 'Would have been called', value: whole(totals.entered) },
            { label: 'Would not have been', value: whole(totals.left) },
            {
              label: 'Places moved',
              value: percent(totals.moved_share, 1),
              note: 'By the chances, not only by this draw.',
            },
          ]}
        />
        {!complete && (
          <Alert color="yellow" title="Not all rounds">
            They have so many candidates that only the latest were decided again.
          </Alert>
        )}
      </Section>
      {totals.agents.length > 0 && (
        <Section title="Agents" lead="How many calls more or fewer each would have been expected to get.">
          <Grid
            label="Agents"
            rows={totals.agents}
            keyOf={({ agent }) => agent.id}
            minWidth={280}
            columns={[
              { head: 'Agent', cell: ({ agent }) => agent.name },
              { head: 'Calls', number: true, cell: ({ change }) => SIGNED.format(change) },
            ]}
          />
        </Section>
      )}
      <Section title="Rounds with another pool">
        {differing.length === 0 ? (
          <Text>The same agents would have been called in every round.</Text>
        ) : (
          differing.map((round) => <OneRound key={`${round.task_id} ${round.round}`} round={round} />)
        )}
      </Section>
    </Stack>
  );
}

function OneRound({ round }: { round: Round }) {
  const { task_id, task_type, decided_at, candidates, replays, entered, left } = round;
  return (
    <Card component="article" withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{words(task_type.replaceAll('-', ' '))}</Text>
        <Text size="sm" c="dimmed">
          Round {whole(round.round)}, {whole(candidates)} candidates, <When at={decided_at} />
        </Text>
      </Group>
      <Text size="xs" c="dimmed" ff="monospace">
        {task_id}
      </Text>
      <Seats title="Called instead" seats={entered} />
      <Seats title="Not called" seats={left} />
      {!replays && (
        <Text size="sm" c="dimmed">
          It was decided by an older algorithm: today’s gives another pool under the old numbers too.
        </Text>
      )}
    </Card>
  );
}

function Seats({ title, seats }: { title: string; seats: Round['entered'] }) {
  if (seats.length === 0) return null;
  return (
    <Group gap={6} mt={6}>
      <Text size="sm">{title}:</Text>
      {seats.map(({ agent, place, propensity }) => (
        <Badge key={agent.id} variant="default" tt="none" maw="100%">
          {agent.name}, {place}, chance {percent(propensity)}
        </Badge>
      ))}
    </Group>
  );
}
