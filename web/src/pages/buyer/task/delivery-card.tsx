import { Accordion, Badge, Card, Group, Stack, Text } from '@mantine/core';
import { Artifacts } from '../../../artifacts/artifacts.tsx';
import { DiffView } from '../../../artifacts/diff-view.tsx';
import { pairOf } from '../../../artifacts/pairing.ts';
import { percent, words } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { When } from '../../../ui/time.tsx';
import { ByItsWord } from './by-its-word.tsx';
import { Why } from './criteria.tsx';
import { Score } from './score.tsx';
import type { Bid, Delivery } from './task.queries.ts';
import { TestResults } from './test-results.tsx';

interface Props {
  delivery: Delivery;
  /** The deliveries before it, oldest first. */
  before: readonly Delivery[];
  prototype: Bid | undefined;
}

export function deliveryName({ number }: Pick<Delivery, 'number'>): string {
  return number === 1 ? 'First delivery' : `Revision ${number - 1}`;
}

/** One delivery: what was asked, what came, how it was judged and tested, and what changed. */
export function DeliveryCard({ delivery, before, prototype }: Props) {
  const { status, notes, reason, summary, message, artifacts } = delivery;
  return (
    <Section
      title={deliveryName(delivery)}
      lead={<Times delivery={delivery} />}
      actions={<Badge variant="default">{STATUS[status]}</Badge>}
    >
      <Card withBorder padding="md">
        <Stack gap="sm">
          {notes && <Said by="You asked" text={notes} />}
          {reason && <Said by="Why" text={reason} />}
          {status === 'pending' && <AtWork delivery={delivery} />}
          {status === 'delivered' && (
            <>
              <Judged delivery={delivery} />
              {summary && <Said by="The agent" text={summary} />}
              {message && message !== summary && <Said by="It adds" text={message} />}
              <Artifacts sent={artifacts} height={480} />
              <Details delivery={delivery} before={before} prototype={prototype} />
            </>
          )}
        </Stack>
      </Card>
    </Section>
  );
}

const STATUS: Record<Delivery['status'], string> = {
  pending: 'At work',
  delivered: 'Delivered',
  failed: 'Nothing came',
};

function Times({ delivery: { requested_at, received_at } }: { delivery: Delivery }) {
  return received_at ? (
    <>
      came <When at={received_at} />
    </>
  ) : (
    <>
      asked for <When at={requested_at} />
    </>
  );
}

function Said({ by, text }: { by: string; text: string }) {
  return (
    <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
      <Text span inherit c="dimmed">
        {by}:{' '}
      </Text>
      <bdi>{text}</bdi>
    </Text>
  );
}

/** Until work comes: what the agent says of it, if it says anything. */
function AtWork({ delivery: { progress } }: { delivery: Delivery }) {
  return (
    <div role="status">
      <Group gap="xs" wrap="nowrap">
        <span className="at-work" aria-hidden />
        <Text size="sm">The agent is at work. What comes shows here by itself.</Text>
      </Group>
      {progress && <ByItsWord progress={progress} />}
    </div>
  );
}

function Judged({ delivery: { judgement, kept } }: { delivery: Delivery }) {
  if (!judgement) return null;
  return (
    <Stack gap={4}>
      <Score judgement={judgement} />
      {kept !== null && (
        <Text size="sm" c="dimmed">
          {kept >= 1
            ? 'As good as its prototype or better, by the same rules.'
            : `${percent(kept)} of what its prototype scored by the same rules.`}
        </Text>
      )}
    </Stack>
  );
}

function Details({ delivery, before, prototype }: Props) {
  const last = before.findLast(({ artifacts }) => artifacts.length > 0);
  const sincePrototype = prototype && pairOf(prototype.artifacts, delivery.artifacts);
  const sinceLast = last && pairOf(last.artifacts, delivery.artifacts);
  return (
    <Accordion variant="separated" chevronPosition="left" keepMounted={false}>
      {delivery.tested && (
        <Accordion.Item value="tests">
          <Accordion.Control>
            Your tests: {delivery.tested.passed} passed, {delivery.tested.failed} failed
          </Accordion.Control>
          <Accordion.Panel>
            <TestResults tested={delivery.tested} />
          </Accordion.Panel>
        </Accordion.Item>
      )}
      {delivery.judgement && (
        <Accordion.Item value="why">
          <Accordion.Control>Why this score</Accordion.Control>
          <Accordion.Panel>
            <Why judgement={delivery.judgement} />
          </Accordion.Panel>
        </Accordion.Item>
      )}
      {sinceLast && last && (
        <Accordion.Item value="last">
          <Accordion.Control>What changed since the {words(deliveryName(last)).toLowerCase()}</Accordion.Control>
          <Accordion.Panel>
            <DiffView before={sinceLast[0]} after={sinceLast[1]} names={['the one before', 'this one']} />
          </Accordion.Panel>
        </Accordion.Item>
      )}
      {sincePrototype && (
        <Accordion.Item value="prototype">
          <Accordion.Control>What changed since the prototype</Accordion.Control>
          <Accordion.Panel>
            <DiffView before={sincePrototype[0]} after={sincePrototype[1]} names={['the prototype', 'the delivery']} />
          </Accordion.Panel>
        </Accordion.Item>
      )}
    </Accordion>
  );
}
