import { CONTRACT_VERSION, type ExecuteRequest, type QualityRules } from '@bakeoff/agent-kit';

/** What an agent is asked to do: a buyer's task, or a benchmark's fixture in the shape of one. */
export interface Assignment {
  /** What the agent sees as its `task_id`. */
  readonly id: string;
  readonly round: number;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly taskType: string;
  readonly requirements: Record<string, unknown>;
  readonly qualityRules: QualityRules;
  /** Whole credits. */
  readonly budget: number;
}

/** A request but for the id of its call: what the bidders of a round share is stored once, and each call adds its id. */
export type SharedRequest = Omit<ExecuteRequest, 'call_id' | 'callback'>;

/** Where an agent answers later, and what signs it. */
export type Callback = NonNullable<ExecuteRequest['callback']>;

/** What belongs to the one window. */
export interface CallFacts {
  readonly deadlineAt: Date;
  readonly attachments: ExecuteRequest['attachments'];
}

/** The body of a prototype call. */
export function prototypeRequest(assignment: Assignment, facts: CallFacts): SharedRequest {
  return { ...sharedRequest(assignment, facts), phase: 'prototype' };
}

/** What every call says, whatever its phase. */
export function sharedRequest(
  assignment: Assignment,
  { deadlineAt, attachments }: CallFacts,
): Omit<SharedRequest, 'phase'> {
  return {
    contract_version: CONTRACT_VERSION,
    task_id: assignment.id,
    round: assignment.round,
    title: assignment.title,
    description: assignment.description,
    category: assignment.category,
    task_type: assignment.taskType,
    requirements: assignment.requirements,
    quality_rules: assignment.qualityRules,
    budget: { amount: assignment.budget, currency: 'credits' },
    attachments,
    deadline_at: deadlineAt.toISOString(),
  };
}

/** The bytes that go to the agent: the same for every attempt of a call. */
export function requestBytes(callId: string, stored: Uint8Array, callback?: Callback): Uint8Array {
  const own = JSON.stringify({ call_id: callId, ...(callback ? { callback } : {}) });
  return Buffer.concat([Buffer.from(`${own.slice(0, -1)},`), stored.subarray(1)]);
}
