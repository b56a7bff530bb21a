import { Alert, Button, Center, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconMoodEmpty } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';

/** Nothing is here yet: what would be, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="xs" maw={460} ta="center">
        <ThemeIcon size={48} radius="xl" variant="light" aria-hidden>
          <IconMoodEmpty />
        </ThemeIcon>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children && <Text c="dimmed">{children}</Text>}
        {action}
      </Stack>
    </Center>
  );
}

/** What went wrong, in the server's words, and what to do. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const refusal = error instanceof ApiError ? error : null;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle />}
      title={refusal?.message ?? 'Something went wrong on this page.'}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{refusal?.suggestion ?? 'Load it again; if it stays, tell us what you did.'}</Text>
        {refusal?.requestId && (
          <Text size="xs" c="dimmed">
            Request {refusal.requestId}
          </Text>
        )}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Grey lines of about the size of what comes, so that nothing jumps. */
export function Loading({ rows = 4, height = 56 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map((key) => (
        <Skeleton key={key} height={height} />
      ))}
    </Stack>
  );
}

/** The one way to show what is read: grey lines, a refusal with a way out, or the thing. What was read stays while it is read again. */
export function Read<Data>({
  query,
  loading,
  children,
}: {
  query: UseQueryResult<Data>;
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return loading ?? <Loading />;
}
