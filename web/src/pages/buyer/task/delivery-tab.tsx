import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Artifacts } from '../../../artifacts/artifacts.tsx';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import type { Task } from '../tasks.queries.ts';
import { useApprove } from './decisions.tsx';
import { ReviseForm } from './revise-form.tsx';
import { Score } from './score.tsx';
import { type Bid, type Delivery, deliveriesQuery, galleryQuery } from './task.queries.ts';
import { useTask } from './task-page.tsx';

/** The finished work, and the decision about it. */
export function Component() {
  const task = useTask();
  const deliveries = useQuery(deliveriesQuery(task.id));
  const picked = useQuery(galleryQuery(task.id)).data?.bids.find(({ selected }) => selected);
  return (
    <Read query={deliveries}>
      {(data) =>
        data.length === 0 ? (
          <Empty
            title="No delivery yet"
            action={<AppLink to={`/app/tasks/${task.id}/gallery`}>To the gallery</AppLink>}
          >
            Pick a prototype, and its agent does the finished work.
          </Empty>
        ) : (
          <Stack gap="lg">
            {task.next_actions.includes('approve') && <Decide task={task} picked={picked} />}
            {data.toReversed().map((delivery) => (
              <OneDelivery key={delivery.id} delivery={delivery} />
            ))}
          </Stack>
        )
      }
    </Read>
  );
}

function Decide({ task, picked }: { task: Task; picked: Bid | undefined }) {
  const approve = useApprove(task, picked);
  return (
    <Section title="Your decision" lead="Approve and pay, or say what should change.">
      <Group align="flex-start">
        <Button loading={approve.isPending} onClick={approve.ask}>
          Approve
        </Button>
      </Group>
      <ReviseForm task={task} />
    </Section>
  );
}

function OneDelivery({ delivery }: { delivery: Delivery }) {
  return (
    <Section
      title={delivery.number === 1 ? 'First delivery' : `Revision ${delivery.number - 1}`}
      lead={
        <>
          asked for <When at={delivery.requested_at} />
        </>
      }
      actions={<Badge variant="default">{STATUS[delivery.status]}</Badge>}
    >
      <Card withBorder padding="md">
        <Stack gap="sm">
          {delivery.notes && (
            <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              You asked: {delivery.notes}
            </Text>
          )}
          {delivery.reason && <Text size="sm">{delivery.reason}</Text>}
          {delivery.status === 'delivered' && (
            <>
              <Score judgement={delivery.judgement} />
              {delivery.summary && (
                <Text size="sm">
                  <bdi>{delivery.summary}</bdi>
                </Text>
              )}
              <Artifacts sent={delivery.artifacts} height={480} />
            </>
          )}
        </Stack>
      </Card>
    </Section>
  );
}

const STATUS: Record<Delivery['status'], string> = { pending: 'At work', delivered: 'Delivered', failed: 'Failed' };
