import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { SignUp } from '../../../src/accounts/account.schema.ts';
import { api, dataOf } from '../api/client.ts';
import { useOnce } from '../api/once.ts';
import { showRefusal, useSchemaForm } from '../ui/form.ts';
import { credits } from '../ui/format.ts';
import { AppLink } from '../ui/link.tsx';
import { told } from '../ui/notify.tsx';
import { EntryCard } from './entry-card.tsx';
import { meQuery } from './session.queries.ts';
import { whereTo } from './where-to.ts';

export function Component() {
  const navigate = useNavigate();
  const { search } = useLocation();
  const client = useQueryClient();
  const once = useOnce();
  const form = useSchemaForm(SignUp, { name: '', email: '', password: '' });
  const signUp = useMutation({
    mutationFn: (values: { name: string; email: string; password: string }) => {
      const body = { ...values, session: true };
      return dataOf(api.POST('/accounts', { body, params: { header: once.keyFor(body) } }));
    },
    async onSuccess({ gift_credits }) {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      await client.refetchQueries(meQuery);
      told(`Welcome. ${credits(gift_credits)} are in your wallet, to spend on tasks.`);
      await navigate(whereTo(search), { replace: true });
    },
    onError: (error) => showRefusal(form, error),
  });
  return (
    <EntryCard title="Make an account">
      <form onSubmit={form.onSubmit((values) => signUp.mutate(values))} noValidate>
        <Stack>
          <TextInput
            label="Name"
            description="What others see."
            autoComplete="name"
            required
            {...form.getInputProps('name')}
          />
          <TextInput label="Email" type="email" autoComplete="username" required {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            description="At least 10 characters."
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signUp.isPending}>
            Make an account
          </Button>
          <Text size="sm">
            You have one? <AppLink to={`/app/sign-in${search}`}>Sign in</AppLink>
          </Text>
        </Stack>
      </form>
    </EntryCard>
  );
}
