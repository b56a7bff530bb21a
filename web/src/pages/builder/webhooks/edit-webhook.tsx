import { Button, Group, Stack, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UpdateWebhook } from '../../../../../src/notifications/webhooks/webhook.schema.ts';
import { api, done } from '../../../api/client.ts';
import { showRefusal, useSchemaForm } from '../../../ui/form.ts';
import { told } from '../../../ui/notify.tsx';
import { EventTypes } from './event-types.tsx';
import type { Webhook } from './webhooks.queries.ts';

/** Address, events and note of a webhook. What is under way already goes where it went. */
export function EditWebhookForm({ webhook }: { webhook: Webhook }) {
  const client = useQueryClient();
  const { url, types, description } = webhook;
  const form = useSchemaForm(UpdateWebhook, { url, types, description });
  const save = useMutation({
    mutationFn: (body: { url: string; types: string[]; description: string }) =>
      done(api.PATCH('/webhooks/{id}', { params: { path: { id: webhook.id } }, body })),
    onSuccess() {
      void client.invalidateQueries({ queryKey: ['webhooks'] });
      modals.closeAll();
      told('Saved.');
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput label="Address" type="url" required maxLength={2_048} {...form.getInputProps('url')} />
        <EventTypes
          value={form.getValues().types}
          onChange={(next) => form.setFieldValue('types', next)}
          error={form.errors.types}
        />
        <TextInput label="Note" maxLength={200} {...form.getInputProps('description')} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
