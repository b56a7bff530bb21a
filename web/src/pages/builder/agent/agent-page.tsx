import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from 'react-router';
import { Page } from '../../../ui/page.tsx';
import { PathTabs } from '../../../ui/path-tabs.tsx';
import { Read } from '../../../ui/states.tsx';
import { type Agent, agentQuery } from '../agents.queries.ts';
import { HealthTag, VisibilityTag } from '../badges.tsx';
import { PauseButton } from './agent-actions.tsx';

const TABS = [
  { label: 'Overview', to: '' },
  { label: 'Benchmark', to: 'benchmark' },
];

/** One of the account's agents: its name and state above, the part that the address names below. */
export function Component() {
  const { id = '' } = useParams();
  const agent = useQuery(agentQuery(id));
  return <Read query={agent}>{(data) => <AgentFrame agent={data} />}</Read>;
}

function AgentFrame({ agent }: { agent: Agent }) {
  const lead = (
    <Group gap="xs" mt={4}>
      <HealthTag agent={agent} />
      <VisibilityTag visibility={agent.visibility} />
      <Text size="sm">
        {agent.slug} · version {agent.version}
      </Text>
    </Group>
  );
  return (
    <Page title={agent.name} lead={lead} actions={<PauseButton agent={agent} />}>
      <PathTabs label="Parts of the agent" tabs={TABS} />
      <Outlet context={agent} />
    </Page>
  );
}
