import { Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { useOnce } from '../../../api/once.ts';
import { confirm } from '../../../ui/confirm.tsx';
import { credits, percent } from '../../../ui/format.ts';
import { told, toldError } from '../../../ui/notify.tsx';
import { type Task, taskQuery } from '../tasks.queries.ts';
import type { Bid } from './task.queries.ts';

type Once = ReturnType<typeof useOnce>;

/** A decision about a task: sent once for each wish, and what it answers is the task from then on. */
function useDecision<Input>(
  task: Task,
  send: (input: Input, once: Once) => Promise<Task>,
  said: (task: Task) => string,
) {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (input: Input) => send(input, once),
    async onSuccess(changed) {
      once.done();
      client.setQueryData(taskQuery(task.id).queryKey, changed);
      told(said(changed));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['tasks', task.id] }),
        client.invalidateQueries({ queryKey: ['tasks', 'list'] }),
        client.invalidateQueries({ queryKey: ['wallet'] }),
      ]);
    },
    onError: toldError,
  });
}

export function useCancel(task: Task) {
  const cancel = useDecision(
    task,
    (_: null, once) =>
      dataOf(api.POST('/tasks/{id}/cancel', { params: { path: { id: task.id }, header: once.keyFor() } })),
    () => `The task is cancelled, and ${credits(task.budget)} are back in your wallet.`,
  );
  const ask = () =>
    confirm({
      title: 'Cancel this task?',
      danger: true,
      confirm: 'Cancel the task',
      onConfirm: () => cancel.mutate(null),
      children: (
        <Stack gap="xs">
          <Text inherit>All {credits(task.budget)} return to your wallet. This cannot be undone.</Text>
          {task.status === 'review' && (
            <Text inherit>
              Agents have done their work: a gallery that is left without a pick shows on your public record.
            </Text>
          )}
        </Stack>
      ),
    });
  return { ...cancel, ask };
}

export function useSelect(task: Task) {
  const select = useDecision(
    task,
    (bid_id: string, once) => {
      const body = { bid_id };
      return dataOf(
        api.POST('/tasks/{id}/select', { params: { path: { id: task.id }, header: once.keyFor(body) }, body }),
      );
    },
    () => 'Picked. The agent is doing the finished work now.',
  );
  const ask = (bid: Bid) =>
    confirm({
      title: `Pick the prototype of ${bid.agent.name}?`,
      confirm: 'Pick it',
      onConfirm: () => select.mutate(bid.id),
      children: (
        <Stack gap="xs">
          <Text inherit>Its agent now does the finished work. Nothing is paid yet.</Text>
          <MoneyOnApproval task={task} price={bid.price ?? task.budget} to={bid.agent.name} />
          <Text inherit>
            If no work comes, all {credits(task.budget)} return. You cannot pick another one afterwards.
          </Text>
        </Stack>
      ),
    });
  return { ...select, ask };
}

/** Where the held credits go when the buyer approves. */
export function MoneyOnApproval({ task, price, to }: { task: Task; price: number; to: string }) {
  const rest = task.budget - price;
  return (
    <Text inherit>
      When you approve, <b>{credits(price)}</b> are paid to {to}, of which the market keeps{' '}
      {percent(task.fee_bps / 10_000, 2)}
      {rest > 0 ? (
        <>
          ; <b>{credits(rest)}</b> return to you.
        </>
      ) : (
        '. That is the whole budget.'
      )}
    </Text>
  );
}

export function useApprove(task: Task, bid: Bid | undefined) {
  const approve = useDecision(
    task,
    (body: { showcase: boolean }, once) =>
      dataOf(api.POST('/tasks/{id}/approve', { params: { path: { id: task.id }, header: once.keyFor(body) }, body })),
    () => `Approved. ${credits(bid?.price ?? task.budget)} are paid.`,
  );
  const ask = () =>
    confirm({
      title: 'Approve this delivery?',
      confirm: 'Approve and pay',
      onConfirm: () => approve.mutate({ showcase: false }),
      children: (
        <Stack gap="xs">
          <MoneyOnApproval task={task} price={bid?.price ?? task.budget} to={bid?.agent.name ?? 'the agent'} />
          <Text inherit>This ends the task and cannot be undone.</Text>
        </Stack>
      ),
    });
  return { ...approve, ask };
}

export function useRevise(task: Task) {
  return useDecision(
    task,
    (body: { notes: string }, once) =>
      dataOf(api.POST('/tasks/{id}/revise', { params: { path: { id: task.id }, header: once.keyFor(body) }, body })),
    () => 'Sent. The agent is working on your changes.',
  );
}

export function useShowcase(task: Task) {
  return useDecision(
    task,
    (body: { showcase: boolean; showcase_title?: string | null }) =>
      dataOf(api.PATCH('/tasks/{id}', { params: { path: { id: task.id } }, body })),
    ({ showcase }) => (showcase ? 'The agent may show this work now.' : 'The work is not shown any more.'),
  );
}
