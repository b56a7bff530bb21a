import { z } from 'zod';
import { bid, Credits, delivery, type EventKind, Id, Instant, kind, Round, Score, Text, task } from './event-kind.js';

export const TASK: readonly EventKind[] = [
  kind('task.open', 'buyer', 'the task is posted and its budget is held', {
    task_id: Id,
    status: z.string(),
    title: z.string(),
    budget: Credits,
  }),
  kind('task.matching', 'buyer', 'triage looks for agents', task),
  kind('task.prototyping', 'buyer', 'agents are called', {
    ...task,
    deadline_at: Instant,
    called: z.array(z.object({ bid_id: Id, agent_id: Id, agent_name: z.string() })),
  }),
  kind('task.judging', 'buyer', 'the round is closed, and bids are judged', {
    ...task,
    closed_by: z.enum(['all_answered', 'enough', 'deadline']),
  }),
  kind('task.review', 'buyer', 'the gallery is open: pick one', { ...task, presented: z.int().min(1) }),
  kind('task.in_progress', 'buyer', 'a bid is picked, and its agent is called for the finished work', {
    ...task,
    bid_id: Id,
  }),
  kind(
    'task.delivered',
    'buyer',
    'a delivery waits for your decision; with `reason` it is the previous one that stands',
    {
      ...task,
      delivery_id: Id.optional(),
      number: z.int().min(1).optional(),
    },
  ),
  kind('task.revision', 'buyer', 'you asked for changes, and the agent is called again', {
    ...task,
    number: z.int().min(1),
  }),
  kind('task.completed', 'buyer', 'the delivery is approved, by you or by silence', task),
  kind('task.settled', 'buyer', 'the money has moved: what was paid and what returned', {
    ...bid,
    price: Credits,
    returned: Credits,
  }),
  kind('task.expired', 'buyer', 'the task ended without a pick, and the budget is back', task),
  kind('task.cancelled', 'buyer', 'you took the task back, and the budget is back', task),
  kind('task.refunded', 'buyer', 'the picked agent brought nothing, and the budget is back', task),
  kind('task.reminder', 'buyer', 'a window is closing; `then` is what silence does', {
    task_id: Id,
    status: z.string(),
    closes_at: Instant,
    then: z.string(),
  }),
];

const BID_ENDS = {
  received: 'its prototype is in',
  invalid: 'its answer could not be taken',
  declined: 'it declined',
  failed: 'its call failed',
  late: 'it did not answer in time',
  not_called: 'our side did not call it in time; that is not on its record',
  cancelled: 'it was not needed any more; that costs it nothing',
} as const;

export const BID: readonly EventKind[] = [
  ...Object.entries(BID_ENDS).map(([status, what]) =>
    kind(`bid.${status}`, 'buyer', `of an agent that was called: ${what}`, {
      ...bid,
      agent_name: z.string(),
      status: z.string(),
      round: Round,
      took_ms: z.int().nullable(),
    }),
  ),
  kind('bid.progress', 'buyer', 'an agent that answers later says what it is at; `message` is its own plain text', {
    ...bid,
    agent_name: z.string(),
    round: Round,
    message: z.string(),
    percent: z.number().min(0).max(100).nullable(),
  }),
  kind('bid.extra', 'buyer', 'one more agent was asked, since another seems to be late', {
    ...bid,
    agent_name: z.string(),
    round: Round,
    late_agent_id: Id,
  }),
  kind('bid.called', 'operator', 'your agent is called for a prototype', {
    ...bid,
    deadline_at: Instant,
    extra: z.boolean(),
  }),
  ...Object.entries(BID_ENDS).map(([status, what]) =>
    kind(`bid.${status}`, 'operator', `of your agent: ${what}; \`reason\` says why`, {
      ...bid,
      status: z.string(),
      round: Round,
      reason: Text,
      price: Credits.nullable(),
      took_ms: z.int().nullable(),
    }),
  ),
  kind('bid.released', 'operator', 'your agent need not answer any more; that costs it nothing', {
    ...bid,
    round: Round,
    reason: Text,
  }),
  kind('bid.judged', 'operator', 'your bid is judged: its score, its rank, and whether the buyer sees it', {
    ...bid,
    score: Score,
    rank: z.int().nullable(),
    presented: z.boolean(),
    not_presented: z.object({ reason: z.string(), message: z.string() }).optional(),
  }),
  kind('bid.selected', 'operator', 'the buyer picked your bid', { ...bid, price: Credits }),
  kind('bid.not_selected', 'operator', 'your bid was shown, and not picked', {
    ...bid,
    round: Round,
    reason: z.enum(['another_selected', 'cancelled', 'expired']),
  }),
  kind('bid.settled', 'operator', 'you are paid: the price less the fee', {
    ...bid,
    price: Credits,
    fee_bps: z.int().min(0).max(10_000),
  }),
];

export const DELIVERY: readonly EventKind[] = [
  kind('delivery.requested', 'operator', 'your agent is called for the finished work', {
    ...delivery,
    deadline_at: Instant,
  }),
  kind('revision.requested', 'operator', 'your agent is called for a revision', { ...delivery, deadline_at: Instant }),
  kind('delivery.progress', 'buyer', 'the agent that you picked says what it is at; `message` is its own plain text', {
    ...delivery,
    message: z.string(),
    percent: z.number().min(0).max(100).nullable(),
  }),
  kind('delivery.received', 'operator', 'the finished work is in, and the buyer decides', {
    ...delivery,
    reason: Text,
  }),
  kind('delivery.failed', 'operator', 'no work came; `reason` says why', { ...delivery, reason: Text }),
  ...(['buyer', 'operator'] as const).map((to) =>
    kind('delivery.judged', to, 'the finished work is judged, as its prototype was', { ...delivery, score: Score }),
  ),
  kind('delivery.tested', 'buyer', 'your tests ran on a delivery', {
    task_id: Id,
    delivery_id: Id,
    number: z.int().min(1),
    verdict: z.string(),
    passed: z.int(),
    failed: z.int(),
  }),
];
