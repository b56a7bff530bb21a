import { Code, Text } from '@mantine/core';

const MOST_HEADERS = 60;
const LONGEST = 1_000;

/** HTTP headers as they were, a line each. */
export function HeadersView({ title, headers }: { title: string; headers: Readonly<Record<string, string>> }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.slice(0, LONGEST)}`);
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <Code block style={{ whiteSpace: 'pre-wrap' }}>
        {lines.slice(0, MOST_HEADERS).join('\n')}
      </Code>
    </div>
  );
}
