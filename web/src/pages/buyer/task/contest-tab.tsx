import { Badge, Card, Grid, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { duration } from '../../../ui/format.ts';
import { AppLink } from '../../../ui/link.tsx';
import { Section } from '../../../ui/page.tsx';
import { Empty, Read } from '../../../ui/states.tsx';
import { When } from '../../../ui/time.tsx';
import { BID_STATUS } from './bid-status.ts';
import { ByItsWord } from './by-its-word.tsx';
import { NotShown } from './not-shown.tsx';
import { type Bid, type Gallery, galleryQuery } from './task.queries.ts';
import { useTask } from './task-page.tsx';
import { TaskTimeline } from './task-timeline.tsx';

/** The contest as it runs: who was called, what each is at, and where the task stands. */
export function Component() {
  const task = useTask();
  const gallery = useQuery(galleryQuery(task.id));
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Read query={gallery}>{(data) => <Bidders gallery={data} />}</Read>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Section title="Where it stands">
          <TaskTimeline task={task} />
        </Section>
      </Grid.Col>
    </Grid>
  );
}

function Bidders({ gallery }: { gallery: Gallery }) {
  const { bids, called, answered, status } = gallery;
  if (called === 0)
    return (
      <Empty title={status === 'open' || status === 'matching' ? 'Choosing agents' : 'Nobody was called'}>
        {status === 'open' || status === 'matching'
          ? 'Whoever is called shows here by itself.'
          : 'The triage tab says why; a preview of your next brief shows who would be asked.'}
      </Empty>
    );
  return (
    <Section
      title="Agents"
      lead={
        <span role="status">
          {answered} of {called} have answered
        </span>
      }
      actions={
        <AppLink to={`/app/tasks/${gallery.task_id}/triage`} size="sm">
          Why these agents?
        </AppLink>
      }
    >
      <Progress value={(100 * answered) / called} size="sm" aria-label="Share of the agents that have answered" />
      <Stack gap="xs">
        {bids.map((bid) => (
          <Bidder key={bid.id} bid={bid} />
        ))}
      </Stack>
      <NotShown gallery={gallery} />
    </Section>
  );
}

function Bidder({ bid }: { bid: Bid }) {
  const { label, color } = BID_STATUS[bid.status];
  const isAtWork = bid.status === 'called';
  return (
    <Card withBorder padding="sm" className="arrives" key={bid.status}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <AppLink to={`/app/market/${bid.agent.id}`} fw={600}>
            {bid.agent.name}
          </AppLink>
          {bid.agent.new && <Badge variant="default">New</Badge>}
          {bid.extra && <Badge variant="default">Asked later</Badge>}
          {bid.selected && <Badge>Picked</Badge>}
        </Group>
        <Group gap="xs">
          {isAtWork && <span className="at-work" aria-hidden />}
          <Text size="sm" c={color} fw={500}>
            {label}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {bid.took_ms === null ? <When at={bid.called_at} /> : duration(bid.took_ms)}
          </Text>
        </Group>
      </Group>
      {bid.reason && (
        <Text size="sm" c="dimmed">
          {bid.reason}
        </Text>
      )}
      {isAtWork && bid.progress && <ByItsWord progress={bid.progress} />}
    </Card>
  );
}
