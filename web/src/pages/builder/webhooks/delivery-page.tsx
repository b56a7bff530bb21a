import { Accordion, Alert, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api, done } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { BodyView } from '../../../ui/body-view.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { dateTime, words } from '../../../ui/format.ts';
import { HeadersView } from '../../../ui/headers-view.tsx';
import { AppLink } from '../../../ui/link.tsx';
import { told, toldError } from '../../../ui/notify.tsx';
import { Page, Section } from '../../../ui/page.tsx';
import { ReadPage } from '../../../ui/read-page.tsx';
import { useNow, When } from '../../../ui/time.tsx';
import { WaterfallChart } from '../../../ui/waterfall-chart.tsx';
import { AttemptHead } from '../attempt-head.tsx';
import { Tag } from '../badges.tsx';
import { DeliveryTag } from './delivery-tag.tsx';
import { type DeliveryDetail, deliveryQuery } from './webhooks.queries.ts';

/** One delivery: the bytes that are signed and sent, and each attempt with what came back. */
export function Component() {
  const { id = '', delivery = '' } = useParams();
  const query = useQuery(deliveryQuery(id, delivery));
  return (
    <ReadPage query={query} title="Delivery">
      {(data) => <Inspector delivery={data} />}
    </ReadPage>
  );
}

function Inspector({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <Page
      title={delivery.type}
      lead={
        <Group gap="xs">
          <DeliveryTag delivery={delivery} />
          <Text size="sm">to {delivery.url}</Text>
        </Group>
      }
      actions={<Again delivery={delivery} />}
    >
      <AppLink to={`/app/webhooks/${delivery.webhook_id}`} size="sm">
        The webhook and its deliveries
      </AppLink>
      {delivery.reason && delivery.status !== 'delivered' && (
        <Alert variant="light" color={delivery.status === 'failed' ? 'red' : 'yellow'}>
          {delivery.reason}
        </Alert>
      )}
      <Card withBorder padding="sm">
        <Facts
          facts={{
            Made: dateTime(delivery.created_at),
            Attempts: `${delivery.attempts}`,
            'Next attempt': delivery.next_attempt_at && <When at={delivery.next_attempt_at} />,
            Finished: delivery.finished_at && <When at={delivery.finished_at} />,
            'webhook-id': delivery.id,
            Event: delivery.event_id,
          }}
        />
      </Card>
      <Card withBorder padding="sm">
        <BodyView title="What is signed and sent" text={delivery.body} />
      </Card>
      <Attempts delivery={delivery} />
    </Page>
  );
}

function Again({ delivery }: { delivery: DeliveryDetail }) {
  const client = useQueryClient();
  const once = useOnce();
  const { webhook_id: id, id: deliveryId } = delivery;
  const again = useMutation({
    mutationFn: () =>
      done(
        api.POST('/webhooks/{id}/deliveries/{delivery}/redeliver', {
          params: { path: { id, delivery: deliveryId }, header: once.keyFor(delivery.attempts) },
        }),
      ),
    async onSuccess() {
      once.done();
      told('It is sent again, with the same id and bytes.');
      await client.invalidateQueries({ queryKey: ['webhooks', id] });
    },
    onError: toldError,
  });
  return (
    <Button
      variant="default"
      loading={again.isPending}
      disabled={delivery.status === 'pending'}
      onClick={() => again.mutate()}
    >
      Send again
    </Button>
  );
}

type Attempt = DeliveryDetail['log'][number];

const TONE = { under_way: 'busy', delivered: 'good', failed: 'bad', unknown: 'quiet' } as const;

function Attempts({ delivery: { log } }: { delivery: DeliveryDetail }) {
  const now = useNow(log.some(({ outcome }) => outcome === 'under_way') ? 1_000 : 60_000);
  if (log.length === 0)
    return (
      <Section title="Attempts">
        <Text size="sm" c="dimmed">
          None so far.
        </Text>
      </Section>
    );
  return (
    <Section title="Attempts" lead="Newest first.">
      <Accordion variant="contained" multiple keepMounted={false} defaultValue={[`${log[0]?.attempt}`]}>
        {log.map((attempt) => (
          <Accordion.Item key={attempt.attempt} value={`${attempt.attempt}`}>
            <Accordion.Control>
              <AttemptHead attempt={attempt}>
                <Tag tone={TONE[attempt.outcome]}>{words(attempt.outcome)}</Tag>
              </AttemptHead>
            </Accordion.Control>
            <Accordion.Panel>
              <Seen attempt={attempt} now={now} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}

function Seen({ attempt, now }: { attempt: Attempt; now: Date }) {
  return (
    <Stack>
      {attempt.problem && (
        <Alert variant="light" color="red">
          {attempt.problem}
        </Alert>
      )}
      <WaterfallChart attempts={[attempt]} endAt={now} />
      <HeadersView title="Request headers" headers={attempt.request_headers} />
      {attempt.response && (
        <>
          <HeadersView title={`Answer: HTTP ${attempt.response.status}`} headers={attempt.response.headers} />
          <BodyView title="Its body" text={attempt.response.body} />
        </>
      )}
    </Stack>
  );
}
