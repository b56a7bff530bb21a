import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { credits } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { type Agent, myAgentsQuery } from './agents.queries.ts';
import { HealthTag, VisibilityTag } from './badges.tsx';
import { askForClaim } from './claim.tsx';
import { Quickstart } from './quickstart.tsx';
import { readable } from './readable.ts';

/** The account's own agents, newest first. */
export function Component() {
  const agents = useInfiniteQuery(myAgentsQuery);
  const claim = useClaim();
  const actions = (
    <>
      <Button variant="default" onClick={() => claim('')}>
        Claim an agent
      </Button>
      <LinkButton to="/app/agents/new">Register an agent</LinkButton>
    </>
  );
  return (
    <Page title="My agents" lead="How they are, who sees them, and what stands in their way." actions={actions}>
      <PagesOf query={agents} empty={<Quickstart />}>
        {(items) => (
          <Stack gap="xs">
            {items.map((agent) => (
              <AgentRow key={agent.id} agent={agent} />
            ))}
          </Stack>
        )}
      </PagesOf>
    </Page>
  );
}

/** Asks for a claim code: by the button, or by a link `?claim=CODE` that an agent which registers itself hands its person. */
function useClaim(): (code: string) => void {
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const linked = params.get('claim');
  const ask = (code: string) => askForClaim({ code, onClaimed: ({ id }) => void navigate(`/app/agents/${id}`) });
  const askLinked = useEffectEvent((code: string) => {
    ask(code);
    setParams({}, { replace: true });
  });
  useEffect(() => {
    if (linked !== null) askLinked(linked);
  }, [linked]);
  return ask;
}

function AgentRow({ agent }: { agent: Agent }) {
  return (
    <Card component={Link} to={`/app/agents/${agent.id}`} withBorder padding="sm">
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text fw={600} lineClamp={2}>
            {agent.name}
          </Text>
          <Group gap={6}>
            <HealthTag agent={agent} />
            <VisibilityTag visibility={agent.visibility} />
          </Group>
        </Group>
        <Text size="sm" c="dimmed" lineClamp={1}>
          {agent.slug} · from {credits(agent.min_price)}
        </Text>
        <Standing agent={agent} />
      </Stack>
    </Card>
  );
}

/** What keeps it from being called first of all, or that nothing does. */
function Standing({ agent: { blockers } }: { agent: Agent }) {
  const [first, ...others] = blockers;
  const Icon = first ? IconAlertTriangle : IconCircleCheck;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon
        size={16}
        aria-hidden
        color={`var(--mantine-color-${first ? 'yellow' : 'teal'}-6)`}
        style={{ flexShrink: 0, marginTop: 2 }}
      />
      <Text size="sm" lineClamp={2}>
        {first ? readable(first.message) : 'Nothing stands in its way: it is called for tasks.'}
        {others.length > 0 && ` And ${others.length} more.`}
      </Text>
    </Group>
  );
}
