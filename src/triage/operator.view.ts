import { levers } from './counterfactuals.js';
import type { Decision, Scored } from './decision.js';
import { type AgentFacts, obstacles } from './eligibility.js';
import type { OperatorTriageView } from './operator.schema.js';
import { reasons } from './reasons.js';

/** A round as the operator of one agent sees it: of the others only how many there were and what the last place took. */
export function operatorTriageView(decision: Decision, facts: AgentFacts, isExtra: boolean): OperatorTriageView {
  const own = decision.candidates.find(({ agentId }) => agentId === facts.agentId);
  const seat = decision.chosen.find(({ agentId }) => agentId === facts.agentId);
  const { request, at, candidates } = decision;
  const { agentId: id, name, version } = own ?? facts;
  return {
    task_id: request.taskId,
    round: request.round,
    decided_at: at,
    agent: { id, name, version },
    considered_as: own ? 'candidate' : 'left_out',
    called: isExtra || seat !== undefined,
    place: isExtra ? 'extra' : (seat?.place ?? null),
    candidates_total: candidates.length,
    places: places(decision, own),
    ...(own ? scored(decision, own) : leftOut(decision, facts)),
    ...(isExtra ? { why: 'Called later, as the next by score, because one of those chosen seemed to be late.' } : {}),
  };
}

type Said = 'why' | 'rank' | 'score' | 'parts' | 'factors' | 'tries' | 'propensity' | 'obstacles' | 'would_change';

function scored(decision: Decision, own: Scored): Pick<OperatorTriageView, Said> {
  const { rank, score, parts, factors, tries, propensity } = own;
  return {
    why: reasons(decision).find(({ agentId }) => agentId === own.agentId)?.why ?? '',
    ...{ rank, score, parts: { ...parts }, factors: { ...factors }, tries, propensity },
    obstacles: [],
    would_change: levers(decision, own.agentId),
  };
}

function leftOut(decision: Decision, facts: AgentFacts): Pick<OperatorTriageView, Said> {
  const found = obstacles(decision, facts);
  const [first] = found;
  const certain = found.some(({ known }) => known === 'then')
    ? 'It was left out'
    : 'By what is known now, it was left out';
  return {
    why: `Not called: it was none of the ${decision.candidates.length} candidates. ${certain} among agents that ${first?.meaning}.`,
    ...{ rank: null, score: null, parts: null, factors: null, tries: null, propensity: null },
    obstacles: found,
    would_change: [],
  };
}

function places({ request, chosen }: Decision, own: Scored | undefined): OperatorTriageView['places'] {
  const merit = chosen.filter(({ place }) => place === 'merit');
  const last = merit.at(-1)?.score ?? null;
  const gap = last === null || !own ? null : Math.round((last - own.score) * 1e6) / 1e6;
  return { total: request.places, by_merit: merit.length, last_score: last, gap };
}
