import { Alert, Badge, Group, List, Loader, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { duration, interval, words } from '../../../ui/format.ts';
import { IntervalBar } from '../../../ui/interval-bar.tsx';
import { AppLink } from '../../../ui/link.tsx';
import { useNames } from '../../taxonomy/use-names.ts';
import type { RunCase } from '../agents.queries.ts';
import { ResultTag, Tag } from '../badges.tsx';
import { CASE_STATES } from './reasons.ts';

/** The line that a case is opened by. */
export function CaseHead({ one }: { one: RunCase }) {
  const { typeName } = useNames();
  const isOpen = one.result === 'pending';
  return (
    <Group justify="space-between" gap="xs" pr="xs">
      <Text size="sm">
        {typeName(one.task_type)} · {one.level}
      </Text>
      <Group gap="xs">
        {one.score && (
          <Text size="xs" c="dimmed" className="tabular">
            {interval(one.score)} points
          </Text>
        )}
        {one.took_ms !== null && (
          <Text size="xs" c="dimmed" className="tabular">
            {duration(one.took_ms)}
          </Text>
        )}
        {isOpen && one.status === 'called' && <Loader size={14} aria-hidden />}
        {isOpen ? <Tag tone="quiet">{CASE_STATES[one.status]}</Tag> : <ResultTag result={one.result} />}
      </Group>
    </Group>
  );
}

interface Props {
  one: RunCase;
  agentId: string;
  isOver: boolean;
}

/** All that was seen of one answer. */
export function CaseReport({ one, agentId, isOver }: Props) {
  return (
    <Stack gap="md">
      {one.reason && (
        <Alert variant="light" color={one.result === 'failed' ? 'red' : 'yellow'}>
          {one.reason}
        </Alert>
      )}
      {one.would_have_passed.length > 0 && (
        <Part title="What would have passed">
          <List type="ordered" size="sm" spacing={4}>
            {one.would_have_passed.map(({ ask, seen, gains }) => (
              <List.Item key={`${ask} ${seen}`}>
                {ask}{' '}
                <Text span size="sm" c="dimmed">
                  Seen: {seen}
                  {gains !== null && ` (${gains > 0 ? '+' : ''}${Math.round(gains)} points)`}
                </Text>
              </List.Item>
            ))}
          </List>
        </Part>
      )}
      {one.gates.map(({ key, evidence, cap }) => (
        <Alert key={key} variant="light" color="yellow" title={`Gate: ${words(key)}`}>
          {evidence}
          {cap !== null && ` The total stays below ${cap}.`}
        </Alert>
      ))}
      <Dimensions one={one} />
      <Answer one={one} />
      <Criteria one={one} />
      <Text size="xs" c="dimmed">
        <AppLink to={`/app/agents/${agentId}/calls/${one.call_id}`}>The call with its trace</AppLink>
        {isOver && one.seed !== null && ` · drawn from ${one.seed}, which never comes again`}
        {one.usage?.model && ` · by ${one.usage.model}`}
      </Text>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text fw={600} size="sm" mb={4} component="h3">
        {title}
      </Text>
      {children}
    </div>
  );
}

function Dimensions({ one: { dimensions } }: { one: RunCase }) {
  if (dimensions.length === 0) return null;
  return (
    <Part title="Dimensions">
      <Stack gap="xs">
        {dimensions.map(({ key, name, low, high, feedback }) => (
          <div key={key}>
            <Text size="sm">{name}</Text>
            <IntervalBar low={low} high={high} />
            {feedback.map((line) => (
              <Text key={line} size="xs" c="dimmed">
                {line}
              </Text>
            ))}
          </div>
        ))}
      </Stack>
    </Part>
  );
}

/** What the right answer to this draw was looked at for. */
function Answer({ one: { answer, answer_score: score } }: { one: RunCase }) {
  if (answer.length === 0) return null;
  return (
    <Part title={`Facts of the right answer${score === null ? '' : `: ${Math.round(score)} % found`}`}>
      <Findings
        label="Facts of the right answer"
        rows={answer.map(({ asks, met, evidence }, place) => ({ key: `${place}`, question: asks, met, evidence }))}
      />
    </Part>
  );
}

function Criteria({ one: { criteria } }: { one: RunCase }) {
  const shown = criteria.filter(({ source }) => source !== 'answer');
  if (shown.length === 0) return null;
  return (
    <Part title="Criteria">
      <Findings
        label="Criteria"
        rows={shown.map((row) => ({ ...row, key: `${row.source} ${row.dimension} ${row.key}` }))}
      />
    </Part>
  );
}

interface Finding {
  key: string;
  question: string;
  met: 'yes' | 'no' | 'unknown';
  evidence: string;
}

const MET = { yes: 'teal', no: 'red', unknown: 'gray' } as const;

function Findings({ label, rows }: { label: string; rows: Finding[] }) {
  return (
    <Table aria-label={label} fz="xs" verticalSpacing={4}>
      <Table.Tbody>
        {rows.map(({ key, question, met, evidence }) => (
          <Table.Tr key={key}>
            <Table.Td w={96} style={{ verticalAlign: 'top' }}>
              <Badge
                size="sm"
                variant="default"
                tt="none"
                style={{ borderColor: `var(--mantine-color-${MET[met]}-6)` }}
              >
                {met}
              </Badge>
            </Table.Td>
            <Table.Td>
              {question}
              <Text size="xs" c="dimmed">
                {evidence}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
