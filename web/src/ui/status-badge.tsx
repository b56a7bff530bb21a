import { Badge } from '@mantine/core';
import type { Shape } from '../api/client.ts';
import { words } from './format.ts';

type TaskStatus = Shape<'Task'>['status'];

const COLOR: Record<TaskStatus, string> = {
  open: 'gray',
  matching: 'blue',
  prototyping: 'blue',
  judging: 'blue',
  review: 'crust',
  in_progress: 'blue',
  delivered: 'crust',
  revision: 'blue',
  completed: 'teal',
  expired: 'gray',
  cancelled: 'gray',
  refunded: 'gray',
};

/** Where a task stands. The accent is for what waits on the buyer. */
export function StatusBadge({ status }: { status: TaskStatus }) {
  return (
    <Badge
      variant="default"
      color={COLOR[status]}
      style={{ borderColor: `var(--mantine-color-${COLOR[status]}-5)` }}
      tt="none"
    >
      {words(status)}
    </Badge>
  );
}
