import { Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useInterval, useReducedMotion } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { credits, day } from '../../ui/format.ts';
import type { RecordedBid, Recording } from './recording.ts';
import { SCENES_MS, type Scene, sceneAt, stageWords } from './scene.ts';
import { ScoreRange } from './score-range.tsx';

const TICK_MS = 100;

/** A contest as it was recorded, played on: who was called, what came, how it was judged, who was picked. */
export function Contest({ recording }: { recording: Recording }) {
  const { scene, replay, isOver } = usePlay();
  const { title, budget, bids, on, paid } = recording;
  return (
    <Card withBorder padding="lg" component="figure" m={0} radius="lg">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <div>
            <Text fw={600}>{title}</Text>
            <Text size="sm" c="dimmed">
              Budget {credits(budget)}, held
            </Text>
          </div>
          <Badge variant="default" tt="none" style={{ flexShrink: 0 }}>
            {stageWords(scene, bids.length)}
          </Badge>
        </Group>
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {bids.map((bid, place) => (
            <Bid key={bid.agent} bid={bid} scene={scene} place={place} />
          ))}
        </Stack>
        <Group justify="space-between" gap="xs" component="figcaption">
          <Text size="xs" c="dimmed" flex={1} miw={180}>
            A recording of {day(on)}, from the demo that comes with Bakeoff; played at another pace.
            {isOver && ` The buyer paid ${credits(paid)}, the rest returned.`}
          </Text>
          <Button size="compact-xs" variant="default" onClick={replay} disabled={!isOver}>
            Play again
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

/** Who asked for less motion sees the end at once. */
function usePlay(): { scene: Scene; replay: () => void; isOver: boolean } {
  const isStill = useReducedMotion();
  const [ms, setMs] = useState(0);
  const clock = useInterval(() => setMs((now) => now + TICK_MS), TICK_MS);
  const at = isStill ? SCENES_MS : ms;
  const isOver = at >= SCENES_MS;
  useEffect(() => {
    if (isOver) clock.stop();
    else clock.start();
    return clock.stop;
  }, [isOver, clock.start, clock.stop]);
  return { scene: sceneAt(at), replay: () => setMs(0), isOver };
}

function Bid({ bid, scene, place }: { bid: RecordedBid; scene: Scene; place: number }) {
  const { agent, price, score, svg, picked, summary } = bid;
  const isHere = place < scene.arrived;
  return (
    <li className="contest-bid" data-picked={picked && scene.picked}>
      <div className="contest-work">
        {isHere && <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={`The logo by ${agent}`} />}
      </div>
      <Stack gap={4} miw={0}>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm" fw={600} truncate>
            {agent}
          </Text>
          <Text size="xs" className="tabular" style={{ whiteSpace: 'nowrap' }}>
            {picked && scene.picked ? 'Picked' : isHere ? credits(price) : 'Working'}
          </Text>
        </Group>
        {isHere && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {summary}
          </Text>
        )}
        {scene.judged && <ScoreRange low={Math.round(score.low)} high={Math.round(score.high)} />}
      </Stack>
    </li>
  );
}
