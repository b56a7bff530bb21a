import type { NewCall } from './call.js';
import { type CallState, WITH_AGENT } from './calls.queries.js';
import type { AgentState } from './slots.queries.js';

/** Agents whose slots a transaction has locked. */
export type Slots = readonly AgentState[];

/** What may become of a call now, by what its state says. */
export type Verdict =
  | { readonly kind: 'go'; readonly call: CallState }
  /** It was answered by callback, which is to be taken in. */
  | { readonly kind: 'take'; readonly call: CallState }
  /** It was acknowledged, and no answer came by callback. */
  | { readonly kind: 'overdue'; readonly call: CallState }
  /** Settled, or under way elsewhere. */
  | { readonly kind: 'skip' }
  /** Nobody wants it any more. */
  | { readonly kind: 'drop'; readonly call: CallState }
  /** All of the agent's slots are taken. */
  | { readonly kind: 'wait' }
  /** Our side was too late to start it. */
  | { readonly kind: 'over'; readonly problem: string };

export interface Circumstances {
  readonly wanted: ReadonlySet<string>;
  readonly now: Date;
  /** How late our side may start a prototype's first attempt, in ms. */
  readonly lateStartMs: number;
  /** How long after its deadline a call that was acknowledged is given up, in ms. */
  readonly graceMs: number;
}

/** One verdict for each call, in their order: the slots that are left go to the first ones. */
export function verdicts(
  callIds: readonly string[],
  open: readonly CallState[],
  { wanted, now, lateStartMs, graceMs }: Circumstances,
): Verdict[] {
  const states = new Map(open.map((call) => [call.call_id, call]));
  const taken = new Map<string, number>();
  return callIds.map((callId) => {
    const call = states.get(callId);
    if (!call) return { kind: 'skip' };
    if (!wanted.has(callId)) return { kind: 'drop', call };
    if (call.is_answered) return { kind: 'take', call };
    if (call.under_way_by === WITH_AGENT) {
      return now.getTime() < call.deadline_at.getTime() + graceMs ? { kind: 'skip' } : { kind: 'overdue', call };
    }
    if (call.under_way_by !== null) return { kind: 'skip' };
    const problem = tooLate(call, now, lateStartMs);
    if (problem !== null) return { kind: 'over', problem };
    const running = taken.get(call.agent_id) ?? call.running;
    if (running >= call.max_concurrency) return { kind: 'wait' };
    taken.set(call.agent_id, running + 1);
    return { kind: 'go', call };
  });
}

/** The same for calls that the transaction opens which has locked the slots. */
export function verdictsOnNew(
  opened: readonly NewCall[],
  slots: Slots,
  circumstances: Omit<Circumstances, 'wanted'>,
): Verdict[] {
  const ids = opened.map(({ id }) => id);
  const states = opened.flatMap((call) => {
    const agent = slots.find(({ agent_id }) => agent_id === call.agentId);
    return agent ? [newState(call, agent)] : [];
  });
  return verdicts(ids, states, { ...circumstances, wanted: new Set(ids) });
}

function newState({ id, taskId, phase, queue, request, dueAt, deadlineAt }: NewCall, agent: AgentState): CallState {
  const about = { call_id: id, task_id: taskId, phase, queue, request_hash: request.hash };
  const times = { due_at: dueAt, deadline_at: deadlineAt };
  return { ...agent, ...about, ...times, attempts: 0, under_way_by: null, is_answered: false };
}

/** Whether starting now would be unfair to the agent: its window is over, or our side slept. */
function tooLate(
  { attempts, phase, due_at: dueAt, deadline_at: deadlineAt }: CallState,
  now: Date,
  lateStartMs: number,
): string | null {
  if (now >= deadlineAt) return 'its window closed before it could be called';
  const lateMs = now.getTime() - dueAt.getTime();
  // A winner has no rivals to be unequal to: its delivery is late at its deadline alone.
  const isLate = phase === 'prototype' && attempts === 0 && lateMs > lateStartMs;
  return isLate ? `our side was ${Math.round(lateMs / 1_000)} s late` : null;
}
