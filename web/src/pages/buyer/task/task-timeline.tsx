import { Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { When } from '../../../ui/time.tsx';
import type { Task } from '../tasks.queries.ts';
import { stagesOf } from './stages.ts';
import { momentsQuery } from './task.queries.ts';

/** The life of the task: what was, what is, and what comes if all goes well. */
export function TaskTimeline({ task }: { task: Task }) {
  const moments = useQuery(momentsQuery(task.id)).data ?? [];
  const { stages, current } = stagesOf(task, moments);
  return (
    <Timeline active={current} bulletSize={14} lineWidth={2} className="stages">
      {stages.map(({ title, at }, i) => (
        <Timeline.Item key={title} title={title} aria-current={i === current ? 'step' : undefined}>
          {at && (
            <Text size="xs" c="dimmed">
              <When at={at} />
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
