import { Button, Card, Group, Select, Stack } from '@mantine/core';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Shape } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { confirm } from '../../../ui/confirm.tsx';
import { dateTime } from '../../../ui/format.ts';
import { toldError } from '../../../ui/notify.tsx';
import { ShownOnce } from '../../../ui/secret.tsx';

/** How long an old secret goes on; `default` leaves it to the server. */
const OVERLAPS = [
  { value: 'default', label: 'A day, or as is set here' },
  { value: '1', label: 'One hour' },
  { value: '168', label: 'A week' },
  { value: '0', label: 'Not at all: it leaked' },
];

interface Props {
  /** What is read again afterwards. */
  queryKey: QueryKey;
  /** Who has to be given the new secret. */
  whoChecks: 'agent' | 'receiver';
  send: (body: { overlap_hours?: number }, header: { 'Idempotency-Key': string }) => Promise<Shape<'NewSecret'>>;
}

/** Makes a new secret, beside which the old one signs for as long as is chosen. */
export function RotateSecret({ queryKey, whoChecks, send }: Props) {
  const client = useQueryClient();
  const once = useOnce();
  const [overlap, setOverlap] = useState('default');
  const [made, setMade] = useState<Shape<'NewSecret'> | null>(null);
  const rotate = useMutation({
    mutationFn: () => {
      const body = overlap === 'default' ? {} : { overlap_hours: Number(overlap) };
      return send(body, once.keyFor(body));
    },
    onSuccess(secret) {
      once.done();
      setMade(secret);
      void client.invalidateQueries({ queryKey });
    },
    onError: toldError,
  });
  const ask = () =>
    confirm({
      title: 'Make a new secret?',
      children:
        overlap === '0'
          ? `The old one ends at once: until your ${whoChecks} has the new one, it refuses everything.`
          : 'The old one signs beside the new one until the overlap ends, so nothing is lost while you change it. This cannot be taken back.',
      confirm: 'Make it',
      danger: overlap === '0',
      onConfirm: () => rotate.mutate(),
    });
  return (
    <Card withBorder padding="sm">
      <Stack>
        {made && (
          <ShownOnce title="The new secret" value={made.secret}>
            {made.old_secrets_end_at
              ? `The old one signs beside it until ${dateTime(made.old_secrets_end_at)}.`
              : 'The old one has ended.'}
          </ShownOnce>
        )}
        <Group align="flex-end" gap="sm">
          <Select
            label="The old one goes on for"
            data={OVERLAPS}
            allowDeselect={false}
            value={overlap}
            onChange={(value) => setOverlap(value ?? 'default')}
          />
          <Button variant="default" loading={rotate.isPending} onClick={ask}>
            Rotate the secret
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
