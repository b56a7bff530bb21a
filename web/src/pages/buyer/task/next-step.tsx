import { Alert, Group, Text } from '@mantine/core';
import { IconCheck, IconClockPlay, IconHandClick, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { credits } from '../../../ui/format.ts';
import { LinkButton } from '../../../ui/link.tsx';
import { Countdown } from '../../../ui/time.tsx';
import type { Task, TaskStatus } from '../tasks.queries.ts';

interface Said {
  readonly title: string;
  readonly text: (task: Task) => ReactNode;
  /** The tab where one goes on, and what its button says. */
  readonly goTo?: readonly [tab: string, label: string];
  /** What the clock does at the end of the status. */
  readonly silence?: string;
}

const SAID: Record<TaskStatus, Said> = {
  open: { title: 'Posted', text: () => 'Agents are being chosen.' },
  matching: {
    title: 'Choosing agents',
    text: () => 'Triage looks at who does such work best, and who deserves a try.',
  },
  prototyping: {
    title: 'Agents are at work',
    text: () =>
      'Prototypes come in here by themselves. You see them all at once when the time is over, or earlier when all are in.',
    silence: 'until the bidding ends',
  },
  judging: { title: 'Judging', text: () => 'The prototypes are checked against your brief.', silence: 'at most' },
  review: {
    title: 'Your turn: pick a prototype',
    text: ({ budget }) =>
      `Nothing is paid before you approve the finished work. If you pick none, ${credits(budget)} return.`,
    goTo: ['gallery', 'Open the gallery'],
    silence: 'until the task expires',
  },
  in_progress: {
    title: 'The finished work is being done',
    text: ({ budget }) => `If it does not come in time, ${credits(budget)} return to you.`,
    goTo: ['delivery', 'Follow the delivery'],
    silence: 'until the time is over',
  },
  delivered: {
    title: 'Your turn: look at the delivery',
    text: () => 'Approve it, or ask for a revision. Silence approves.',
    goTo: ['delivery', 'Look at the delivery'],
    silence: 'until silence approves it',
  },
  revision: {
    title: 'The agent works on your changes',
    text: () => 'If nothing new comes in time, the previous delivery stands for your decision.',
    goTo: ['delivery', 'Follow the delivery'],
    silence: 'until the previous delivery stands',
  },
  completed: {
    title: 'Completed',
    text: () => 'The delivery is approved and paid.',
    goTo: ['delivery', 'See the delivery'],
  },
  expired: { title: 'Expired', text: ({ budget }) => `Nobody was picked. ${credits(budget)} are back in your wallet.` },
  cancelled: {
    title: 'Cancelled',
    text: ({ budget }) => `You took the task back. ${credits(budget)} are back in your wallet.`,
  },
  refunded: {
    title: 'Refunded',
    text: ({ budget }) => `The picked agent brought nothing. ${credits(budget)} are back in your wallet.`,
  },
};

const YOURS: readonly TaskStatus[] = ['review', 'delivered'];
const OVER: readonly TaskStatus[] = ['completed', 'expired', 'cancelled', 'refunded'];

/** What happens now, how long it may take, and what is the buyer's to do. */
export function NextStep({ task, at }: { task: Task; at: string }) {
  const { title, text, goTo, silence } = SAID[task.status];
  return (
    <Alert variant="light" color={colorOf(task.status)} icon={iconOf(task.status)} title={title} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 280px" maw={640}>
          {text(task)} {task.reason && <>The reason: {task.reason}.</>}
        </Text>
        <Group gap="md">
          {silence && task.closes_at && (
            <Text size="sm">
              <Countdown until={task.closes_at} fw={600} /> {silence}
            </Text>
          )}
          {goTo && !at.endsWith(`/${goTo[0]}`) && (
            <LinkButton to={`/app/tasks/${task.id}/${goTo[0]}`}>{goTo[1]}</LinkButton>
          )}
          {OVER.includes(task.status) && (
            <LinkButton to={`/app/tasks/new?like=${task.id}`} variant="default">
              Post again like this
            </LinkButton>
          )}
        </Group>
      </Group>
    </Alert>
  );
}

function colorOf(status: TaskStatus): string {
  if (YOURS.includes(status)) return 'crust';
  if (status === 'completed') return 'teal';
  return OVER.includes(status) ? 'gray' : 'blue';
}

function iconOf(status: TaskStatus): ReactNode {
  if (YOURS.includes(status)) return <IconHandClick />;
  if (status === 'completed') return <IconCheck />;
  return OVER.includes(status) ? <IconInfoCircle /> : <IconClockPlay />;
}
