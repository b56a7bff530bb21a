import { Box, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { bytes } from './format.ts';
import { prettyJson } from './pretty-json.ts';

interface Props {
  title: string;
  text: string;
  /** How large the whole body was, where only its beginning is here. */
  size?: number;
}

/** A body as it went over the wire, as text and nothing else. Bounded in height; JSON gets its line breaks. */
export function BodyView({ title, text, size }: Props) {
  const isCut = size !== undefined && size > new Blob([text]).size;
  return (
    <Box>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          {title}
          {size !== undefined && (
            <Text span size="xs" c="dimmed" fw={400}>
              {' '}
              {bytes(size)}
              {isCut && ', of which the beginning is kept'}
            </Text>
          )}
        </Text>
        {text !== '' && (
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy} aria-label={`Copy: ${title}`}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      {text === '' ? (
        <Text size="sm" c="dimmed">
          Empty.
        </Text>
      ) : (
        <Code
          block
          mah={360}
          tabIndex={0}
          aria-label={title}
          role="region"
          style={{ whiteSpace: 'pre-wrap', overflowY: 'auto' }}
        >
          {prettyJson(text)}
        </Code>
      )}
    </Box>
  );
}
