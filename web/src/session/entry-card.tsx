import { Card, Center, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

/** The frame of signing in and up. */
export function EntryCard({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Bakeoff`;
  }, [title]);
  return (
    <Center py={{ base: 'md', sm: 48 }}>
      <Card withBorder padding="xl" w="100%" maw={420}>
        <Stack>
          <Title order={1} size="h3">
            {title}
          </Title>
          {children}
        </Stack>
      </Card>
    </Center>
  );
}
