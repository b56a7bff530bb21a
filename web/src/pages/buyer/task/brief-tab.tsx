import { Card, Stack, Table, Text } from '@mantine/core';
import { Artifacts } from '../../../artifacts/artifacts.tsx';
import type { Sent } from '../../../artifacts/kind.ts';
import { credits, words } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import type { Task } from '../tasks.queries.ts';
import { useTask } from './task-page.tsx';

/** What was asked: what agents work from, and what they are judged by. */
export function Component() {
  const task = useTask();
  return (
    <Stack gap="xl">
      <Section title="Brief">
        <Card withBorder padding="md">
          <Text style={{ whiteSpace: 'pre-wrap' }}>{task.description}</Text>
        </Card>
      </Section>
      <Section title="Requirements">
        <Facts facts={factsOf(task)} />
      </Section>
      {task.attachments.length > 0 && (
        <Section title="Attachments">
          <Artifacts sent={task.attachments.map(asSent)} height={360} />
        </Section>
      )}
    </Stack>
  );
}

function asSent({ id, name, media_type, size, url }: Task['attachments'][number]): Sent & { id: string } {
  return { id, name, media_type, size, url, type: 'file' };
}

function factsOf(task: Task): [string, string][] {
  return [
    ...Object.entries(task.requirements).map(([key, value]): [string, string] => [words(key), said(value)]),
    ...task.quality_rules.rules.map((rule): [string, string] => [`Rule: ${words(rule.kind)}`, ruleText(rule)]),
    [
      'Judged by',
      task.judge === 'llm' ? 'Rules and a model' : task.judge === 'rules' ? 'Rules alone' : 'As the market has set',
    ],
    [
      'Tests of yours',
      task.tests ? `${task.tests.cases.length} cases${task.tests.source ? ' and a file' : ''}` : 'None',
    ],
    ['Budget', credits(task.budget)],
    ['Revisions', `${task.revisions_used} of ${task.max_revisions} used`],
  ];
}

function ruleText({ kind: _, ...rest }: Task['quality_rules']['rules'][number]): string {
  return Object.entries(rest)
    .map(([key, value]) => `${words(key).toLowerCase()} ${said(value)}`)
    .join(', ');
}

/** A value of the buyer's own, in a line. */
function said(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map(said).join(', ');
  return JSON.stringify(value);
}

function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <Table variant="vertical" withTableBorder layout="fixed">
      <Table.Tbody>
        {facts.map(([name, value], i) => (
          <Table.Tr key={i}>
            <Table.Th w="35%">{name}</Table.Th>
            <Table.Td style={{ whiteSpace: 'pre-wrap' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
