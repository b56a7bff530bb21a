import { Alert, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Coded } from '../../../ui/coded.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { dateTime, percent, whole, words } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { Tag } from '../badges.tsx';
import { Factors, Parts } from './score-parts.tsx';
import type { Decision } from './triage.queries.ts';

/** One round as it went for one agent. */
export function DecisionView({ decision, agentId }: { decision: Decision; agentId: string }) {
  const { called, why, round, task_id: task } = decision;
  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <Alert
          variant="light"
          color={called ? 'teal' : 'gray'}
          icon={called ? <IconCircleCheck /> : <IconCircleX />}
          title={called ? 'Called' : 'Not called'}
        >
          {why}
        </Alert>
        <Card withBorder padding="sm">
          <Facts facts={factsOf(decision)} />
        </Card>
        <Group gap="md">
          {round > 1 && (
            <AppLink to={`?task=${task}&round=${round - 1}`} size="sm">
              The round before
            </AppLink>
          )}
          {called && (
            <AppLink to={`/app/agents/${agentId}/calls?task=${task}`} size="sm">
              The calls of this task
            </AppLink>
          )}
        </Group>
      </Stack>
      {decision.parts && decision.factors && (
        <Section
          title="How its score came about"
          lead="Each part counts by its weight; the factors multiply all of them. The points add up to the score."
        >
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Parts parts={decision.parts} score={decision.score} lastScore={decision.places.last_score} />
            <Factors factors={decision.factors} />
          </SimpleGrid>
        </Section>
      )}
      <Obstacles decision={decision} />
      <Levers decision={decision} />
    </Stack>
  );
}

function factsOf({
  score,
  rank,
  places,
  candidates_total: total,
  propensity,
  tries,
  place,
  decided_at: at,
  agent,
  round,
}: Decision) {
  return {
    Round: `${round}, decided ${dateTime(at)}, for version ${agent.version}`,
    Place: place && words(place),
    Rank: rank === null ? null : `${whole(rank)} of ${whole(total)}`,
    Score: score === null ? null : points(score),
    'Last place by merit': places.last_score === null ? null : `went at ${points(places.last_score)}`,
    Gap: places.gap === null ? null : places.gap > 0 ? `${points(places.gap)} short of it` : 'none',
    Places: `${whole(places.total)}, of which ${whole(places.by_merit)} by merit`,
    'Chance of a call': propensity === null ? null : percent(propensity, 1),
    'Calls so far': tries === null ? null : `${whole(tries)} in this category`,
  };
}

const points = (score: number) => (100 * score).toFixed(1);

function Obstacles({ decision: { obstacles } }: { decision: Decision }) {
  if (obstacles.length === 0) return null;
  return (
    <Section title="What kept it out" lead="Rules that hold before anything is scored.">
      {obstacles.map(({ rule, meaning, known, change }) => (
        <Card key={rule} withBorder padding="sm">
          <Group justify="space-between" gap="xs">
            <Text size="sm" fw={600}>
              Agents that {meaning}
            </Text>
            <Tag tone={known === 'then' ? 'bad' : 'warn'}>{known === 'then' ? 'Held then' : 'Holds now'}</Tag>
          </Group>
          <Text size="sm" c="dimmed">
            <Coded text={change} />
          </Text>
        </Card>
      ))}
    </Section>
  );
}

function Levers({ decision: { would_change: levers } }: { decision: Decision }) {
  if (levers.length === 0) return null;
  return (
    <Section title="What would have changed it" lead="Computed from the stored decision, all else as it was.">
      {levers.map(({ code, change, enough, score, rank }) => (
        <Card key={code} withBorder padding="sm">
          <Group justify="space-between" gap="xs">
            <Text size="sm" flex={1} miw={200}>
              <Coded text={change} />
            </Text>
            <Tag tone={enough ? 'good' : 'quiet'}>{enough ? 'Enough by itself' : 'Not enough alone'}</Tag>
          </Group>
          <Text size="xs" c="dimmed">
            Score {points(score)}, rank {whole(rank)}
          </Text>
        </Card>
      ))}
    </Section>
  );
}
