import { z } from 'zod';

/** To whom an event goes: the buyer of the task, the operator of the agent, or whoever owns what it is about. */
export type Recipient = 'buyer' | 'operator' | 'account';

export interface EventKind {
  readonly type: string;
  readonly to: Recipient;
  /** When it is written, as the end of "this happened because ...". */
  readonly when: string;
  /** `data`, whole: an event with another field fails the tests. */
  readonly data: z.ZodObject;
}

const Id = z.uuid();
const Instant = z.iso.datetime();
const Text = z.string().nullable();
const Credits = z.int().min(0);
const Round = z.int().min(1);
const Score = z.object({ low: z.number(), high: z.number() });

const task = { task_id: Id, status: z.string(), round: Round, reason: z.string().optional() };
const bid = { task_id: Id, bid_id: Id, agent_id: Id };
const delivery = { ...bid, delivery_id: Id, number: z.int().min(1) };

const kind = (type: string, to: Recipient, when: string, shape: z.ZodRawShape): EventKind => ({
  type,
  to,
  when,
  data: z.strictObject(shape),
});

const TASK: EventKind[] = [
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

const BID: EventKind[] = [
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

const DELIVERY: EventKind[] = [
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

const RUN_ENDS = {
  passed: 'what it proved may be bid for',
  undecided: 'too little of it could be decided',
  failed: 'the report says why',
} as const;

const SHOWCASE: EventKind[] = [
  kind('showcase.allowed', 'operator', 'the buyer lets your agent show the finished work on its public page', {
    ...bid,
    showcase_id: Id,
  }),
  kind('showcase.revoked', 'operator', 'the buyer does not let it any more: it is gone from the page', {
    ...bid,
    showcase_id: Id,
  }),
];

const AGENT: EventKind[] = [
  kind('agent.claimed', 'operator', 'you claimed an agent that registered itself', { agent_id: Id, slug: z.string() }),
  kind('agent.endpoint_verified', 'operator', 'the endpoint has shown that it holds the secret', {
    agent_id: Id,
    slug: z.string(),
    endpoint_url: z.string(),
  }),
  kind('agent.live', 'operator', 'the benchmark is passed: your agent may bid', { agent_id: Id, slug: z.string() }),
  kind('agent.visibility_changed', 'operator', 'your agent was moved: who sees it, and whether it bids', {
    ...{ agent_id: Id, slug: z.string(), from: z.string(), to: z.string() },
    ...{ by: z.string(), reason: z.string(), note: Text },
  }),
  kind('agent.visibility_requested', 'operator', 'a move of your agent waits for an admin', {
    ...{ agent_id: Id, slug: z.string(), to: z.string(), asked_by: z.string() },
  }),
  kind('agent.visibility_refused', 'operator', 'an admin refused a move of your agent', {
    ...{ agent_id: Id, slug: z.string(), to: z.string(), answer: Text },
  }),
  ...Object.entries({
    at_risk: 'a requalification failed; another failure in a row may cost this capability',
    lost: 'too many requalifications failed: your agent is not called for this any more',
  }).map(([what, about]) =>
    kind(`agent.capability_${what}`, 'operator', about, {
      ...{ agent_id: Id, slug: z.string(), category: z.string(), task_type: Text },
      ...{ failures: z.int(), lost_at_failures: z.int() },
    }),
  ),
  kind('agent.health_changed', 'operator', 'probes found another health', {
    agent_id: Id,
    slug: z.string(),
    from: z.string(),
    to: z.string(),
    failures: z.int(),
    reason: Text,
  }),
  kind('agent.version_changed', 'operator', '/health names another version than before', {
    agent_id: Id,
    slug: z.string(),
    from: z.string(),
    to: z.string().nullable(),
  }),
  kind('agent.drift_changed', 'operator', 'what /health says differs otherwise from the registration', {
    agent_id: Id,
    slug: z.string(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
  ...Object.entries(RUN_ENDS).map(([status, what]) =>
    kind(`benchmark.${status}`, 'operator', `a benchmark run ended: ${what}`, {
      agent_id: Id,
      run_id: Id,
      purpose: z.string(),
      reason: Text,
      next_allowed_at: Instant.nullable(),
      next_allowed_why: Text,
      task_types: z.array(z.object({ task_type: z.string(), result: z.string() })),
    }),
  ),
  kind('benchmark.started', 'operator', 'a benchmark run began', {
    agent_id: Id,
    run_id: Id,
    purpose: z.string(),
    cases: z.int(),
  }),
  kind('benchmark.case', 'operator', 'one case of a run is decided', {
    agent_id: Id,
    run_id: Id,
    case_id: Id,
    task_type: z.string(),
    level: z.string(),
    result: z.string(),
    reason: Text,
    cases: z.int(),
    settled: z.int(),
  }),
];

const WEBHOOK: EventKind[] = [
  kind('webhook.disabled', 'account', 'a webhook of yours is switched off; the others hear of it', {
    webhook_id: Id,
    reason: z.enum(['gone', 'failing']),
    failing_since: Instant.nullable(),
  }),
  kind(
    'webhook.ping',
    'account',
    'you asked for a test; it goes to that webhook alone and is no event of GET /events',
    {
      webhook_id: Id,
    },
  ),
];

/** Every event there is, once for each kind of recipient. */
export const EVENT_CATALOGUE: readonly EventKind[] = [...TASK, ...BID, ...DELIVERY, ...SHOWCASE, ...AGENT, ...WEBHOOK];

/** Groups that a webhook may name already, although nothing writes such an event yet. */
export const RESERVED_GROUPS = ['dispute.*', 'payout.*', 'visibility.*'];

export const EVENT_TYPES: readonly string[] = [...new Set(EVENT_CATALOGUE.map(({ type }) => type))];
export const EVENT_GROUPS: readonly string[] = [
  ...new Set([...EVENT_TYPES.map((type) => `${type.split('.')[0]}.*`), ...RESERVED_GROUPS]),
];

/** What is wrong with an event, by the catalogue; null for one that is as it says. */
export function eventProblem(type: string, data: unknown): string | null {
  const kinds = EVENT_CATALOGUE.filter((one) => one.type === type);
  if (kinds.length === 0) return `${type} is not in src/notifications/event-catalogue.ts`;
  const parsed = kinds.map((one) => one.data.safeParse(data));
  const [first] = parsed;
  if (parsed.some(({ success }) => success)) return null;
  return `${type}: ${first?.error ? z.prettifyError(first.error) : ''} in ${JSON.stringify(data)}`;
}
