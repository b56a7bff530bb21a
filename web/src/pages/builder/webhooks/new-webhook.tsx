import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NewWebhook } from '../../../../../src/notifications/webhooks/webhook.schema.ts';
import { api, dataOf, type Shape } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { showRefusal, useSchemaForm } from '../../../ui/form.ts';
import { ShownOnce } from '../../../ui/secret.tsx';
import { myAgentsQuery } from '../agents.queries.ts';
import { EventTypes } from './event-types.tsx';

interface Values {
  url: string;
  description: string;
  types: string[];
  agent_id: string | null;
  [more: string]: unknown;
}

const EMPTY: Values = { url: '', description: '', types: ['*'], agent_id: null };

/** Makes a webhook, then shows its secret this once; `onLeave` gets the id of what was made. */
export function NewWebhookForm({ onLeave }: { onLeave: (id: string) => void }) {
  const [made, setMade] = useState<Shape<'MadeWebhook'> | null>(null);
  if (made)
    return (
      <Stack>
        <ShownOnce title="Its secret" value={made.secret}>
          Your receiver checks with it that what comes is ours.
        </ShownOnce>
        <Group justify="flex-end">
          <Button
            onClick={() => {
              modals.closeAll();
              onLeave(made.webhook.id);
            }}
          >
            To the webhook
          </Button>
        </Group>
      </Stack>
    );
  return <Form onMade={setMade} />;
}

function Form({ onMade }: { onMade: (made: Shape<'MadeWebhook'>) => void }) {
  const client = useQueryClient();
  const once = useOnce();
  const form = useSchemaForm(NewWebhook, EMPTY);
  const { data: agents } = useInfiniteQuery(myAgentsQuery);
  const make = useMutation({
    mutationFn: (values: Values) => {
      const body = NewWebhook.parse(values);
      return dataOf(api.POST('/webhooks', { body, params: { header: once.keyFor(body) } }));
    },
    onSuccess(made) {
      void client.invalidateQueries({ queryKey: ['webhooks'] });
      onMade(made);
    },
    onError: (error) => showRefusal(form, error),
  });
  const mine = agents?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="Address"
          description="https and public. It answers any 2xx within 15 seconds, and works after that."
          placeholder="https://hooks.example.com/bakeoff"
          type="url"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={2_048}
          {...form.getInputProps('url')}
        />
        <EventTypes
          value={form.getValues().types}
          onChange={(types) => form.setFieldValue('types', types)}
          error={form.errors.types}
        />
        {mine.length > 0 && (
          <Select
            label="Only of one agent"
            placeholder="Every agent, and what you buy"
            clearable
            data={mine.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('agent_id')}
          />
        )}
        <TextInput label="Note" description="For yourself." maxLength={200} {...form.getInputProps('description')} />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            Make it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
