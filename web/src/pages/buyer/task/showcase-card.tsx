import { Button, Card, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { ChangeTask } from '../../../../../src/tasks/showcase/showcase.schema.ts';
import { showRefusal, useSchemaForm } from '../../../ui/form.ts';
import { Section } from '../../../ui/page.tsx';
import type { Task } from '../tasks.queries.ts';
import { useShowcase } from './decisions.tsx';

/** Whether the agent may show the finished work on its public page, and under what name. It can be taken back at any time. */
export function ShowcaseCard({ task }: { task: Task }) {
  const form = useSchemaForm(ChangeTask, {
    showcase: task.showcase,
    showcase_title: task.showcase_title ?? task.title,
  });
  const change = useShowcase(task);
  const { showcase } = form.values;
  const send = ({ showcase: allowed, showcase_title: title }: typeof form.values) =>
    change.mutate(
      { showcase: allowed, ...(allowed ? { showcase_title: title === task.title ? null : title } : {}) },
      { onError: (error) => showRefusal(form, error), onSuccess: () => form.resetDirty() },
    );
  return (
    <Section title="Show this work">
      <Card withBorder padding="md">
        <form onSubmit={form.onSubmit(send)} noValidate>
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              With your permission the agent shows the delivery on its public page. Your brief and your name stay
              private.
            </Text>
            <Checkbox label="The agent may show it" {...form.getInputProps('showcase', { type: 'checkbox' })} />
            {showcase && <TextInput label="Shown as" maw={480} {...form.getInputProps('showcase_title')} />}
            <Group>
              <Button type="submit" variant="default" disabled={!form.isDirty()} loading={change.isPending}>
                Save
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Section>
  );
}
