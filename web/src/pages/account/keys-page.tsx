import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, type Shape } from '../../api/client.ts';
import { confirm } from '../../ui/confirm.tsx';
import { told, toldError } from '../../ui/notify.tsx';
import { Page } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { ShownOnce } from '../../ui/secret.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/time.tsx';
import { type Key, keysQuery } from './account.queries.ts';
import { NewKeyModal } from './new-key.tsx';

/** The account's keys for programs. */
export function Component() {
  const keys = useInfiniteQuery(keysQuery);
  const [isOpen, { open, close }] = useDisclosure();
  const [made, setMade] = useState<Shape<'MadeKey'> | null>(null);
  const make = <Button onClick={open}>Make a key</Button>;
  return (
    <Page title="API keys" lead="For programs that post tasks or run agents in your name." actions={make}>
      {made && (
        <ShownOnce title={`The key “${made.name}”`} value={made.token}>
          Send it as <code>Authorization: Bearer</code>.
        </ShownOnce>
      )}
      <PagesOf
        query={keys}
        empty={
          <Empty title="No keys yet" action={make}>
            A key lets a program do what you may do here, as far as you let it.
          </Empty>
        }
      >
        {(items) => (
          <Stack gap="xs">
            {items.map((key) => (
              <KeyRow
                key={key.id}
                apiKey={key}
                onRevoked={() => setMade((shown) => (shown?.id === key.id ? null : shown))}
              />
            ))}
          </Stack>
        )}
      </PagesOf>
      <NewKeyModal opened={isOpen} onClose={close} onMade={setMade} />
    </Page>
  );
}

function KeyRow({ apiKey, onRevoked }: { apiKey: Key; onRevoked: () => void }) {
  const { name, prefix, scopes, created_at: made, last_used_at: used, expires_at: ends, revoked_at: revoked } = apiKey;
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {scopes.map((scope) => (
              <Badge key={scope} variant="default" size="sm" tt="none">
                {scope}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {prefix}… · made <When at={made} /> ·{' '}
            {used ? (
              <>
                used <When at={used} />
              </>
            ) : (
              'never used'
            )}
            {ends && (
              <>
                {' '}
                · ends <When at={ends} />
              </>
            )}
          </Text>
        </div>
        {revoked ? (
          <Badge variant="default" tt="none">
            Revoked
          </Badge>
        ) : (
          <RevokeButton apiKey={apiKey} onRevoked={onRevoked} />
        )}
      </Group>
    </Card>
  );
}

function RevokeButton({ apiKey: { id, name }, onRevoked }: { apiKey: Key; onRevoked: () => void }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => done(api.DELETE('/keys/{id}', { params: { path: { id } } })),
    async onSuccess() {
      onRevoked();
      await client.invalidateQueries({ queryKey: ['keys'] });
      told('Revoked. The key opens nothing from now on.');
    },
    onError: toldError,
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={revoke.isPending}
      aria-label={`Revoke ${name}`}
      onClick={() =>
        confirm({
          title: `Revoke “${name}”?`,
          children: 'Programs that use it are refused at once. It cannot be taken back; you can make another key.',
          confirm: 'Revoke it',
          danger: true,
          onConfirm: () => revoke.mutate(),
        })
      }
    >
      Revoke
    </Button>
  );
}
