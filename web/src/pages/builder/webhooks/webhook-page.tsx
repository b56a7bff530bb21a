import { Alert, Button, Card, Group } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { api, dataOf, done } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { confirm } from '../../../ui/confirm.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { AppLink } from '../../../ui/link.tsx';
import { told, toldError } from '../../../ui/notify.tsx';
import { Page, Section } from '../../../ui/page.tsx';
import { ReadPage } from '../../../ui/read-page.tsx';
import { When } from '../../../ui/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { EditWebhookForm } from './edit-webhook.tsx';
import { WebhookSecret } from './webhook-secret.tsx';
import { WebhookTag } from './webhook-tag.tsx';
import { type Webhook, webhookQuery, webhooksQuery } from './webhooks.queries.ts';

/** One webhook: how it does, what can be changed, and what was sent. */
export function Component() {
  const { id = '' } = useParams();
  const webhook = useQuery(webhookQuery(id));
  return (
    <ReadPage query={webhook} title="Webhook">
      {(data) => <Frame webhook={data} />}
    </ReadPage>
  );
}

function Frame({ webhook }: { webhook: Webhook }) {
  return (
    <Page title="Webhook" lead={webhook.url} actions={<Actions webhook={webhook} />}>
      <AppLink to="/app/webhooks" size="sm">
        All webhooks
      </AppLink>
      <Trouble webhook={webhook} />
      <Card withBorder padding="sm">
        <Facts
          facts={{
            State: <WebhookTag webhook={webhook} />,
            Events: eventsOf(webhook),
            Agent: webhook.agent_id && (
              <AppLink to={`/app/agents/${webhook.agent_id}`} size="sm">
                {webhook.agent_id}
              </AppLink>
            ),
            Task: webhook.task_id,
            Note: webhook.description || null,
            Made: <When at={webhook.created_at} />,
          }}
        />
      </Card>
      <Deliveries webhook={webhook} />
      <Section title="Secret" lead="Every delivery is signed with it; your receiver refuses what no signature fits.">
        <WebhookSecret webhook={webhook} />
      </Section>
    </Page>
  );
}

const eventsOf = ({ types }: Webhook) => (types.includes('*') ? 'every event' : types.join(', '));

const WHY_OFF = {
  owner: 'You switched it off. Nothing is sent.',
  gone: 'The receiver answered 410, so nothing is sent any more.',
  failing: 'Nothing was taken for days although it was tried, so nothing is sent any more.',
} as const;

function Trouble({ webhook }: { webhook: Webhook }) {
  const { disabled, failing_since: since, gives_up_at: until } = webhook;
  if (disabled)
    return (
      <Alert variant="light" color="yellow" title={WHY_OFF[disabled.reason]}>
        Switched on again it hears of what happens from then on. What failed meanwhile can be sent again below.
      </Alert>
    );
  if (!since) return null;
  return (
    <Alert variant="light" color="red" title="Nothing was taken lately">
      It fails since <When at={since} />
      {until && (
        <>
          {' '}
          and is switched off <When at={until} /> if that goes on
        </>
      )}
      . Open the latest delivery to see what came back.
    </Alert>
  );
}

function Actions({ webhook }: { webhook: Webhook }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const once = useOnce();
  const path = { id: webhook.id };
  const fresh = () => client.invalidateQueries({ queryKey: ['webhooks'] });
  const turn = useMutation({
    mutationFn: () => done(api.PATCH('/webhooks/{id}', { params: { path }, body: { enabled: !webhook.enabled } })),
    onSuccess: fresh,
    onError: toldError,
  });
  const ping = useMutation({
    mutationFn: () => dataOf(api.POST('/webhooks/{id}/test', { params: { path, header: once.keyFor() } })),
    async onSuccess({ id }) {
      once.done();
      await fresh();
      await navigate(`/app/webhooks/${webhook.id}/deliveries/${id}`);
    },
    onError: toldError,
  });
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/webhooks/{id}', { params: { path } })),
    async onSuccess() {
      told('The webhook is deleted.');
      await navigate('/app/webhooks');
      // The list alone: this page, which may be on the screen a moment longer, would ask for what is gone.
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    },
    onError: toldError,
  });
  const ask = () =>
    confirm({
      title: 'Delete this webhook?',
      children: 'It ends with the log of all its deliveries. That cannot be undone.',
      confirm: 'Delete it',
      danger: true,
      onConfirm: () => remove.mutate(),
    });
  const edit = () => modals.open({ title: 'Change the webhook', children: <EditWebhookForm webhook={webhook} /> });
  return (
    <Group gap="xs">
      <Button onClick={() => ping.mutate()} loading={ping.isPending} disabled={!webhook.enabled}>
        Send a test
      </Button>
      <Button variant="default" onClick={edit}>
        Edit
      </Button>
      <Button variant="default" onClick={() => turn.mutate()} loading={turn.isPending}>
        {webhook.enabled ? 'Switch off' : 'Switch on'}
      </Button>
      <Button variant="default" onClick={ask} loading={remove.isPending}>
        Delete
      </Button>
    </Group>
  );
}
