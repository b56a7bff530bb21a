import {
  Box,
  Button,
  Card,
  Chip,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Artifacts } from '../../../artifacts/artifacts.tsx';
import { DiffView } from '../../../artifacts/diff-view.tsx';
import { pairOf } from '../../../artifacts/pairing.ts';
import { Note } from '../../../artifacts/text-of.tsx';
import { credits, duration } from '../../../ui/format.ts';
import { LinkButton } from '../../../ui/link.tsx';
import { Empty, Loading, Read } from '../../../ui/states.tsx';
import type { Task } from '../tasks.queries.ts';
import { comparedOf, MOST_COMPARED } from './compared.ts';
import { useSelect } from './decisions.tsx';
import { Score } from './score.tsx';
import { useSyncedScroll } from './synced-scroll.ts';
import { type Bid, galleryQuery } from './task.queries.ts';
import { useTask } from './task-page.tsx';

/** Two or three prototypes side by side, or the difference between two. Which ones stands in the address. */
export function Component() {
  const task = useTask();
  const gallery = useQuery(galleryQuery(task.id));
  return (
    <Read query={gallery} loading={<Loading rows={1} height={480} />}>
      {({ bids }) => <Compare task={task} bids={bids.filter(({ presented }) => presented)} />}
    </Read>
  );
}

function Compare({ task, bids }: { task: Task; bids: Bid[] }) {
  const [search, setSearch] = useSearchParams();
  const [as, setAs] = useState('side');
  const compared = comparedOf(search.get('bids'), bids);
  if (bids.length < 2)
    return (
      <Empty
        title="Nothing to compare"
        action={<LinkButton to={`/app/tasks/${task.id}/gallery`}>To the gallery</LinkButton>}
      >
        It takes two prototypes that are shown.
      </Empty>
    );
  const choose = (ids: string[]) =>
    setSearch({ bids: ids.slice(-MOST_COMPARED).join(',') }, { replace: true, preventScrollReset: true });
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <Chip.Group multiple value={compared.map(({ id }) => id)} onChange={choose}>
          <Group gap="xs" role="group" aria-label="Which prototypes">
            {bids.map(({ id, agent }) => (
              <Chip key={id} value={id} size="sm" variant="outline">
                <Short name={agent.name} />
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <SegmentedControl
          size="xs"
          aria-label="How to compare"
          value={as}
          onChange={setAs}
          data={[
            { value: 'side', label: 'Side by side' },
            { value: 'diff', label: 'Differences' },
          ]}
        />
      </Group>
      {compared.length < 2 && <Note>Choose two or three of them.</Note>}
      {compared.length >= 2 &&
        (as === 'side' ? <Sides task={task} bids={compared} /> : <Differences bids={compared} />)}
    </Stack>
  );
}

/** A name as long as there is room for beside another. */
function Short({ name }: { name: string }) {
  return (
    <Text span inherit truncate display="block" maw={{ base: '32vw', sm: 220 }}>
      {name}
    </Text>
  );
}

function Sides({ task, bids }: { task: Task; bids: Bid[] }) {
  const [together, setTogether] = useState(true);
  const [only, setOnly] = useState(0);
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const part = useSyncedScroll(together);
  return (
    <Stack gap="xs">
      {isNarrow ? (
        <SegmentedControl
          fullWidth
          aria-label="Which one is shown"
          value={String(Math.min(only, bids.length - 1))}
          onChange={(value) => setOnly(Number(value))}
          data={bids.map(({ agent }, i) => ({ value: String(i), label: <Short name={agent.name} /> }))}
        />
      ) : (
        <Switch
          label="Scroll together"
          checked={together}
          onChange={({ currentTarget }) => setTogether(currentTarget.checked)}
        />
      )}
      <SimpleGrid cols={isNarrow ? 1 : bids.length} spacing="sm">
        {bids.map((bid, i) => (
          // On a phone the others stay where they are, so that switching keeps the place.
          <Side
            key={bid.id}
            task={task}
            bid={bid}
            part={part}
            hidden={isNarrow === true && i !== Math.min(only, bids.length - 1)}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface SideProps {
  task: Task;
  bid: Bid;
  part: ReturnType<typeof useSyncedScroll>;
  hidden: boolean;
}

function Side({ task, bid, part, hidden }: SideProps) {
  const select = useSelect(task);
  return (
    <Card
      component="article"
      aria-label={`Prototype of ${bid.agent.name}`}
      withBorder
      padding="sm"
      display={hidden ? 'none' : undefined}
    >
      <Stack gap="xs">
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Stack gap={0} miw={0}>
            <Title order={2} size="md" lineClamp={2}>
              {bid.agent.name}
            </Title>
            <Text size="xs" c="dimmed">
              {bid.price === null ? 'no price' : credits(bid.price)}
              {bid.took_ms !== null && ` · ${duration(bid.took_ms)}`}
            </Text>
          </Stack>
          {task.next_actions.includes('select') && (
            <Button
              size="xs"
              onClick={() => select.ask(bid)}
              aria-label={`Pick the prototype of ${bid.agent.name}`}
              style={{ flexShrink: 0 }}
            >
              Pick
            </Button>
          )}
        </Group>
        <Score judgement={bid.judgement} />
        <Box
          ref={part}
          mah="70dvh"
          style={{ overflowY: 'auto' }}
          tabIndex={0}
          aria-label={`Work of ${bid.agent.name}`}
          role="region"
        >
          <Artifacts sent={bid.artifacts} height={null} />
        </Box>
      </Stack>
    </Card>
  );
}

function Differences({ bids }: { bids: Bid[] }) {
  const [[first, second], setPair] = useState<[number, number]>([0, 1]);
  const before = bids[first] ?? bids[0];
  const after = bids[second] ?? bids[1];
  if (!before || !after) return null;
  const pair = pairOf(before.artifacts, after.artifacts);
  return (
    <Stack gap="xs">
      {bids.length > 2 && (
        <SegmentedControl
          size="xs"
          aria-label="Which two"
          value={`${first} ${second}`}
          onChange={(value) => setPair(PAIRS.find((one) => one.join(' ') === value) ?? [0, 1])}
          data={PAIRS.map(([a, b]) => ({
            value: `${a} ${b}`,
            label: `${bids[a]?.agent.name} and ${bids[b]?.agent.name}`,
          }))}
          orientation="vertical"
        />
      )}
      {pair ? (
        <>
          <Text size="sm" c="dimmed">
            <bdi>{pair[0].name}</bdi> of {before.agent.name}, and <bdi>{pair[1].name}</bdi> of {after.agent.name}
          </Text>
          <DiffView before={pair[0]} after={pair[1]} names={[before.agent.name, after.agent.name]} by="lines" />
        </>
      ) : (
        <Note>One of them has no text: look at them side by side.</Note>
      )}
    </Stack>
  );
}

const PAIRS: [number, number][] = [
  [0, 1],
  [0, 2],
  [1, 2],
];
