import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Text to take along, such as a command or an address, with a button that copies it. */
export function CopyLine({ text }: { text: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start" my={4}>
      <Code block flex={1} miw={0} style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon variant="subtle" color="gray" size="lg" onClick={copy} aria-label={`Copy ${text.slice(0, 60)}`}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
