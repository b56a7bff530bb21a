import {
  Button,
  Card,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PutJudgeKey } from '../../../../src/judging/model/judge-key.schema.ts';
import { api, dataOf, done, type Shape } from '../../api/client.ts';
import { confirm } from '../../ui/confirm.tsx';
import { showRefusal, useSchemaForm } from '../../ui/form.ts';
import { told, toldError } from '../../ui/notify.tsx';
import { When } from '../../ui/time.tsx';
import { judgeKeyQuery } from './account.queries.ts';

const PROVIDERS = [
  { value: 'openai-compatible', label: 'OpenAI, or anything that speaks like it' },
  { value: 'anthropic', label: 'Anthropic' },
];

/** The key that is set, without the key; or the form that sets one. */
export function JudgeKey({ known }: { known: Shape<'JudgeKey'> | null }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <JudgeKeyForm onDone={() => setOpen(false)} />;
  return (
    <Card withBorder padding="md">
      <Group justify="space-between">
        {known ? (
          <KnownKey known={known} />
        ) : (
          <Text size="sm">None is set: rules judge your tasks, and what they cannot decide stays unknown.</Text>
        )}
        <Group gap="xs">
          <Button variant="default" onClick={() => setOpen(true)}>
            {known ? 'Replace it' : 'Set a key'}
          </Button>
          {known && <ForgetButton />}
        </Group>
      </Group>
    </Card>
  );
}

function KnownKey({ known }: { known: Shape<'JudgeKey'> }) {
  const { model, provider, url, ends_with: end, set_at: at, max_cents: most } = known;
  return (
    <div>
      <Text size="sm" fw={600}>
        {model}
      </Text>
      <Text size="xs" c="dimmed">
        {provider}
        {url && ` at ${url}`} · key {end ? `ending in ${end}` : 'hidden'} · at most {most} US cents a task · set{' '}
        <When at={at} />
      </Text>
    </div>
  );
}

function ForgetButton() {
  const client = useQueryClient();
  const forget = useMutation({
    mutationFn: () => done(api.DELETE('/accounts/me/judge-key')),
    onSuccess() {
      client.setQueryData(judgeKeyQuery.queryKey, null);
      told('The judge key is forgotten.');
    },
    onError: toldError,
  });
  return (
    <Button
      variant="default"
      loading={forget.isPending}
      onClick={() =>
        confirm({
          title: 'Forget the judge key?',
          children:
            'Tasks that ask for a model are then judged by rules, or by the market’s own model. You can set it again.',
          confirm: 'Forget it',
          danger: true,
          onConfirm: () => forget.mutate(),
        })
      }
    >
      Forget it
    </Button>
  );
}

function JudgeKeyForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const form = useSchemaForm<Fields>(PutJudgeKey, { ...EMPTY });
  const put = useMutation({
    mutationFn: ({ url, ...rest }: Fields) =>
      dataOf(api.PUT('/accounts/me/judge-key', { body: { ...rest, ...(url ? { url } : {}) } })),
    onSuccess(known) {
      client.setQueryData(judgeKeyQuery.queryKey, known);
      told('The judge key is set. It is stored encrypted.');
      onDone();
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <Card withBorder padding="md">
      <form onSubmit={form.onSubmit((values) => put.mutate(values))} noValidate>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select label="Provider" data={PROVIDERS} allowDeselect={false} {...form.getInputProps('provider')} />
            <TextInput label="Model" withAsterisk {...form.getInputProps('model')} />
            <TextInput
              label="Address"
              description="Where the provider’s paths begin. Anthropic’s need not be given."
              placeholder="https://api.example.com/v1"
              {...form.getInputProps('url')}
            />
            <PasswordInput
              label="Key"
              description="Stored encrypted, and never shown again."
              autoComplete="off"
              withAsterisk
              {...form.getInputProps('key')}
            />
            <NumberInput label="A million tokens read, in US cents" min={0} {...form.getInputProps('price_in_cents')} />
            <NumberInput
              label="A million tokens written, in US cents"
              min={0}
              {...form.getInputProps('price_out_cents')}
            />
            <NumberInput
              label="At most for one task, in US cents"
              description="At these prices."
              min={0}
              {...form.getInputProps('max_cents')}
            />
          </SimpleGrid>
          <Group gap="xs">
            <Button type="submit" loading={put.isPending}>
              Set the key
            </Button>
            <Button variant="default" onClick={onDone}>
              Back
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

const EMPTY = {
  provider: 'openai-compatible' as const,
  /** Left out where it is undefined: the form's rules are those of what is sent. */
  url: undefined,
  model: '',
  key: '',
  price_in_cents: 0,
  price_out_cents: 0,
  max_cents: 100,
};

type Fields = Omit<typeof EMPTY, 'provider' | 'url'> & {
  provider: Shape<'JudgeKey'>['provider'];
  url: string | undefined;
};
