import { WrongStatus } from './tasks.errors.js';

/**
 * What the clock does to a task that stays in a status: after `within` (a setting, in s) it sends `then`. With reminders the
 * buyer is told beforehand. A status without a clock is an end.
 */
export const STATUSES = {
  open: { within: 'MATCH_LIMIT_S', then: 'expire' },
  matching: { within: 'MATCH_LIMIT_S', then: 'expire' },
  prototyping: { within: 'PROTOTYPE_WINDOW_S', then: 'close' },
  judging: { within: 'JUDGING_LIMIT_S', then: 'expire' },
  review: { within: 'REVIEW_WINDOW_S', then: 'expire', reminders: true },
  in_progress: { within: 'DELIVERY_WINDOW_S', then: 'fail' },
  delivered: { within: 'APPROVAL_WINDOW_S', then: 'accept_silently', reminders: true },
  revision: { within: 'DELIVERY_WINDOW_S', then: 'stand' },
  completed: null,
  expired: null,
  cancelled: null,
  refunded: null,
} as const satisfies Record<string, Clockwork | null>;

interface Clockwork {
  readonly within: string;
  readonly then: string;
  readonly reminders?: true;
}

export type TaskStatus = keyof typeof STATUSES;
export type Party = 'buyer' | 'system';

interface Step {
  readonly from: readonly TaskStatus[];
  readonly to: TaskStatus;
  readonly by: Party;
  /** What happens to the escrow; nothing where it is absent. */
  readonly money?: 'settle' | 'refund';
  /** The queue that goes on with the task. */
  readonly enqueue?: 'triage' | 'judge' | 'deliver';
}

const BEFORE_WORK = ['open', 'matching', 'prototyping', 'judging', 'review'] as const;

/** The whole life of a task. Nothing else sets `task.status`. */
export const LIFECYCLE = {
  match: { from: ['open'], to: 'matching', by: 'system' },
  invite: { from: ['matching'], to: 'prototyping', by: 'system' },
  close: { from: ['prototyping'], to: 'judging', by: 'system', enqueue: 'judge' },
  present: { from: ['judging'], to: 'review', by: 'system' },
  expire: { from: BEFORE_WORK, to: 'expired', by: 'system', money: 'refund' },
  cancel: { from: BEFORE_WORK, to: 'cancelled', by: 'buyer', money: 'refund' },
  select: { from: ['review'], to: 'in_progress', by: 'buyer', enqueue: 'deliver' },
  deliver: { from: ['in_progress', 'revision'], to: 'delivered', by: 'system' },
  fail: { from: ['in_progress'], to: 'refunded', by: 'system', money: 'refund' },
  revise: { from: ['delivered'], to: 'revision', by: 'buyer', enqueue: 'deliver' },
  stand: { from: ['revision'], to: 'delivered', by: 'system' },
  approve: { from: ['delivered'], to: 'completed', by: 'buyer', money: 'settle' },
  accept_silently: { from: ['delivered'], to: 'completed', by: 'system', money: 'settle' },
} as const satisfies Record<string, Step>;

export type TaskEvent = keyof typeof LIFECYCLE;

const STEPS: Readonly<Record<TaskEvent, Step>> = LIFECYCLE;
const EVENTS = Object.keys(LIFECYCLE) as TaskEvent[];

/** The events that a party may send to a task in this status. */
export function nextEvents(status: TaskStatus, by: Party): TaskEvent[] {
  return EVENTS.filter((event) => STEPS[event].by === by && STEPS[event].from.includes(status));
}

/** @throws WrongStatus that names the events which `by` may send instead */
export function stepFor(status: TaskStatus, event: TaskEvent, by: Party): Step {
  const open = nextEvents(status, by);
  if (!open.includes(event)) throw new WrongStatus(event, status, open);
  return STEPS[event];
}

/** What the clock sends to a task in this status, and after which setting; null at an end. */
export function silence(status: TaskStatus): { within: TimeSetting; then: TaskEvent; reminders: boolean } | null {
  const clock = STATUSES[status];
  return clock && { within: clock.within, then: clock.then, reminders: 'reminders' in clock };
}

export type TimeSetting = NonNullable<(typeof STATUSES)[TaskStatus]>['within'];

export function isOver(status: TaskStatus): boolean {
  return STATUSES[status] === null;
}
