import { Badge, Card, Group, Stack, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconBulb, IconCheck } from '@tabler/icons-react';
import { goTo } from './brief-form.ts';
import type { Finding } from './lint.ts';

/** What is missing and what would make the brief better; each leads to its field. */
export function BriefCheck({ findings }: { findings: readonly Finding[] }) {
  const missing = findings.filter(({ level }) => level === 'missing').length;
  return (
    <Card withBorder padding="md" component="section" aria-label="What the brief lacks">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h5">
            The brief
          </Title>
          <Badge variant="default" tt="none">
            {missing > 0 ? `${missing} to fill in` : 'Ready to post'}
          </Badge>
        </Group>
        {findings.length === 0 && (
          <Group gap="xs" wrap="nowrap">
            <ThemeIcon size="sm" radius="xl" variant="light" color="teal" aria-hidden>
              <IconCheck size={14} />
            </ThemeIcon>
            <Text size="sm">Nothing is missing for this kind of work.</Text>
          </Group>
        )}
        <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {findings.map((finding) => (
            <li key={`${finding.field} ${finding.message}`}>
              <FindingButton finding={finding} />
            </li>
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function FindingButton({ finding: { field, level, message, suggestion } }: { finding: Finding }) {
  const isMissing = level === 'missing';
  const Sign = isMissing ? IconAlertCircle : IconBulb;
  return (
    <UnstyledButton w="100%" py={6} px="xs" className="line-button" onClick={() => goTo(field)}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Sign size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
        <div>
          <Text size="sm" fw={isMissing ? 600 : 500}>
            {message}
          </Text>
          <Text size="xs" c="dimmed">
            {suggestion}
          </Text>
        </div>
      </Group>
    </UnstyledButton>
  );
}
