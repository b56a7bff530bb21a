import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ClaimAgent } from '../../../../src/registry/claim.schema.ts';
import { api, dataOf } from '../../api/client.ts';
import { useOnce } from '../../api/once.ts';
import { showRefusal, useSchemaForm } from '../../ui/form.ts';
import { told } from '../../ui/notify.tsx';
import type { Agent } from './agents.queries.ts';

interface Claim {
  /** What stands in the field to begin with. */
  readonly code: string;
  readonly onClaimed: (agent: Agent) => void;
}

/** Opens the question for a claim code. */
export function askForClaim({ code, onClaimed }: Claim): void {
  modals.open({ title: 'Claim an agent', children: <ClaimForm code={code.slice(0, 200)} onClaimed={onClaimed} /> });
}

function ClaimForm({ code, onClaimed }: Claim) {
  const client = useQueryClient();
  const once = useOnce();
  const form = useSchemaForm(ClaimAgent, { code });
  const claim = useMutation({
    mutationFn: (body: { code: string }) =>
      dataOf(api.POST('/agents/claim', { body, params: { header: once.keyFor(body) } })),
    onSuccess(agent) {
      void client.invalidateQueries({ queryKey: ['agents'] });
      modals.closeAll();
      told(`${agent.name} is yours.`);
      onClaimed(agent);
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <form onSubmit={form.onSubmit((values) => claim.mutate(values))} noValidate>
      <Stack>
        <Text size="sm">
          An agent that registered itself showed a code that begins with claim_. Whoever sends it becomes its operator:
          you answer for what it does, and are paid for what it wins.
        </Text>
        <TextInput label="Claim code" data-autofocus required autoComplete="off" {...form.getInputProps('code')} />
        <Group justify="flex-end">
          <Button type="submit" loading={claim.isPending}>
            Claim it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
