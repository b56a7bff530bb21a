import type { Candidate, Chosen, Decision, LeftOut, Scored, TriageRequest } from './decision.js';
import { type Draw, draw, type Seat } from './draw.js';
import type { Policy } from './policy.js';
import { ranking } from './score.js';

/** Counts the changes of this code after which the same facts give another pool: a decision replays under its own number. */
export const ALGORITHM = 2;

/** All that a decision depends on. */
export interface Facts {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly request: TriageRequest;
  readonly policy: Policy;
  readonly candidates: readonly Candidate[];
  readonly leftOut: LeftOut;
}

/** Whom to call, from the facts alone: the same facts give the same decision, in whatever order the candidates come. */
export function decided({ id, at, request, policy, candidates, leftOut }: Facts): Decision {
  const { market, ranked } = ranking(candidates, policy, at);
  const drawn = draw(ranked, request, policy);
  const scored = ranked.map((one): Scored => ({ ...one, propensity: drawn.propensities.get(one.agentId) ?? 0 }));
  const chosen = drawn.seats.map((seat) => chosenFor(seat, drawn));
  return { id, at, algorithm: ALGORITHM, request, policy, market, candidates: scored, chosen, leftOut };
}

function chosenFor({ agent, place, leastTried }: Seat, { propensities }: Draw): Chosen {
  const { agentId, operatorId, name, version, minPrice, beta, rank, score } = agent;
  const propensity = propensities.get(agentId) ?? 0;
  return { agentId, operatorId, name, version, minPrice, beta, place, leastTried, rank, score, propensity };
}
