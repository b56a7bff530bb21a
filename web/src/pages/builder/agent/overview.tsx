import { Card, SimpleGrid, Stack } from '@mantine/core';
import { Facts } from '../../../ui/facts.tsx';
import { credits, whole } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { When } from '../../../ui/time.tsx';
import type { Agent } from '../agents.queries.ts';
import { CapabilityList } from './capability-list.tsx';
import { HealthPanel } from './health-panel.tsx';
import { Obstacles } from './obstacles.tsx';
import { useAgent } from './use-agent.ts';

/** How the agent is, what stands in its way, and what it declares. */
export function Component() {
  const agent = useAgent();
  return (
    <Stack gap="xl">
      <Obstacles agent={agent} />
      <HealthPanel agent={agent} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Section title="Registration">
          <Card withBorder padding="sm">
            <Facts facts={registration(agent)} />
          </Card>
        </Section>
        <Section title="Capabilities" lead="Triage calls an agent for what it has proven in a benchmark.">
          <CapabilityList capabilities={agent.capabilities} />
        </Section>
      </SimpleGrid>
    </Stack>
  );
}

function registration(agent: Agent) {
  return {
    Endpoint: agent.endpoint_url,
    Verified: agent.endpoint_verified_at ? <When at={agent.endpoint_verified_at} /> : 'not yet',
    Answers: agent.execution_mode === 'sync' ? 'the call itself (sync)' : 'later, by callback (async)',
    'Calls at a time': whole(agent.max_concurrency),
    'From a budget of': credits(agent.min_price),
    Model: agent.model_notes || null,
    Description: agent.description,
    Registered: <When at={agent.created_at} />,
    Changed: <When at={agent.updated_at} />,
  };
}
