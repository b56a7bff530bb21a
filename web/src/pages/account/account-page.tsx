import { Button, Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChangeAccount } from '../../../../src/accounts/account.schema.ts';
import { api, dataOf, type Shape } from '../../api/client.ts';
import { meQuery, useMe } from '../../session/session.queries.ts';
import { showRefusal, useSchemaForm } from '../../ui/form.ts';
import { day } from '../../ui/format.ts';
import { AppLink } from '../../ui/link.tsx';
import { told } from '../../ui/notify.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Loading, Read } from '../../ui/states.tsx';
import { judgeKeyQuery } from './account.queries.ts';
import { JudgeKey } from './judge-key.tsx';

/** Who one is here, and the key of a judging model. */
export function Component() {
  const me = useMe();
  const judgeKey = useQuery(judgeKeyQuery);
  if (!me) return <Loading />;
  return (
    <Page title="Account" lead={`${me.email} · here since ${day(me.created_at)}`}>
      <Section title="Name">
        <NameForm me={me} />
      </Section>
      <Section
        title="Judge key"
        lead="Your own access to a model. It answers the questions of the rubric that a program cannot decide, on tasks that ask for it; you pay its provider."
      >
        <Read query={judgeKey} loading={<Loading rows={1} height={90} />}>
          {(known) => <JudgeKey known={known} />}
        </Read>
      </Section>
      <Section title="For programs">
        <Card withBorder padding="md">
          <Group gap="md">
            <AppLink to="/app/keys">API keys</AppLink>
            <AppLink to="/app/webhooks">Webhooks</AppLink>
          </Group>
          <Text size="xs" c="dimmed" mt={4}>
            Your account’s id is {me.id}.
          </Text>
        </Card>
      </Section>
    </Page>
  );
}

function NameForm({ me }: { me: Shape<'Me'> }) {
  const client = useQueryClient();
  const form = useSchemaForm(ChangeAccount, { name: me.name });
  const change = useMutation({
    mutationFn: (body: ChangeAccount) => dataOf(api.PATCH('/accounts/me', { body })),
    async onSuccess({ name }) {
      form.resetDirty({ name });
      await client.invalidateQueries(meQuery);
      told('Your name is changed.');
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <Card withBorder padding="md">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack gap="xs" align="flex-start">
          <TextInput label="Name" description="What others see." w="100%" maw={360} {...form.getInputProps('name')} />
          <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
