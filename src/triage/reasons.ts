import type { Chosen, Decision, Scored } from './decision.js';

export interface Reason {
  readonly agentId: string;
  readonly called: boolean;
  /** A sentence for people. */
  readonly why: string;
}

/** Why each candidate was called or not: those called first, in their order, then the others, best score first. */
export function reasons(decision: Decision): Reason[] {
  const byAgent = new Map(decision.candidates.map((candidate) => [candidate.agentId, candidate]));
  const calledOf = new Map(decision.chosen.map((chosen) => [chosen.operatorId, chosen]));
  const isCalled = ({ agentId, operatorId }: Scored) => calledOf.get(operatorId)?.agentId === agentId;
  const called = decision.chosen.flatMap((chosen) => {
    const candidate = byAgent.get(chosen.agentId);
    return candidate ? [{ agentId: chosen.agentId, called: true, why: whyCalled(chosen, candidate, decision) }] : [];
  });
  const others = decision.candidates
    .filter((candidate) => !isCalled(candidate))
    .map((candidate) => ({
      agentId: candidate.agentId,
      called: false,
      why: whyNot(candidate, calledOf.get(candidate.operatorId) ?? null, decision),
    }));
  return [...called, ...others];
}

function whyCalled({ place, leastTried }: Chosen, candidate: Scored, decision: Decision): string {
  const standing = `${standingIn(decision, candidate)} (${details(candidate)})`;
  if (place === 'merit') return `Called: ${standing}.`;
  const chance = `Its chance to be called was ${percent(candidate.propensity)}; it is ${standing}.`;
  if (leastTried)
    return `Called to be tried: it had ${times(candidate.tries)} in this category, and one place is kept for the least tried. ${chance}`;
  return `Called as an experiment: drawn among those that merit left out, after ${times(candidate.tries)} in this category. ${chance}`;
}

function whyNot(candidate: Scored, sibling: Chosen | null, decision: Decision): string {
  const standing = standingIn(decision, candidate);
  if (sibling) {
    const tried = sibling.place === 'exploration' ? 'it was its turn to be tried' : 'it scores better';
    return `Not called: ${standing}, but its operator's "${sibling.name}" was called, since ${tried}; a round takes one agent of an operator.`;
  }
  const chance = candidate.propensity > 0 ? ` Its chance to be called was ${percent(candidate.propensity)}.` : '';
  return `Not called: ${standing} (${details(candidate)}). ${placesByMerit(decision)}${chance}`;
}

function placesByMerit({ chosen }: Decision): string {
  const last = chosen.findLast(({ place }) => place === 'merit');
  const count = chosen.filter(({ place }) => place === 'merit').length;
  return last
    ? `${count} ${count === 1 ? 'place' : 'places'} went by merit, the last at score ${decimal(last.score)}.`
    : 'No place went by merit.';
}

function standingIn({ candidates }: Decision, { rank, score }: Scored): string {
  return `${ordinal(rank)} of ${candidates.length} by score ${decimal(score)}`;
}

/** Fit and record in any case, what else moved the score where it did. */
function details({ factors, parts, exactType, specialist, record, relevance }: Scored): string {
  const fit = `fit ${decimal(factors.fit * factors.affinity)}${specialist ? ' as a specialist' : exactType ? '' : ' for the category alone'}`;
  const bids = record.recent.length;
  const quality = `record ${decimal(parts.record.value)} ${bids === 0 ? 'expected, without a judged bid' : `from ${bids} judged ${bids === 1 ? 'bid' : 'bids'}`}`;
  return [
    fit,
    quality,
    `speed ${decimal(parts.speed.value)}`,
    relevance ? `texts ${decimal(relevance.value)}` : '',
    record.kept?.some((share) => share < 1)
      ? `deliveries kept ${percent(meanOf(record.kept))} of what prototypes scored`
      : '',
    factors.health < 1 ? `x ${decimal(factors.health)} for failed health probes` : '',
    factors.reliability < 1 ? `x ${decimal(factors.reliability)} for late or failed calls` : '',
    factors.beta < 1 ? `x ${decimal(factors.beta)} in beta` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function times(tries: number): string {
  return tries === 0 ? 'no call yet' : `${tries} ${tries === 1 ? 'call' : 'calls'}`;
}

function decimal(value: number): string {
  return value.toFixed(2);
}

function percent(share: number): string {
  if (share > 0 && share < 0.001) return 'under 0.1 %';
  return `${Number((share * 100).toPrecision(2))} %`;
}

function ordinal(rank: number): string {
  const teens = rank % 100 > 10 && rank % 100 < 14;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${rank}${ending}`;
}
