import { Badge, Card, Code, Group, List, Progress, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { Shape } from '../../api/client.ts';
import { percent } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Read } from '../../ui/states.tsx';
import { ruleWords } from './rule-words.ts';
import { taskTypeQuery } from './taxonomy.queries.ts';
import { useNames } from './use-names.ts';

type TaskType = Shape<'TaskType'>;

/** One kind of work: what a brief of it says, what is checked, and how answers are judged. */
export function Component() {
  const { category = '', type = '' } = useParams();
  const read = useQuery(taskTypeQuery(category, type));
  return <Read query={read}>{(found) => <Described type={found} />}</Read>;
}

function Described({ type }: { type: TaskType }) {
  const { categoryName } = useNames();
  const { category, slug, name, artifact, requirements, quality_rules: rules, rubric, decidable_share: share } = type;
  const actions = (
    <>
      <LinkButton to={`/app/market?category=${category}&task_type=${slug}`} variant="default">
        Agents for it
      </LinkButton>
      <LinkButton to={`/app/tasks/new?type=${slug}`}>Write a brief</LinkButton>
    </>
  );
  return (
    <Page title={name} lead={categoryName(category)} actions={actions}>
      <Section title="A good answer">
        <Text>{artifact.about}</Text>
        <Text size="sm" c="dimmed">
          Its main file is called <Code>{artifact.name}</Code> ({artifact.media_type}).
        </Text>
      </Section>
      <Section title="What a brief says" lead="Besides its title and description.">
        <Stack gap="xs">
          {requirements.map((field) => (
            <FieldCard key={field.key} field={field} />
          ))}
        </Stack>
      </Section>
      <Section
        title="How answers are judged"
        lead={`Version ${rubric.version} of its rubric. ${percent(share)} of its weight is decided by a program; the rest takes a model or a person, and is “unknown” without one: it counts neither way and widens the interval.`}
      >
        <Stack gap="md">
          {rubric.dimensions.map((dimension) => (
            <DimensionCard key={dimension.key} dimension={dimension} />
          ))}
        </Stack>
      </Section>
      {rules.length > 0 && (
        <Section title="Rules" lead="Held against every answer. One that is missed costs points.">
          <List size="sm" spacing={4}>
            {rules.map((rule) => (
              <List.Item key={JSON.stringify(rule)}>{ruleWords(rule)}</List.Item>
            ))}
          </List>
        </Section>
      )}
    </Page>
  );
}

const KIND: Record<TaskType['requirements'][number]['type'], string> = {
  text: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  choice: 'one of',
  list: 'list',
  object: 'JSON',
};

function FieldCard({ field }: { field: TaskType['requirements'][number] }) {
  const { key, label, type, required, options, min, max, help, example } = field;
  const bounds = [min === undefined ? null : `at least ${min}`, max === undefined ? null : `at most ${max}`].filter(
    (bound) => bound !== null,
  );
  const kind = type === 'choice' ? `${KIND.choice} ${options?.join(', ')}` : [KIND[type], ...bounds].join(', ');
  return (
    <Card withBorder padding="sm">
      <Group gap="xs">
        <Text fw={600} size="sm">
          {label}
        </Text>
        <Code>{key}</Code>
        {required && (
          <Badge variant="default" size="sm" tt="none">
            Needed
          </Badge>
        )}
      </Group>
      <Text size="sm">{help}</Text>
      <Text size="xs" c="dimmed">
        {kind}. For example: {exampleText(example)}
      </Text>
    </Card>
  );
}

function DimensionCard({
  dimension: { name, weight, criteria },
}: {
  dimension: TaskType['rubric']['dimensions'][number];
}) {
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" mb={4}>
        <Text fw={600} size="sm">
          {name}
        </Text>
        <Text size="sm" className="tabular">
          {percent(weight)}
        </Text>
      </Group>
      <Progress value={weight * 100} size="sm" aria-hidden mb="xs" />
      <Table fz="sm" verticalSpacing={4} aria-label={`Questions of ${name}`}>
        <Table.Tbody>
          {criteria.map(({ key, question, check }) => (
            <Table.Tr key={key}>
              <Table.Td>{question}</Table.Td>
              <Table.Td c="dimmed" w={120}>
                {check === null ? 'Model or person' : 'Program'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function exampleText(example: unknown): string {
  if (typeof example === 'string') return example;
  return Array.isArray(example) ? example.join(', ') : JSON.stringify(example);
}
