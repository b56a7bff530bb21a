import { Button, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { dateTime } from '../../../ui/format.ts';
import type { Task } from '../tasks.queries.ts';
import { MoneyOnApproval, useApprove } from './decisions.tsx';
import { ReviseForm } from './revise-form.tsx';
import type { Bid } from './task.queries.ts';

/** The buyer's decision about a delivery: pay it, or say what should change. */
export function Decide({ task, picked }: { task: Task; picked: Bid | undefined }) {
  const approve = useApprove(task, picked);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" component="section" aria-label="Your decision">
      <Card withBorder padding="md">
        <Stack gap="xs" align="flex-start" h="100%">
          <Title order={2} size="h4">
            Approve
          </Title>
          <Text size="sm" component="div">
            <MoneyOnApproval task={task} price={picked?.price ?? task.budget} to={picked?.agent.name ?? 'the agent'} />
          </Text>
          {task.closes_at && (
            <Text size="sm" c="dimmed">
              If you say nothing, this happens by itself on {dateTime(task.closes_at)}.
            </Text>
          )}
          <Button mt="auto" loading={approve.isPending} onClick={approve.ask}>
            Approve and pay
          </Button>
        </Stack>
      </Card>
      <Card withBorder padding="md">
        <Stack gap="xs">
          <Title order={2} size="h4">
            Ask for a revision
          </Title>
          <ReviseForm task={task} />
        </Stack>
      </Card>
    </SimpleGrid>
  );
}
