import { Card, Group, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { CALL_OUTCOMES } from '../../../../../src/tasks/insight/insight.schema.ts';
import { Coded } from '../../../ui/coded.tsx';
import { words } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { PagesOf } from '../../../ui/pages-of.tsx';
import { Empty } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { Tag } from '../badges.tsx';
import { type Call, callsQuery } from './calls.queries.ts';
import { OutcomeTag } from './outcome-tag.tsx';

/** The log of calls, the latest first. What is chosen stands in the address. */
export function Component() {
  const agent = useAgent();
  const [params, setParams] = useSearchParams();
  const outcome = CALL_OUTCOMES.find((one) => one === params.get('outcome')) ?? null;
  const calls = useInfiniteQuery(callsQuery(agent.id, outcome, params.get('task')));
  const choice = (
    <Select
      aria-label="Outcome"
      placeholder="Every outcome"
      clearable
      w={180}
      data={CALL_OUTCOMES.map((value) => ({ value, label: words(value) }))}
      value={outcome}
      onChange={(value) => setParams(value ? { outcome: value } : {}, { replace: true, preventScrollReset: true })}
    />
  );
  return (
    <Section title="Calls" lead="Every request to the agent, what came of it, and what to change." actions={choice}>
      <PagesOf
        query={calls}
        empty={
          <Empty title={outcome ? 'No call ended like this' : 'No calls yet'}>
            A benchmark makes the first ones; tasks follow once nothing stands in the agent's way.
          </Empty>
        }
      >
        {(items) => (
          <Stack gap="xs">
            {items.map((call) => (
              <CallRow key={call.id} call={call} agentId={agent.id} />
            ))}
          </Stack>
        )}
      </PagesOf>
    </Section>
  );
}

const WHERE = { prototype: 'Prototype', delivery: 'Delivery', benchmark: 'Benchmark' } as const;

function CallRow({ call, agentId }: { call: Call; agentId: string }) {
  return (
    <Card component={Link} to={`/app/agents/${agentId}/calls/${call.id}`} withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {WHERE[call.kind]}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            <When at={call.due_at} />
            {call.attempts > 1 && ` · ${call.attempts} attempts`}
          </Text>
        </Text>
        <Group gap={6}>
          {call.bid && <Tag tone="quiet">{`Bid ${words(call.bid.status).toLowerCase()}`}</Tag>}
          <OutcomeTag outcome={call.outcome} />
        </Group>
      </Group>
      <Text size="sm" component="div">
        {call.meaning.what}
        {call.meaning.fix && (
          <Text span size="sm" c="dimmed">
            {' '}
            <Coded text={call.meaning.fix} />
          </Text>
        )}
      </Text>
    </Card>
  );
}
