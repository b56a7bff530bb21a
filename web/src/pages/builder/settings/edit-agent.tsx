import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UpdateAgent } from '../../../../../src/registry/agent.schema.ts';
import { api, dataOf, type Shape } from '../../../api/client.ts';
import { showRefusal, useSchemaForm } from '../../../ui/form.ts';
import { told } from '../../../ui/notify.tsx';
import { Section } from '../../../ui/page.tsx';
import type { Agent } from '../agents.queries.ts';
import { readable } from '../readable.ts';
import { AgentFields, type AgentValues } from '../register/agent-fields.tsx';
import { EndpointCheck } from '../register/endpoint-check.tsx';
import { changesOf } from './changes.ts';
import { valuesOf } from './values.ts';

const QUIET_MS = 400;

/** The registration as a form; before it is saved, the server says what the change brings. */
export function EditAgent({ agent }: { agent: Agent }) {
  const client = useQueryClient();
  const form = useSchemaForm<AgentValues>(UpdateAgent, valuesOf(agent));
  const changes = changesOf(valuesOf(agent), form.getValues());
  const isMoved = changes.endpoint_url !== undefined;
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    mutationFn: () =>
      dataOf(api.PATCH('/agents/{id}', { params: { path: { id: agent.id } }, body: UpdateAgent.parse(changes) })),
    onSuccess({ consequences }) {
      void client.invalidateQueries({ queryKey: ['agents'] });
      told(
        consequences.length === 0 ? 'Saved.' : `Saved. ${consequences.map((one) => readable(one.message)).join(' ')}`,
      );
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <Section title="Registration" lead="What is saved counts from the next round on; running calls go on as they are.">
      <form onSubmit={form.onSubmit(() => save.mutate())} noValidate>
        <Stack>
          <AgentFields form={form} endpointCheck={isMoved && <EndpointCheck url={form.getValues().endpoint_url} />} />
          {isChanged && <Consequences agentId={agent.id} changes={changes} />}
          <Group>
            <Button type="submit" disabled={!isChanged} loading={save.isPending}>
              Save
            </Button>
            {isChanged && (
              <Button variant="default" onClick={() => form.reset()}>
                Put back
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** What the change would bring, asked of the server without changing anything, once typing rests. */
function Consequences({ agentId, changes }: { agentId: string; changes: Partial<AgentValues> }) {
  const [text] = useDebouncedValue(JSON.stringify(changes), QUIET_MS);
  const { data } = useQuery({
    queryKey: ['agents', agentId, 'dry-run', text],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }): Promise<Shape<'UpdatedAgent'>> => {
      const params = { path: { id: agentId }, query: { dry_run: true } };
      return dataOf(api.PATCH('/agents/{id}', { params, body: UpdateAgent.parse(JSON.parse(text)), signal }));
    },
  });
  if (!data) return null;
  return (
    <Alert variant="light" color={data.consequences.length === 0 ? 'gray' : 'yellow'} role="status">
      {data.consequences.length === 0 ? (
        <Text size="sm">This change brings nothing else with it.</Text>
      ) : (
        <>
          <Text size="sm" fw={600}>
            What this change brings
          </Text>
          <List size="sm">
            {data.consequences.map(({ code, message }) => (
              <List.Item key={code}>{readable(message)}</List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}
