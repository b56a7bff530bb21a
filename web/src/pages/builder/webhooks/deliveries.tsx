import { Button, Card, Group, Select, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { DELIVERY_STATUSES } from '../../../../../src/notifications/webhooks/webhook.schema.ts';
import { words } from '../../../ui/format.ts';
import { Section } from '../../../ui/page.tsx';
import { PagesOf } from '../../../ui/pages-of.tsx';
import { Empty } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import { DeliveryTag } from './delivery-tag.tsx';
import { RedeliverForm } from './redeliver-failed.tsx';
import { type Delivery, deliveriesQuery, type Webhook } from './webhooks.queries.ts';

/** What was sent, newest first. What is chosen stands in the address. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const [params, setParams] = useSearchParams();
  const status = DELIVERY_STATUSES.find((one) => one === params.get('status')) ?? null;
  const deliveries = useInfiniteQuery(deliveriesQuery(webhook.id, status, params.get('type')));
  const again = () =>
    modals.open({ title: 'Send again what failed', children: <RedeliverForm webhookId={webhook.id} /> });
  return (
    <Section
      title="Deliveries"
      lead="Kept for 30 days, with the bytes that were sent and what came back."
      actions={
        <>
          <Select
            aria-label="Status"
            placeholder="Every status"
            clearable
            w={160}
            size="xs"
            data={DELIVERY_STATUSES.map((value) => ({ value, label: words(value) }))}
            value={status}
            onChange={(value) => setParams(value ? { status: value } : {}, { replace: true, preventScrollReset: true })}
          />
          <Button size="xs" variant="default" onClick={again} disabled={!webhook.enabled}>
            Send failed again
          </Button>
        </>
      }
    >
      <PagesOf
        query={deliveries}
        empty={
          <Empty title={status ? 'No delivery is like this' : 'Nothing was sent yet'}>
            A test shows at once whether your receiver takes what is sent.
          </Empty>
        }
      >
        {(items) => (
          <Stack gap="xs">
            {items.map((delivery) => (
              <Row key={delivery.id} delivery={delivery} />
            ))}
          </Stack>
        )}
      </PagesOf>
    </Section>
  );
}

function Row({ delivery }: { delivery: Delivery }) {
  const { webhook_id: webhook, id, type, attempts, created_at: at, reason } = delivery;
  return (
    <Card component={Link} to={`/app/webhooks/${webhook}/deliveries/${id}`} withBorder padding="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" ff="monospace">
          {type}
        </Text>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            <When at={at} />
            {attempts > 1 && ` · ${attempts} attempts`}
          </Text>
          <DeliveryTag delivery={delivery} />
        </Group>
      </Group>
      {reason && delivery.status !== 'delivered' && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {reason}
        </Text>
      )}
    </Card>
  );
}
