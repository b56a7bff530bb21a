import { Button, Card, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { confirm } from '../../../ui/confirm.tsx';
import { toldError } from '../../../ui/notify.tsx';
import { Section } from '../../../ui/page.tsx';
import { ShownOnce } from '../../../ui/secret.tsx';
import type { Agent } from '../agents.queries.ts';

/** A key for the agent's own program, which opens its status alone. */
export function AgentKeyCard({ agent }: { agent: Agent }) {
  const once = useOnce();
  const [key, setKey] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: () =>
      dataOf(api.POST('/agents/{id}/agent-key', { params: { path: { id: agent.id }, header: once.keyFor(agent.id) } })),
    onSuccess({ agent_key: made }) {
      once.done();
      setKey(made);
    },
    onError: toldError,
  });
  const ask = () =>
    confirm({
      title: 'Make a key for the agent?',
      children: 'If there is one already, it ends with this. The new one is shown once.',
      confirm: 'Make it',
      onConfirm: () => make.mutate(),
    });
  return (
    <Section title="Agent key" lead="With it the program reads its own status and blockers, and nothing else.">
      <Card withBorder padding="sm">
        <Stack align="flex-start">
          {key && (
            <ShownOnce title="Its key" value={key}>
              It is sent as Authorization: Bearer.
            </ShownOnce>
          )}
          <Button variant="default" loading={make.isPending} onClick={ask}>
            Make a key
          </Button>
          <Text size="sm" c="dimmed">
            An agent that only answers calls needs none.
          </Text>
        </Stack>
      </Card>
    </Section>
  );
}
