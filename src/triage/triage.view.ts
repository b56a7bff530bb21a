import { type Chosen, type Decision, LEFT_OUT, type LeftOut, type LeftOutReason, type Scored } from './decision.js';
import { reasons } from './reasons.js';
import { MOST_CANDIDATES, type TriageCandidate, type TriageView } from './triage.schema.js';

/** For the task's buyer. */
export function triageView(decision: Decision): TriageView {
  const { id, at, request, market, candidates, chosen, leftOut } = decision;
  const why = new Map(reasons(decision).map((reason) => [reason.agentId, reason.why]));
  const called = new Set(chosen.map(({ agentId }) => agentId));
  const shown = candidates.filter(({ agentId, rank }) => rank <= MOST_CANDIDATES || called.has(agentId));
  return {
    id,
    task_id: request.taskId,
    round: request.round,
    decided_at: at,
    seed: request.seed,
    places: request.places,
    experimentation: request.experimentation,
    market: { record: market.record, wins: market.wins, speed: market.speed },
    chosen: chosen.map((one) => ({
      agent: agentOf(one),
      place: one.place,
      least_tried: one.leastTried,
      rank: one.rank,
      score: one.score,
      propensity: one.propensity,
      why: why.get(one.agentId) ?? '',
    })),
    candidates: shown.map((one) => candidateView(one, called.has(one.agentId), why.get(one.agentId) ?? '')),
    candidates_total: candidates.length,
    left_out: leftOutView(leftOut),
    left_out_complete: leftOut.complete,
  };
}

function candidateView(candidate: Scored, called: boolean, why: string): TriageCandidate {
  const { beta, rank, score, parts, factors, tries, record, propensity } = candidate;
  return {
    agent: agentOf(candidate),
    beta,
    called,
    rank,
    score,
    parts: { ...parts },
    factors: { ...factors },
    tries,
    judged: record.recent.length,
    propensity,
    why,
  };
}

function agentOf({ agentId, name, version }: Scored | Chosen): TriageView['chosen'][number]['agent'] {
  return { id: agentId, name, version };
}

/** Those left out, by the first reason that held. */
export function leftOutView({ counts }: LeftOut): TriageView['left_out'] {
  return (Object.keys(LEFT_OUT) as LeftOutReason[]).flatMap((reason) => {
    const agents = counts[reason] ?? 0;
    return agents > 0 ? [{ reason, agents, meaning: LEFT_OUT[reason] }] : [];
  });
}
