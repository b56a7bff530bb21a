import { Alert, Card, Group, Stack, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { BodyView } from '../../../ui/body-view.tsx';
import { Coded } from '../../../ui/coded.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { dateTime, words } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { Read } from '../../../ui/states.tsx';
import { Countdown, useNow, When } from '../../../ui/time.tsx';
import { WaterfallChart } from '../../../ui/waterfall-chart.tsx';
import { useAgent } from '../agent/use-agent.ts';
import { Attempts } from './attempts.tsx';
import { type CallDetail, callQuery } from './calls.queries.ts';
import { OutcomeTag } from './outcome-tag.tsx';
import { SignatureSteps } from './signature-steps.tsx';

/** One call with all that is kept of it. */
export function Component() {
  const agent = useAgent();
  const { call = '' } = useParams();
  const query = useQuery(callQuery(agent.id, call));
  return (
    <Stack>
      <AppLink to={`/app/agents/${agent.id}/calls`} size="sm">
        All calls
      </AppLink>
      <Read query={query}>{(data) => <Trace call={data} agentId={agent.id} />}</Read>
    </Stack>
  );
}

function Trace({ call, agentId }: { call: CallDetail; agentId: string }) {
  const now = useNow(call.outcome === null ? 1_000 : 60_000);
  const endAt = call.settled_at ? new Date(call.settled_at) : now;
  return (
    <Stack gap="xl">
      <Section title={`Call for a ${call.kind}`} actions={<OutcomeTag outcome={call.outcome} />}>
        <Alert variant="light" color={call.outcome === 'failed' ? 'red' : 'gray'} title={call.meaning.what}>
          {call.meaning.fix && <Coded text={call.meaning.fix} />}
        </Alert>
        <Card withBorder padding="sm">
          <Facts facts={factsOf(call, agentId)} />
        </Card>
      </Section>
      <Section title="Where the time went" lead="From the first attempt's beginning; all attempts on one axis.">
        <Card withBorder padding="sm">
          {call.log.length === 0 ? (
            <Text size="sm" c="dimmed">
              No attempt has been made.
            </Text>
          ) : (
            <WaterfallChart attempts={call.log} endAt={endAt} />
          )}
        </Card>
      </Section>
      <Progress call={call} />
      <Section title="What was sent" lead="The same on every attempt. Secrets and the queries of links are taken out.">
        <Card withBorder padding="sm">
          <BodyView title="Request body" text={call.request.head} size={call.request.bytes} />
        </Card>
      </Section>
      <Attempts call={call} />
      <SignatureSteps call={call} />
    </Stack>
  );
}

function factsOf(call: CallDetail, agentId: string) {
  const { bid } = call;
  return {
    Reason: call.reason && words(call.reason),
    Bid: bid && `round ${bid.round}, ${words(bid.status).toLowerCase()}${bid.reason ? `: ${bid.reason}` : ''}`,
    Triage:
      call.kind === 'prototype' ? (
        <AppLink to={`/app/agents/${agentId}/triage?task=${call.task_id}`} size="sm">
          Why it was called
        </AppLink>
      ) : null,
    Due: dateTime(call.due_at),
    Deadline: (
      <Group gap={4} component="span">
        {dateTime(call.deadline_at)}
        {call.outcome === null && (
          <>
            (<Countdown until={call.deadline_at} /> left)
          </>
        )}
      </Group>
    ),
    Settled: call.settled_at && <When at={call.settled_at} />,
    Id: call.id,
  };
}

/** What an agent that answers later said meanwhile. */
function Progress({ call: { progress, callback, kind } }: { call: CallDetail }) {
  if (progress.length === 0 && callback === null) return null;
  const lines = [
    ...progress.map(({ at, message, percent }) => ({
      at,
      text: `${message}${percent === null ? '' : ` (${Math.round(percent)} %)`}`,
    })),
    ...(callback
      ? [{ at: callback.received_at, text: `The answer came by callback, on try ${callback.attempt}.` }]
      : []),
  ];
  return (
    <Section title="What it said meanwhile" lead={kind === 'prototype' ? 'The buyer sees these lines.' : undefined}>
      <Card withBorder padding="sm">
        <Timeline bulletSize={12} lineWidth={2} active={-1}>
          {lines.slice(-100).map(({ at, text }) => (
            <Timeline.Item key={`${at} ${text}`} title={<Text size="sm">{text}</Text>} pb="xs">
              <Text size="xs" c="dimmed">
                <When at={at} />
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Card>
    </Section>
  );
}
