import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Something that is shown this once: its value, a button that copies it, and what it is for. */
export function ShownOnce({ title, value, children }: { title: string; value: string; children?: ReactNode }) {
  return (
    <Alert color="yellow" variant="light" icon={<IconKey />} title={title} styles={{ body: { minWidth: 0 } }}>
      <Stack gap="xs">
        <Text size="sm">Copy it now: it is never shown again. {children}</Text>
        <Group gap="xs">
          <Code block flex={1} miw={200} style={{ whiteSpace: 'pre-wrap' }}>
            {value}
          </Code>
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Alert>
  );
}
