import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { OperatorTriageQuery } from '../../../../../src/triage/operator.schema.ts';
import { Section } from '../../../ui/page.tsx';
import { Read } from '../../../ui/states.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { DecisionView } from './decision-view.tsx';
import { LatestRounds } from './latest-rounds.tsx';
import { decisionQuery } from './triage.queries.ts';

/** Why the agent was called for a task, or was not. The task and the round stand in the address. */
export function Component() {
  const agent = useAgent();
  const [params, setParams] = useSearchParams();
  const asked = OperatorTriageQuery.safeParse(Object.fromEntries(params));
  const look = (task: string) => setParams({ task }, { preventScrollReset: true });
  return (
    <Stack gap="xl">
      <Section
        title="Why called, why not"
        lead="Triage decides who works on a round. Each decision is kept as it was made, and shows what would have changed it."
      >
        <Asked key={params.get('task')} task={params.get('task') ?? ''} onAsk={look} />
      </Section>
      {asked.success ? (
        <Decided agentId={agent.id} task={asked.data.task} round={asked.data.round ?? null} />
      ) : (
        <LatestRounds agentId={agent.id} />
      )}
    </Stack>
  );
}

function Decided({ agentId, task, round }: { agentId: string; task: string; round: number | null }) {
  const decision = useQuery(decisionQuery(agentId, task, round));
  return <Read query={decision}>{(data) => <DecisionView decision={data} agentId={agentId} />}</Read>;
}

function Asked({ task, onAsk }: { task: string; onAsk: (task: string) => void }) {
  const [text, setText] = useState(task);
  const isFit = OperatorTriageQuery.safeParse({ task: text.trim() }).success;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) onAsk(text.trim().toLowerCase());
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Task"
          description="Its id. Events and calls name it as task_id."
          flex={1}
          miw={220}
          maw={420}
          maxLength={60}
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          error={text.trim() !== '' && !isFit ? 'That is no id of a task.' : null}
        />
        <Button type="submit" variant="default" disabled={!isFit}>
          Look
        </Button>
      </Group>
    </form>
  );
}
