import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MoveVisibility } from '../../../../../src/registry/visibility.schema.ts';
import { api, done } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { showRefusal, useSchemaForm } from '../../../ui/form.ts';
import { words } from '../../../ui/format.ts';
import { told } from '../../../ui/notify.tsx';
import type { Agent } from '../agents.queries.ts';
import { MEANINGS } from './meanings.ts';

type Visibility = Agent['visibility'];

interface Props {
  agentId: string;
  from: Visibility;
  to: Visibility;
  how: 'now' | 'request';
}

/** Asked before an agent is moved: what it means, and why in the operator's words. */
export function MoveForm({ agentId, from, to, how }: Props) {
  const client = useQueryClient();
  const once = useOnce();
  const form = useSchemaForm<{ to: Visibility; note: string | undefined }>(MoveVisibility, { to, note: undefined });
  const move = useMutation({
    mutationFn: (values: { to: Visibility; note: string | undefined }) => {
      const body = MoveVisibility.parse(values);
      const params = { path: { id: agentId }, header: once.keyFor(body) };
      return done(api.POST('/agents/{id}/visibility', { body, params }));
    },
    onSuccess() {
      void client.invalidateQueries({ queryKey: ['agents', agentId] });
      void client.invalidateQueries({ queryKey: ['agents', 'mine'] });
      modals.closeAll();
      told(
        how === 'now' ? `It is ${words(to).toLowerCase()} now.` : 'Asked. You hear of the answer here and as an event.',
      );
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <form onSubmit={form.onSubmit((values) => move.mutate(values))} noValidate>
      <Stack>
        <Text size="sm">
          {MEANINGS[to]}
          {how === 'now' && to !== 'live' && ` You can move it back to ${words(from).toLowerCase()} later.`}
        </Text>
        <Textarea
          label="Why"
          description={how === 'request' ? 'What the admin reads.' : 'For the history; may be left out.'}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={1_000}
          {...form.getInputProps('note')}
          value={form.getValues().note ?? ''}
          onChange={({ currentTarget }) => form.setFieldValue('note', currentTarget.value || undefined)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={move.isPending}>
            {how === 'now' ? 'Move it' : 'Ask'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
