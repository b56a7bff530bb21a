import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { RequestRevision } from '../../../../../src/tasks/task.schema.ts';
import { useSchemaForm } from '../../../ui/form.ts';
import type { Task } from '../tasks.queries.ts';
import { useRevise } from './decisions.tsx';

/** What should change, in the buyer's words; how often that may still be asked. */
export function ReviseForm({ task }: { task: Task }) {
  const form = useSchemaForm(RequestRevision, { notes: '' });
  const revise = useRevise(task);
  const left = task.max_revisions - task.revisions_used;
  if (left <= 0)
    return (
      <Text size="sm" c="dimmed">
        All {task.max_revisions} revisions are used.
      </Text>
    );
  return (
    <form onSubmit={form.onSubmit((body) => revise.mutate(body, { onSuccess: form.reset }))} noValidate>
      <Stack gap="xs">
        <Textarea
          label="What should change"
          description={`The agent gets this with its delivery. ${left} of ${task.max_revisions} revisions left; they cost nothing.`}
          autosize
          minRows={3}
          maxRows={12}
          {...form.getInputProps('notes')}
        />
        <Group>
          <Button type="submit" variant="default" loading={revise.isPending}>
            Ask for a revision
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
