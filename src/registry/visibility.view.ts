import type { Agent } from './agent.entity.js';
import type { VisibilityMove, VisibilityRequest } from './visibility.entity.js';
import { type Facts, openTo } from './visibility.js';
import type {
  AdminRequestView,
  VisibilityMoveView,
  VisibilityRequestView,
  VisibilityView,
} from './visibility.schema.js';

interface Shown {
  readonly agent: Agent;
  readonly facts: Facts;
  /** Newest first. */
  readonly moves: readonly VisibilityMove[];
  readonly request: VisibilityRequest | null;
}

/** For the agent's operator and admins alone. */
export function visibilityView({ agent, facts, moves, request }: Shown): VisibilityView {
  const now = openTo(facts, 'operator');
  const asked = openTo(facts, 'admin').filter((to) => !now.includes(to) && to !== 'hidden');
  return {
    agent_id: agent.id,
    visibility: agent.visibility,
    may: [...now.map((to) => ({ to, how: 'now' as const })), ...asked.map((to) => ({ to, how: 'request' as const }))],
    request: request && requestView(request),
    moves: moves.map(moveView),
  };
}

export function adminRequestView(request: VisibilityRequest, agent: Agent | undefined): AdminRequestView {
  if (!agent) throw new Error(`The agent of request ${request.id} is gone.`);
  const { slug, name, visibility, operatorId } = agent;
  return { ...requestView(request), agent: { slug, name, visibility, operator_id: operatorId } };
}

function requestView(request: VisibilityRequest): VisibilityRequestView {
  return {
    id: request.id,
    agent_id: request.agentId,
    to: request.wanted,
    asked_by: request.askedBy,
    note: request.note,
    status: request.status,
    answer: request.answer,
    created_at: request.createdAt.toISOString(),
    decided_at: request.decidedAt?.toISOString() ?? null,
  };
}

function moveView(move: VisibilityMove): VisibilityMoveView {
  return {
    from: move.fromVisibility,
    to: move.toVisibility,
    by: move.movedBy,
    move: move.move,
    reason: move.reason,
    note: move.note,
    at: move.movedAt.toISOString(),
  };
}
