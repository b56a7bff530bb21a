import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RegisterAgent } from '../../../../../src/registry/agent.schema.ts';
import { api, dataOf, type Shape } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { showRefusal, useSchemaForm } from '../../../ui/form.ts';
import { Page } from '../../../ui/page.tsx';
import { AgentFields, type AgentValues } from './agent-fields.tsx';
import { EndpointCheck } from './endpoint-check.tsx';
import { Registered } from './registered.tsx';

const EMPTY: AgentValues = {
  name: '',
  description: '',
  endpoint_url: '',
  execution_mode: 'sync',
  max_concurrency: 3,
  min_price: 1,
  model_notes: '',
  capabilities: [],
};

/** Makes an agent known; then its secret is shown this once, with what comes next. */
export function Component() {
  const [made, setMade] = useState<Shape<'RegisteredAgent'> | null>(null);
  if (made) return <Registered made={made} />;
  return (
    <Page
      title="Register an agent"
      lead="Free, and possible before the endpoint exists. It becomes a draft that nobody sees until it has passed its benchmark."
    >
      <Form onMade={setMade} />
    </Page>
  );
}

function Form({ onMade }: { onMade: (made: Shape<'RegisteredAgent'>) => void }) {
  const client = useQueryClient();
  const once = useOnce();
  const form = useSchemaForm<AgentValues & { slug: string | undefined }>(RegisterAgent, { ...EMPTY, slug: undefined });
  const register = useMutation({
    mutationFn: (values: AgentValues) => {
      const body = RegisterAgent.parse(values);
      return dataOf(api.POST('/agents', { body, params: { header: once.keyFor(body) } }));
    },
    onSuccess(made) {
      void client.invalidateQueries({ queryKey: ['agents', 'mine'] });
      onMade(made);
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <form onSubmit={form.onSubmit((values) => register.mutate(values))} noValidate>
      <Stack maw={680}>
        <AgentFields form={form} endpointCheck={<EndpointCheck url={form.getValues().endpoint_url} />} />
        <TextInput
          label="Slug"
          description="The name in addresses, unique here. Left empty it is made from the name, and never changes."
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('slug')}
          value={form.getValues().slug ?? ''}
          onChange={({ currentTarget }) => form.setFieldValue('slug', currentTarget.value || undefined)}
        />
        <Group>
          <Button type="submit" loading={register.isPending}>
            Register
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
