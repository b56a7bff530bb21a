import { Box, Button, Group, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate, useOutletContext, useParams } from 'react-router';
import { credits, words } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Read } from '../../../ui/states.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { When } from '../../../ui/time.tsx';
import { type Task, taskQuery } from '../tasks.queries.ts';
import { useCancel } from './decisions.tsx';
import { NextStep } from './next-step.tsx';

const TABS = ['contest', 'gallery', 'compare', 'delivery', 'triage', 'brief'] as const;
type Tab = (typeof TABS)[number];

/** One task, from its posting to its end: what is to be done now, and a tab for each part of it. */
export function Component() {
  const { id = '' } = useParams();
  const task = useQuery(taskQuery(id));
  return <Read query={task}>{(data) => <TaskPage task={data} />}</Read>;
}

/** The task whose tab is shown. */
export function useTask(): Task {
  return useOutletContext<Task>();
}

function TaskPage({ task }: { task: Task }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const cancel = useCancel(task);
  const shown = TABS.find((tab) => pathname.endsWith(`/${tab}`)) ?? 'contest';
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
        <NextStep task={task} at={shown} />
        <Tabs value={shown} onChange={(tab) => void navigate(pathOf(task.id, tab as Tab))} keepMounted={false}>
          <Box style={{ overflowX: 'auto' }}>
            <Tabs.List style={{ flexWrap: 'nowrap' }}>
              {TABS.map((tab) => (
                <Tabs.Tab key={tab} value={tab}>
                  {words(tab)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Box>
          {TABS.map((tab) => (
            <Tabs.Panel key={tab} value={tab} pt="md">
              {tab === shown && <Outlet context={task} />}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </Page>
  );
}

export function pathOf(taskId: string, tab: Tab): string {
  return tab === 'contest' ? `/app/tasks/${taskId}` : `/app/tasks/${taskId}/${tab}`;
}
