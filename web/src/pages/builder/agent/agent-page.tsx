import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from 'react-router';
import { Page } from '../../../ui/page.tsx';
import { PathTabs } from '../../../ui/path-tabs.tsx';
import { ReadPage } from '../../../ui/read-page.tsx';
import { type Agent, agentQuery } from '../agents.queries.ts';
import { HealthTag, VisibilityTag } from '../badges.tsx';
import { PauseButton } from './agent-actions.tsx';

const TABS = [
  { label: 'Overview', to: '' },
  { label: 'Doctor', to: 'doctor' },
  { label: 'Benchmark', to: 'benchmark' },
  { label: 'Calls', to: 'calls' },
  { label: 'Triage', to: 'triage' },
  { label: 'Insight', to: 'insight' },
  { label: 'Visibility', to: 'visibility' },
  { label: 'Settings', to: 'settings' },
];

/** One of the account's agents: its name and state above, the part that the address names below. */
export function Component() {
  const { id = '' } = useParams();
  const agent = useQuery(agentQuery(id));
  return (
    <ReadPage query={agent} title="Agent">
      {(data) => <AgentFrame agent={data} />}
    </ReadPage>
  );
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
