import type { Chosen } from './decision.js';
import { type Difference, totals } from './rerun.js';
import { type RerunView, SHOWN } from './rerun.schema.js';

export function rerunView(differences: readonly Difference[], complete: boolean): RerunView {
  const { movedShare, agents, ...counts } = totals(differences);
  return {
    totals: {
      ...counts,
      moved_share: movedShare,
      agents: agents
        .slice(0, SHOWN.agents)
        .map(({ agentId, name, change }) => ({ agent: { id: agentId, name }, change })),
    },
    complete,
    rounds: differences.map(roundView),
  };
}

function roundView({ decision, replays, entered, left, shifts }: Difference): RerunView['rounds'][number] {
  const { request, at, algorithm, candidates } = decision;
  return {
    task_id: request.taskId,
    round: request.round,
    decided_at: at,
    category: request.category,
    task_type: request.taskType,
    algorithm,
    replays,
    candidates: candidates.length,
    entered: entered.map(seatView),
    left: left.map(seatView),
    shifts: shifts
      .slice(0, SHOWN.shifts)
      .map(({ agentId, name, before, after }) => ({ agent: { id: agentId, name }, before, after })),
    shifts_total: shifts.length,
  };
}

function seatView({ agentId, name, place, rank, score, propensity }: Chosen) {
  return { agent: { id: agentId, name }, place, rank, score, propensity };
}
