import { Alert, Group, List, Stack, Text, ThemeIcon, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { Breakdown } from './score.tsx';
import type { Judgement } from './task.queries.ts';

type Criterion = Judgement['criteria'][number];

const MET = {
  yes: { icon: IconCheck, color: 'teal', label: 'Met' },
  no: { icon: IconX, color: 'red', label: 'Not met' },
  unknown: { icon: IconQuestionMark, color: 'gray', label: 'Not known' },
} as const;

/** What was seen for the line that somebody points at: one for all lines, since each of its own costs at every opening. */
interface Evidence {
  readonly target: HTMLElement;
  readonly text: string;
}

/** Why the score is what it is: by dimension, by criterion with what was seen, and what nobody looked at. */
export function Why({ judgement }: { judgement: Judgement }) {
  const unknown = judgement.criteria.filter(({ met }) => met === 'unknown');
  const [evidence, show] = useState<Evidence | null>(null);
  return (
    <Stack gap="md">
      {evidence && (
        <Tooltip target={evidence.target} label={evidence.text} opened multiline w={320} position="top-start" />
      )}
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
          <CriterionLine key={`${criterion.source} ${criterion.key}`} criterion={criterion} show={show} />
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

interface LineProps {
  criterion: Criterion;
  show: (evidence: Evidence | null) => void;
}

function CriterionLine({ criterion, show }: LineProps) {
  const { icon: Icon, color, label } = MET[criterion.met];
  const seen = seenOf(criterion);
  const open = ({ currentTarget: target }: SyntheticEvent<HTMLElement>) => show({ target, text: `${label}: ${seen}` });
  const close = () => show(null);
  return (
    <UnstyledButton
      w="100%"
      py={2}
      onMouseEnter={open}
      onFocus={open}
      onClick={open}
      onMouseLeave={close}
      onBlur={close}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={color} size={18} radius="xl" mt={2} aria-hidden>
          <Icon size={12} />
        </ThemeIcon>
        <Text size="sm" span>
          {criterion.question}
          <VisuallyHidden>
            {' '}
            {label}: {seen}
          </VisuallyHidden>
        </Text>
      </Group>
    </UnstyledButton>
  );
}

function seenOf({ evidence, source }: Criterion): string {
  return `${evidence || 'nothing was noted.'}${source === 'rubric' ? '' : ` (${SOURCE[source]})`}`;
}

const SOURCE: Record<Criterion['source'], string> = {
  rubric: 'of the task type',
  rule: 'a quality rule',
  brief: 'from your brief',
  tests: 'a test of yours',
  answer: 'the known answer',
  gate: 'a gate',
};
