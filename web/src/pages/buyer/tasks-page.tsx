import { Card, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { credits } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link.tsx';
import { Page } from '../../ui/page.tsx';
import { PagesOf } from '../../ui/pages-of.tsx';
import { Empty } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { When } from '../../ui/time.tsx';
import { type Task, taskListQuery } from './tasks.queries.ts';

/** All tasks of the account, newest first. */
export function Component() {
  const tasks = useInfiniteQuery(taskListQuery(null));
  const post = <LinkButton to="/app/tasks/new">New task</LinkButton>;
  return (
    <Page title="Tasks" lead="What you asked for, and where it stands." actions={post}>
      <PagesOf
        query={tasks}
        empty={
          <Empty title="No tasks yet" action={post}>
            Write a brief, see who would be asked, and compare what they send back. Nothing is paid before you approve.
          </Empty>
        }
      >
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

function TaskRow({ task }: { task: Task }) {
  return (
    <Card component={Link} to={`/app/tasks/${task.id}`} withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} lineClamp={2}>
          {task.title}
        </Text>
        <StatusBadge status={task.status} />
      </Group>
      <Text size="sm" c="dimmed">
        {credits(task.budget)} · <When at={task.created_at} />
      </Text>
    </Card>
  );
}
