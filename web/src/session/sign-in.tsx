import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { SignIn } from '../../../src/accounts/account.schema.ts';
import { api, dataOf } from '../api/client.ts';
import { useSchemaForm } from '../ui/form.ts';
import { AppLink } from '../ui/link.tsx';
import { Failed } from '../ui/states.tsx';
import { EntryCard } from './entry-card.tsx';
import { meQuery } from './session.queries.ts';
import { whereTo } from './where-to.ts';

export function Component() {
  const navigate = useNavigate();
  const { search } = useLocation();
  const client = useQueryClient();
  const form = useSchemaForm(SignIn, { email: '', password: '' });
  const signIn = useMutation({
    mutationFn: (body: SignIn) => dataOf(api.POST('/sessions', { body })),
    async onSuccess() {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      await client.refetchQueries(meQuery);
      await navigate(whereTo(search), { replace: true });
    },
  });
  return (
    <EntryCard title="Sign in">
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack>
          {signIn.isError && <Failed error={signIn.error} />}
          <TextInput label="Email" type="email" autoComplete="username" required {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
          <Text size="sm">
            New here? <AppLink to={`/app/sign-up${search}`}>Make an account</AppLink>
          </Text>
        </Stack>
      </form>
    </EntryCard>
  );
}
