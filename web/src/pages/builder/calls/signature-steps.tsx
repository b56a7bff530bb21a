import { Card, Code, Text, Timeline } from '@mantine/core';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { dateTime } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import type { CallDetail } from './calls.queries.ts';
import { verdictOf } from './signature-verdict.ts';

const ICON = { taken: <IconCheck size={12} />, refused: <IconX size={12} />, open: <IconMinus size={12} /> };

/** How the agent checks that this very call is ours, with the call's own values, and what it made of it. */
export function SignatureSteps({ call }: { call: CallDetail }) {
  const last = call.log.at(-1);
  if (!last) return null;
  const headers = last.request_headers;
  const timestamp = headers['webhook-timestamp'] ?? '';
  const id = headers['webhook-id'] ?? call.id;
  const verdict = verdictOf(last);
  return (
    <Section
      title="The signature, step by step"
      lead="What your agent computes for the last attempt. The signature itself is not kept: whoever has it could send the call again."
    >
      <Card withBorder padding="sm">
        <Timeline bulletSize={22} lineWidth={2} active={-1}>
          <Step title="Take the id and the time from the headers">
            <Code>webhook-id: {id}</Code> <Code>webhook-timestamp: {timestamp}</Code>
          </Step>
          <Step title="Refuse a time that is more than 300 s off your clock">
            It was signed {timestamp === '' ? 'at an unknown time' : dateTime(new Date(Number(timestamp) * 1_000))}.
          </Step>
          <Step title="Join id, time and the raw bytes of the body with full stops">
            <Code>
              {id}.{timestamp}.
            </Code>{' '}
            and the {call.request.bytes} bytes as they came, before anything parses them.
          </Step>
          <Step title="HMAC-SHA256 with the secret, in base64">
            The key is what stands behind <Code>whsec_</Code>, decoded from base64.
          </Step>
          <Step title="Compare it with each v1 of webhook-signature">
            In constant time; while a secret is rotated there are two, and one that fits is enough.
          </Step>
          <Timeline.Item
            bullet={ICON[verdict.kind]}
            color={verdict.kind === 'refused' ? 'red' : 'teal'}
            title={
              <Text size="sm" fw={600}>
                {verdict.title}
              </Text>
            }
          >
            <Text size="sm" c="dimmed">
              {verdict.text}
            </Text>
          </Timeline.Item>
        </Timeline>
      </Card>
    </Section>
  );
}

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Timeline.Item
      title={
        <Text size="sm" fw={600}>
          {title}
        </Text>
      }
    >
      <Text size="sm" c="dimmed" component="div">
        {children}
      </Text>
    </Timeline.Item>
  );
}
