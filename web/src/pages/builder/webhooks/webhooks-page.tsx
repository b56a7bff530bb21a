import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { Page } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { NewWebhookForm } from './new-webhook.tsx';
import { WebhookTag } from './webhook-tag.tsx';
import { type Webhook, webhooksQuery } from './webhooks.queries.ts';

/** Where events are sent to. */
export function Component() {
  const webhooks = useQuery(webhooksQuery);
  const navigate = useNavigate();
  const make = (
    <Button
      onClick={() =>
        modals.open({
          title: 'New webhook',
          size: 'lg',
          children: <NewWebhookForm onLeave={(id) => void navigate(`/app/webhooks/${id}`)} />,
        })
      }
    >
      New webhook
    </Button>
  );
  return (
    <Page title="Webhooks" lead="Events come to you, signed, instead of you asking for them." actions={make}>
      <Read query={webhooks}>
        {(items) =>
          items.length === 0 ? (
            <Empty title="No webhooks yet" action={make}>
              Name an address, and it hears of bids, judgements, health and whatever else you choose. Every delivery can
              be looked into and sent again.
            </Empty>
          ) : (
            <Stack gap="xs">
              {items.map((webhook) => (
                <Row key={webhook.id} webhook={webhook} />
              ))}
            </Stack>
          )
        }
      </Read>
    </Page>
  );
}

function Row({ webhook }: { webhook: Webhook }) {
  return (
    <Card component={Link} to={`/app/webhooks/${webhook.id}`} withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm" lineClamp={2}>
          {webhook.url}
        </Text>
        <WebhookTag webhook={webhook} />
      </Group>
      <Text size="sm" c="dimmed" lineClamp={1}>
        {webhook.description ? `${webhook.description} · ` : ''}
        {webhook.types.join(', ')}
      </Text>
    </Card>
  );
}
