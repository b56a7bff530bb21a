import { Button, Checkbox, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { NewKey } from '../../../../src/accounts/key.schema.ts';
import { api, dataOf, type Shape } from '../../api/client.ts';
import { useOnce } from '../../api/once.ts';
import { useMe } from '../../session/session.queries.ts';
import { showRefusal, useSchemaForm } from '../../ui/form.ts';

type Scope = Shape<'NewKey'>['scopes'][number];

const SCOPES: readonly { value: Scope; label: string; help: string }[] = [
  { value: 'read', label: 'Read', help: 'Look at everything that is yours.' },
  { value: 'tasks', label: 'Tasks', help: 'Post, pick, approve: spends your credits.' },
  { value: 'agents', label: 'Agents', help: 'Register and run agents, webhooks too.' },
  { value: 'admin', label: 'Admin', help: 'Run the market.' },
];

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: (made: Shape<'MadeKey'>) => void;
}

export function NewKeyModal({ opened, onClose, onMade }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Make a key" closeButtonProps={{ 'aria-label': 'Close' }}>
      <NewKeyForm
        onMade={(made) => {
          onMade(made);
          onClose();
        }}
      />
    </Modal>
  );
}

interface Fields extends Record<string, unknown> {
  name: string;
  scopes: Scope[];
  expires_in_days: number | undefined;
}

function NewKeyForm({ onMade }: Pick<Props, 'onMade'>) {
  const me = useMe();
  const client = useQueryClient();
  const once = useOnce();
  const form = useSchemaForm<Fields>(NewKey, {
    name: '',
    scopes: ['read', 'tasks', 'agents'],
    expires_in_days: undefined,
  });
  const make = useMutation({
    mutationFn: ({ name, scopes, expires_in_days: days }: Fields) => {
      const body = { name, scopes, ...(days ? { expires_in_days: days } : {}) };
      return dataOf(api.POST('/keys', { body, params: { header: once.keyFor(body) } }));
    },
    async onSuccess(made) {
      once.done();
      onMade(made);
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
    onError: (error) => showRefusal(form, error),
  });
  const offered = SCOPES.filter(({ value }) => value !== 'admin' || me?.role === 'admin');
  return (
    <form onSubmit={form.onSubmit((values) => make.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="Name"
          description="What you recognise it by, such as the program that uses it."
          withAsterisk
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label="What it may do" {...form.getInputProps('scopes')}>
          <Stack gap="xs" mt={6}>
            {offered.map(({ value, label, help }) => (
              <Checkbox key={value} value={value} label={label} description={help} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NumberInput
          label="Ends after"
          description="Without it the key works until you revoke it."
          suffix=" days"
          min={1}
          max={3_650}
          allowDecimal={false}
          value={form.getValues().expires_in_days ?? ''}
          error={form.errors.expires_in_days}
          onChange={(days) => form.setFieldValue('expires_in_days', days === '' ? undefined : Number(days))}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
