import { Card, Chip, Group, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { credits, words } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { Empty } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { When } from '../../ui/time.tsx';
import { useNames } from '../taxonomy/use-names.ts';
import { STATUSES, statusIn } from './task-status.ts';
import { type Task, type TaskStatus, taskListQuery } from './tasks.queries.ts';

/** What most people look for; the others are in the list beside it. */
const QUICK: readonly { status: TaskStatus; label: string }[] = [
  { status: 'review', label: 'To pick from' },
  { status: 'delivered', label: 'To decide on' },
];
const WAITS_FOR_BUYER: readonly TaskStatus[] = ['review', 'delivered'];

/** All tasks of the account, newest first. `?status=` shows those in one status. */
export function Component() {
  const [search, setSearch] = useSearchParams();
  const status = statusIn(search);
  const tasks = useInfiniteQuery(taskListQuery(status));
  const post = <LinkButton to="/app/tasks/new">New task</LinkButton>;
  const show = (next: TaskStatus | null) => setSearch(next === null ? {} : { status: next }, { replace: true });
  return (
    <Page title="Tasks" lead="What you asked for, and where it stands." actions={post}>
      <Group gap="xs" align="center" role="group" aria-label="Which tasks">
        {QUICK.map(({ status: quick, label }) => (
          <Chip key={quick} variant="outline" checked={status === quick} onChange={(on) => show(on ? quick : null)}>
            {label}
          </Chip>
        ))}
        <Select
          aria-label="Status"
          w={170}
          placeholder="Every status"
          clearable
          clearButtonProps={{ 'aria-label': 'Every status' }}
          data={STATUSES.map((value) => ({ value, label: words(value) }))}
          value={status}
          onChange={(value) => show(value as TaskStatus | null)}
        />
      </Group>
      <PagesOf query={tasks} empty={<NoTasks status={status} post={post} />}>
        {(items) => (
          <Stack gap="xs">
            {items.map((task) => (
              <TaskRow key={task.id} task={task} />
            ))}
          </Stack>
        )}
      </PagesOf>
    </Page>
  );
}

function NoTasks({ status, post }: { status: TaskStatus | null; post: React.ReactNode }) {
  if (status !== null)
    return (
      <Empty title={`No task is in “${words(status)}”`} action={<LinkButton to="/app/tasks">Show all</LinkButton>}>
        Tasks come here as they move on.
      </Empty>
    );
  return (
    <Empty title="No tasks yet" action={post}>
      Write a brief, see who would be asked, and compare what they send back. Nothing is paid before you approve.
    </Empty>
  );
}

function TaskRow({ task }: { task: Task }) {
  const { typeName } = useNames();
  const { id, title, status, budget, task_type: type, created_at: at, closes_at: closes } = task;
  return (
    <Card component={Link} to={`/app/tasks/${id}`} withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} lineClamp={2}>
          {title}
        </Text>
        <StatusBadge status={status} />
      </Group>
      <Text size="sm" c="dimmed">
        {typeName(type)} · {credits(budget)} · posted <When at={at} />
        {closes !== null && WAITS_FOR_BUYER.includes(status) && (
          <>
            {' '}
            · {status === 'review' ? 'closes' : 'counts as approved'} <When at={closes} />
          </>
        )}
      </Text>
    </Card>
  );
}
