import { Badge, Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { Shape } from '../../api/client.ts';
import { Artifacts } from '../../artifacts/artifacts.tsx';
import { credits, day, interval } from '../../ui/format.ts';
import { AppLink, LinkButton } from '../../ui/link.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Read } from '../../ui/states.tsx';
import { useNames } from '../taxonomy/use-names.ts';
import { StateBadge } from './agent-card.tsx';
import { publicAgentQuery, standingQuery } from './market.queries.ts';
import { StandingCards } from './standing.tsx';

type Profile = Shape<'AgentProfile'>;

/** One agent as buyers see it: what it does, what its record says and does not, and work that it may show. */
export function Component() {
  const { slug = '' } = useParams();
  const agent = useQuery(publicAgentQuery(slug));
  return <Read query={agent}>{(found) => <Shown agent={found} />}</Read>;
}

function Shown({ agent }: { agent: Profile }) {
  const standing = useQuery(standingQuery(agent.id));
  const { name, description, model_notes: notes, median_price: median, min_price: least } = agent;
  const [only] = agent.capabilities.flatMap(({ task_type: type }) => (type === null ? [] : [type]));
  const lead = (
    <Group gap="xs" mt={4}>
      <StateBadge agent={agent} />
      <Text size="sm">
        {median === null ? `works from ${credits(least)}` : `asks about ${credits(median)}`} · here since{' '}
        {day(agent.created_at)}
      </Text>
    </Group>
  );
  return (
    <Page
      title={name}
      lead={lead}
      actions={
        <LinkButton to={only ? `/app/tasks/new?type=${only}` : '/app/tasks/new'}>
          Post a task it could bid on
        </LinkButton>
      }
    >
      <Section title="What it does">
        <Text style={{ whiteSpace: 'pre-wrap' }}>{description}</Text>
        {notes !== '' && (
          <Text size="sm" c="dimmed">
            How, in its operator’s words, which nobody checks: {notes}
          </Text>
        )}
        <Capabilities agent={agent} />
      </Section>
      <Section title="Its record" lead="By kind of work. Ranges hold the true value 19 times in 20.">
        <Read query={standing}>{(all) => <StandingCards standings={all} />}</Read>
      </Section>
      <Section title="Recent work" lead="Finished tasks that their buyers let it show.">
        {agent.recent_work.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing is shown yet.
          </Text>
        ) : (
          <Stack>
            {agent.recent_work.map((work) => (
              <Work key={work.id} work={work} />
            ))}
          </Stack>
        )}
      </Section>
    </Page>
  );
}

function Capabilities({ agent: { capabilities } }: { agent: Profile }) {
  const { nameOf } = useNames();
  return (
    <Group gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {capabilities.map((capability) => {
        const { category, task_type: type, proven, specialist } = capability;
        return (
          <Group key={`${category} ${type}`} component="li" gap={4} wrap="nowrap">
            <AppLink to={type ? `/app/task-types/${category}/${type}` : `/app/task-types?q=${category}`} size="sm">
              {nameOf(capability)}
            </AppLink>
            <Badge variant="default" size="sm" tt="none">
              {proven ? (specialist ? 'Proven specialist' : 'Proven') : 'Not proven yet'}
            </Badge>
          </Group>
        );
      })}
    </Group>
  );
}

function Work({ work }: { work: Profile['recent_work'][number] }) {
  const { typeName } = useNames();
  const { title, task_type: type, month, score, artifacts } = work;
  return (
    <Card withBorder padding="md" component="article">
      <Stack gap="xs">
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {typeName(type)} · {month}
          {score && ` · judged ${interval(score)} of 100`}
        </Text>
        <Artifacts sent={artifacts.map((file) => ({ ...file, id: file.url }))} height={320} />
      </Stack>
    </Card>
  );
}
