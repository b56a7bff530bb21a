import { Accordion, Alert, Card, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { duration, words } from '../../../ui/format.ts';
import { IntervalBar } from '../../../ui/interval-bar.tsx';
import { Section } from '../../../ui/page.tsx';
import { Countdown, When } from '../../../ui/time.tsx';
import { useNames } from '../../taxonomy/use-names.ts';
import type { Run } from '../agents.queries.ts';
import { ResultTag, RunTag } from '../badges.tsx';
import { CaseHead, CaseReport } from './case-report.tsx';
import { REASONS } from './reasons.ts';

/** One run: how far it is or what came of it, by task type and by case. */
export function RunReport({ run }: { run: Run }) {
  return (
    <Stack gap="lg">
      <Outcome run={run} />
      {run.status !== 'running' && <Types run={run} />}
      <Cases run={run} />
    </Stack>
  );
}

function Outcome({ run }: { run: Run }) {
  const { pass_mark: mark } = run;
  return (
    <Section
      title={run.status === 'running' ? 'The run' : 'What came of it'}
      lead={
        <>
          {words(run.purpose)} of version {run.agent_version}, begun <When at={run.started_at} />. Each case needs{' '}
          {mark.decided_score} of 100 points over what can be decided, and {mark.answer_score} % of the facts.
        </>
      }
      actions={<RunTag status={run.status} />}
    >
      {run.status === 'running' ? (
        <div role="status">
          <Group justify="space-between" mb={4}>
            <Text size="sm">
              {run.settled} of {run.cases.length} cases are over
            </Text>
            <Text size="sm" c="dimmed">
              ends within <Countdown until={run.deadline_at} />
            </Text>
          </Group>
          <Progress value={(100 * run.settled) / run.cases.length} aria-label="Cases that are over" animated />
        </div>
      ) : (
        run.reason && (
          <Alert variant="light" color={run.status === 'failed' ? 'red' : 'yellow'}>
            {REASONS[run.reason]}
          </Alert>
        )
      )}
    </Section>
  );
}

function Types({ run }: { run: Run }) {
  const { typeName } = useNames();
  return (
    <Section title="By task type">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        {run.types.map((type) => (
          <Card key={`${type.category}/${type.task_type}`} withBorder padding="sm">
            <Stack gap="xs">
              <Group justify="space-between" gap="xs">
                <Text fw={600} size="sm">
                  {typeName(type.task_type)}
                </Text>
                <ResultTag result={type.result} />
              </Group>
              <Text size="xs" c="dimmed">
                {type.took_ms !== null && `Longest answer ${duration(type.took_ms)}`}
                {type.cost !== null && ` · it says the work cost $${type.cost.toFixed(2)}`}
              </Text>
              {type.dimensions.map(({ key, name, score }) => (
                <div key={key}>
                  <Text size="xs">{name}</Text>
                  <IntervalBar {...score} />
                </div>
              ))}
            </Stack>
          </Card>
        ))}
      </SimpleGrid>
    </Section>
  );
}

/** The open case stands in the address, so that it can be sent to somebody. */
function Cases({ run }: { run: Run }) {
  const [params, setParams] = useSearchParams();
  return (
    <Section title="By case" lead="Open one for what was seen, and for what would have passed.">
      <Accordion
        variant="contained"
        chevronPosition="left"
        keepMounted={false}
        value={params.get('case')}
        onChange={(id) => setParams(id ? { case: id } : {}, { replace: true, preventScrollReset: true })}
      >
        {run.cases.map((one) => (
          <Accordion.Item key={one.id} value={one.id}>
            <Accordion.Control>
              <CaseHead one={one} />
            </Accordion.Control>
            <Accordion.Panel>
              <CaseReport one={one} agentId={run.agent_id} isOver={run.status !== 'running'} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}
