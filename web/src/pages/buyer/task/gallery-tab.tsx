import { Affix, Button, Card, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LinkButton } from '../../../ui/link.tsx';
import { Empty, Loading, Read } from '../../../ui/states.tsx';
import type { Task } from '../tasks.queries.ts';
import { BidCard } from './bid-card.tsx';
import { ORDERS, type Order, ordered } from './bid-order.ts';
import { useSelect } from './decisions.tsx';
import { NotShown } from './not-shown.tsx';
import { type Gallery, galleryQuery } from './task.queries.ts';
import { useTask } from './task-page.tsx';

const MOST_COMPARED = 3;
const CLOSED: readonly Task['status'][] = ['open', 'matching', 'prototyping', 'judging'];

/** The prototypes that may be picked. */
export function Component() {
  const task = useTask();
  const gallery = useQuery(galleryQuery(task.id));
  return (
    <Read query={gallery} loading={<Loading rows={2} height={320} />}>
      {(data) => <Opened task={task} gallery={data} />}
    </Read>
  );
}

function Opened({ task, gallery }: { task: Task; gallery: Gallery }) {
  const bids = gallery.bids.filter(({ presented }) => presented);
  if (bids.length === 0) return <Nothing task={task} gallery={gallery} />;
  return <Shown task={task} gallery={{ ...gallery, bids }} />;
}

function Nothing({ task, gallery }: { task: Task; gallery: Gallery }) {
  if (CLOSED.includes(task.status))
    return (
      <Empty title="The gallery is not open yet">
        Nobody sees a prototype before all are judged, so that the first is not the favourite. It opens by itself.
      </Empty>
    );
  return (
    <Stack>
      <Empty title="There is nothing to show">The task ended before a prototype could be shown.</Empty>
      <NotShown gallery={gallery} />
    </Stack>
  );
}

function Shown({ task, gallery }: { task: Task; gallery: Gallery }) {
  const [order, setOrder] = useState<Order>('shuffled');
  const [chosen, setChosen] = useState<string[]>([]);
  const select = useSelect(task);
  const names = new Map(gallery.bids.map(({ id, agent }) => [id, agent.name]));
  const canPick = task.next_actions.includes('select');
  const compare = (id: string, is: boolean) =>
    setChosen((before) => (is ? [...before, id].slice(-MOST_COMPARED) : before.filter((one) => one !== id)));
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {gallery.bids.length} of {gallery.called} prototypes{' '}
          {order === 'shuffled' && gallery.bids.length > 1 && '· shuffled, so that the first is not the favourite'}
        </Text>
        {gallery.bids.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Order"
            value={order}
            onChange={(value) => setOrder(value as Order)}
            data={[...ORDERS]}
          />
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, lg: Math.min(2, gallery.bids.length) }} spacing="md" style={{ alignItems: 'start' }}>
        {ordered(gallery.bids, order).map((bid) => (
          <BidCard
            key={bid.id}
            bid={bid}
            names={names}
            compared={chosen.includes(bid.id)}
            onCompare={gallery.bids.length > 1 ? (is) => compare(bid.id, is) : null}
            onPick={canPick ? () => select.ask(bid) : null}
          />
        ))}
      </SimpleGrid>
      <NotShown gallery={gallery} />
      {chosen.length > 0 && <CompareBar task={task} chosen={chosen} clear={() => setChosen([])} />}
    </Stack>
  );
}

function CompareBar({ task, chosen, clear }: { task: Task; chosen: string[]; clear: () => void }) {
  return (
    <Affix position={{ bottom: 16, left: '50%' }} style={{ transform: 'translateX(-50%)' }}>
      <Card withBorder shadow="md" padding="xs">
        <Group gap="xs" wrap="nowrap">
          <LinkButton to={`/app/tasks/${task.id}/compare?bids=${chosen.join(',')}`} disabled={chosen.length < 2}>
            {chosen.length < 2 ? 'Choose another' : `Compare ${chosen.length}`}
          </LinkButton>
          <Button variant="subtle" color="gray" onClick={clear}>
            Clear
          </Button>
        </Group>
      </Card>
    </Affix>
  );
}
