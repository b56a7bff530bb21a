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

/** What belongs to the one call. */
export interface CallFacts {
  readonly callId: string;
  readonly deadlineAt: Date;
  readonly attachments: ExecuteRequest['attachments'];
}

/** The body of a prototype call. */
export function prototypeRequest(assignment: Assignment, facts: CallFacts): ExecuteRequest {
  return { ...sharedRequest(assignment, facts), phase: 'prototype' };
}

/** What every call says, whatever its phase. */
export function sharedRequest(
  assignment: Assignment,
  { callId, deadlineAt, attachments }: CallFacts,
): Omit<ExecuteRequest, 'phase'> {
  return {
    contract_version: CONTRACT_VERSION,
    call_id: callId,
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
