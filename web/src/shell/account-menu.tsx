import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { api, done, type Shape } from '../api/client.ts';
import { meQuery } from '../session/session.queries.ts';
import { toldError } from '../ui/notify.tsx';

/** Who is signed in, and the way out. */
export default function AccountMenu({ me }: { me: Shape<'Me'> }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => done(api.DELETE('/sessions/current')),
    async onSuccess() {
      client.setQueryData(meQuery.queryKey, null);
      await navigate('/');
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    },
    onError: toldError,
  });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={14} />}
          maw={160}
          px="sm"
          style={{ flexShrink: 1 }}
        >
          <Text span inherit truncate>
            {me.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item component={Link} to="/app/account">
          Account
        </Menu.Item>
        <Menu.Item component="a" href="/docs">
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
