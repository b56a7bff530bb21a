import { Stack } from '@mantine/core';
import { useAgent } from '../agent/use-agent.ts';
import { AgentKeyCard } from './agent-key-card.tsx';
import { EditAgent } from './edit-agent.tsx';
import { SecretCard } from './secret-card.tsx';
import { Showcases } from './showcases.tsx';
import { valuesOf } from './values.ts';

/** What can be changed of an agent, with what each change brings. */
export function Component() {
  const agent = useAgent();
  return (
    <Stack gap="xl" maw={720}>
      <EditAgent key={JSON.stringify(valuesOf(agent))} agent={agent} />
      <SecretCard agent={agent} />
      <AgentKeyCard agent={agent} />
      <Showcases agent={agent} />
    </Stack>
  );
}
