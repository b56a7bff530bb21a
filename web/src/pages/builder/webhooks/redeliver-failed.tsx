import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, dataOf } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { whole } from '../../../ui/format.ts';
import { told, toldError } from '../../../ui/notify.tsx';

const HOUR_MS = 3_600_000;
const SINCE = [
  { value: '1', label: 'The last hour' },
  { value: '24', label: 'The last day' },
  { value: '168', label: 'The last week' },
  { value: '720', label: 'All that is kept' },
];

/** Sends all that failed since a moment again, with the same ids and bytes. */
export function RedeliverForm({ webhookId }: { webhookId: string }) {
  const client = useQueryClient();
  const once = useOnce();
  const [hours, setHours] = useState('24');
  // Computed when it is chosen, so that a second press asks for the very same.
  const since = useMemo(() => new Date(Date.now() - Number(hours) * HOUR_MS).toISOString(), [hours]);
  const again = useMutation({
    mutationFn: () => {
      const body = { since };
      const header = once.keyFor(body);
      return dataOf(api.POST('/webhooks/{id}/redeliver-failed', { body, params: { path: { id: webhookId }, header } }));
    },
    onSuccess({ redelivered, has_more: more }) {
      once.done();
      void client.invalidateQueries({ queryKey: ['webhooks', webhookId] });
      modals.closeAll();
      told(`${whole(redelivered)} are sent again.${more ? ' There are more: do it once more for the rest.' : ''}`);
    },
    onError: toldError,
  });
  return (
    <Stack>
      <Text size="sm">
        They come with the ids and bytes that they had, so a receiver that keeps ids knows those that it has handled.
      </Text>
      <Select
        label="What failed since"
        data={SINCE}
        allowDeselect={false}
        value={hours}
        onChange={(value) => setHours(value ?? '24')}
      />
      <Group justify="flex-end">
        <Button loading={again.isPending} onClick={() => again.mutate()}>
          Send again
        </Button>
      </Group>
    </Stack>
  );
}
