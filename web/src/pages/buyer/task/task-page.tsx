import './task.css';
import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useOutletContext, useParams } from 'react-router';
import { credits, words } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { PathTabs } from '../../../ui/path-tabs.tsx';
import { ReadPage } from '../../../ui/read-page.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { When } from '../../../ui/time.tsx';
import { type Task, taskQuery } from '../tasks.queries.ts';
import { useCancel } from './decisions.tsx';
import { NextStep } from './next-step.tsx';

const TABS = [
  { label: 'Contest', to: '' },
  { label: 'Gallery', to: 'gallery' },
  { label: 'Compare', to: 'compare' },
  { label: 'Delivery', to: 'delivery' },
  { label: 'Triage', to: 'triage' },
  { label: 'Brief', to: 'brief' },
] as const;

/** One task, from its posting to its end: what is to be done now, and a tab for each part of it. */
export function Component() {
  const { id = '' } = useParams();
  const task = useQuery(taskQuery(id));
  return (
    <ReadPage query={task} title="Task">
      {(data) => <TaskPage task={data} />}
    </ReadPage>
  );
}

/** The task whose tab is shown. */
export function useTask(): Task {
  return useOutletContext<Task>();
}

function TaskPage({ task }: { task: Task }) {
  const { pathname } = useLocation();
  const cancel = useCancel(task);
  return (
    <Page
      title={task.title}
      lead={
        <Group gap="xs" mt={4}>
          <StatusBadge status={task.status} />
          <span>
            {words(task.task_type.replaceAll('-', ' '))} · {credits(task.budget)} · posted <When at={task.created_at} />
          </span>
        </Group>
      }
      actions={
        task.next_actions.includes('cancel') && (
          <Button variant="default" loading={cancel.isPending} onClick={cancel.ask}>
            Cancel task
          </Button>
        )
      }
    >
      <Stack gap="md">
        <NextStep task={task} at={pathname} />
        <PathTabs label="Parts of the task" tabs={TABS} />
        <Outlet context={task} />
      </Stack>
    </Page>
  );
}
