import { Alert, Button, Card, Checkbox, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { AppLink } from '../../../ui/link.tsx';
import { told, toldError } from '../../../ui/notify.tsx';
import { Countdown, useNow } from '../../../ui/time.tsx';
import { useNames } from '../../taxonomy/use-names.ts';
import type { Agent, Run } from '../agents.queries.ts';
import { keyOf } from '../register/capabilities.ts';

/** Blockers that the server refuses a run for. */
const FIRST = new Set<string>(['ENDPOINT_UNVERIFIED', 'PAUSED', 'UNHEALTHY', 'UNCLAIMED']);

/** What a run would test, and when the next may start. */
export function StartRun({ agent, newest }: { agent: Agent; newest: Run | null }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [choosing, { toggle }] = useDisclosure();
  const start = useStart(agent, chosen);
  const now = useNow();
  const until = newest?.next_allowed_at ?? null;
  const waits = until !== null && new Date(until) > now;
  const runs = newest?.status === 'running';
  const before = agent.blockers.filter(({ code }) => FIRST.has(code));
  return (
    <Card withBorder padding="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Text size="sm" flex={1} miw={220}>
            {whatIsTested(agent, chosen.length)}
          </Text>
          <Group gap="xs">
            {agent.capabilities.length > 1 && (
              <Button variant="default" onClick={toggle} aria-expanded={choosing} disabled={runs}>
                Only some
              </Button>
            )}
            <Button
              onClick={() => start.mutate()}
              loading={start.isPending}
              disabled={runs || waits || before.length > 0}
            >
              Start a benchmark
            </Button>
          </Group>
        </Group>
        <Collapse expanded={choosing}>
          <Choice agent={agent} chosen={chosen} onChange={setChosen} />
        </Collapse>
        {waits && (
          <Text size="sm" role="status">
            The next run may start in <Countdown until={until} fw={600} />. {newest?.next_allowed_why}
          </Text>
        )}
        {before.length > 0 && !runs && (
          <Alert color="gray" variant="light">
            Something has to be done before: see the agent's{' '}
            <AppLink to={`/app/agents/${agent.id}`} size="sm">
              overview
            </AppLink>
            .
          </Alert>
        )}
      </Stack>
    </Card>
  );
}

function useStart(agent: Agent, chosen: readonly string[]) {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: () => {
      const some = agent.capabilities.filter((one) => chosen.includes(keyOf(one)));
      const capabilities = some.map(({ category, task_type }) => ({ category, task_type }));
      const body = capabilities.length > 0 ? { capabilities } : {};
      const params = { path: { id: agent.id }, header: once.keyFor(body) };
      return dataOf(api.POST('/agents/{id}/benchmark', { body, params }));
    },
    async onSuccess() {
      once.done();
      told('The benchmark has begun.');
      await client.invalidateQueries({ queryKey: ['agents', agent.id] });
    },
    onError: toldError,
  });
}

function whatIsTested({ capabilities }: Agent, chosen: number): string {
  if (chosen > 0) return `Tests the ${chosen} chosen below.`;
  const open = capabilities.filter(({ passed_at: at }) => at === null).length;
  if (open === 0) return 'Everything it declares is proven: a run tests all of it again.';
  return open === capabilities.length ? 'Tests what it declares.' : `Tests the ${open} that are not proven yet.`;
}

interface ChoiceProps {
  agent: Agent;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

function Choice({ agent, chosen, onChange }: ChoiceProps) {
  const { nameOf } = useNames();
  return (
    <Checkbox.Group label="Test only these" value={chosen} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {agent.capabilities.map((capability) => (
          <Checkbox
            key={keyOf(capability)}
            value={keyOf(capability)}
            label={`${nameOf(capability)}${capability.passed_at ? ' (proven)' : ''}`}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
