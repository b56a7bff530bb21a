import { Alert, Group, List, Stack, Text, ThemeIcon, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import { Breakdown } from './score.tsx';
import type { Judgement } from './task.queries.ts';

type Criterion = Judgement['criteria'][number];

const MET = {
  yes: { icon: IconCheck, color: 'teal', label: 'Met' },
  no: { icon: IconX, color: 'red', label: 'Not met' },
  unknown: { icon: IconQuestionMark, color: 'gray', label: 'Not known' },
} as const;

/** Why the score is what it is: by dimension, by criterion with what was seen, and what nobody looked at. */
export function Why({ judgement }: { judgement: Judgement }) {
  const unknown = judgement.criteria.filter(({ met }) => met === 'unknown');
  return (
    <Stack gap="md">
      {judgement.gates.length > 0 && (
        <Alert color="red" variant="light" title="Held down whatever else is good">
          <List size="sm">
            {judgement.gates.map(({ key, evidence, cap }) => (
              <List.Item key={key}>
                {evidence}
                {cap !== null && ` (the score stays below ${cap})`}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Breakdown judgement={judgement} />
      <Stack gap={2}>
        {judgement.criteria.map((criterion) => (
          <CriterionLine key={`${criterion.source} ${criterion.key}`} criterion={criterion} />
        ))}
      </Stack>
      {unknown.length > 0 && (
        <Text size="sm" c="dimmed">
          The judge does not know {unknown.length} of {judgement.criteria.length} things asked: look at them yourself.
          The pale part of the bar is what they are worth.
        </Text>
      )}
      <Text size="xs" c="dimmed">
        Judged by {judgement.judge} {judgement.judge_version}, rubric {judgement.rubric.task_type}{' '}
        {judgement.rubric.version}.
      </Text>
    </Stack>
  );
}

function CriterionLine({ criterion: { question, met, evidence, source } }: { criterion: Criterion }) {
  const { icon: Icon, color, label } = MET[met];
  return (
    <Tooltip
      label={`${label}: ${evidence || 'nothing was noted.'}${source === 'rubric' ? '' : ` (${SOURCE[source]})`}`}
      multiline
      w={320}
      events={{ hover: true, focus: true, touch: true }}
      position="top-start"
    >
      <UnstyledButton w="100%" py={2}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" color={color} size={18} radius="xl" mt={2} aria-hidden>
            <Icon size={12} />
          </ThemeIcon>
          <Text size="sm" span>
            {question} <VisuallyHidden>{label}</VisuallyHidden>
          </Text>
        </Group>
      </UnstyledButton>
    </Tooltip>
  );
}

const SOURCE: Record<Criterion['source'], string> = {
  rubric: 'of the task type',
  rule: 'a quality rule',
  brief: 'from your brief',
  tests: 'a test of yours',
  answer: 'the known answer',
  gate: 'a gate',
};
