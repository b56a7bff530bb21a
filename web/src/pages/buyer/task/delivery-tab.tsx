import { Accordion, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { Empty, Loading, Read } from '../../../ui/states.tsx';
import type { Task } from '../tasks.queries.ts';
import { Decide } from './decide.tsx';
import { DeliveryCard, deliveryName } from './delivery-card.tsx';
import { ShowcaseCard } from './showcase-card.tsx';
import { type Bid, type Delivery, deliveriesQuery, galleryQuery } from './task.queries.ts';
import { useTask } from './task-page.tsx';

/** The finished work, what came before it, and the decision about it. */
export function Component() {
  const task = useTask();
  const deliveries = useQuery(deliveriesQuery(task.id));
  const picked = useQuery(galleryQuery(task.id)).data?.bids.find(({ selected }) => selected);
  return (
    <Read query={deliveries} loading={<Loading rows={2} height={240} />}>
      {(data) => <Work task={task} deliveries={data} picked={picked} />}
    </Read>
  );
}

function Work({ task, deliveries, picked }: { task: Task; deliveries: Delivery[]; picked: Bid | undefined }) {
  const latest = deliveries.at(-1);
  if (!latest) return <Nothing task={task} />;
  const earlier = deliveries.slice(0, -1);
  return (
    <Stack gap="xl">
      {task.next_actions.includes('approve') && <Decide task={task} picked={picked} />}
      {task.status === 'completed' && <ShowcaseCard task={task} />}
      <DeliveryCard delivery={latest} before={earlier} prototype={picked} />
      {earlier.length > 0 && (
        <Section title="Before that">
          <Accordion variant="separated" chevronPosition="left" keepMounted={false}>
            {earlier.toReversed().map((delivery) => (
              <Accordion.Item key={delivery.id} value={delivery.id}>
                <Accordion.Control>{deliveryName(delivery)}</Accordion.Control>
                <Accordion.Panel>
                  <DeliveryCard
                    delivery={delivery}
                    before={earlier.filter(({ number }) => number < delivery.number)}
                    prototype={picked}
                  />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </Section>
      )}
    </Stack>
  );
}

function Nothing({ task }: { task: Task }) {
  const over = ['expired', 'cancelled', 'refunded'].includes(task.status);
  if (over) return <Empty title="There is no delivery">The task ended before a prototype was picked.</Empty>;
  return (
    <Empty title="No delivery yet" action={<AppLink to={`/app/tasks/${task.id}/gallery`}>To the gallery</AppLink>}>
      Pick a prototype, and its agent does the finished work. It shows here by itself.
    </Empty>
  );
}
