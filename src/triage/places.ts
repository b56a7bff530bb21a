import type { Policy } from './policy.js';
import { type Ranked, throttle } from './score.js';

/** The candidates by operator: the operators in the order of their best agent, the agents of each best first. */
export type Field = readonly (readonly [Ranked, ...Ranked[]])[];

/** An agent that an exploring place may go to: the least tried of its operator. */
export interface Outsider {
  readonly agent: Ranked;
  /** Where its operator stands in the field. */
  readonly operator: number;
  readonly weight: number;
}

/** One way to divide the places; the dial decides between two. */
export interface Division {
  readonly chance: number;
  /** How each exploring place is drawn, never more than there are outsiders. The other places go by merit. */
  readonly exploring: readonly ('least_tried' | 'experiment')[];
  readonly outsiders: readonly Outsider[];
}

export interface Terms {
  readonly places: number;
  readonly experimentation: number;
  readonly policy: Policy;
  /** By agent, what its weight varies by: 1 give or take a share. */
  readonly jitters: ReadonlyMap<string, number>;
}

/** @param ranked best first */
export function fieldOf(ranked: readonly Ranked[]): Field {
  const operators = new Map<string, [Ranked, ...Ranked[]]>();
  for (const agent of ranked) {
    const own = operators.get(agent.operatorId);
    if (own) own.push(agent);
    else operators.set(agent.operatorId, [agent]);
  }
  return [...operators.values()];
}

/** The two ways to divide the places and how likely each is. With the dial at 0 or 1 one of them never comes. */
export function divisions(field: Field, terms: Terms): [without: Division, withExperiment: Division] {
  const { experimentation } = terms;
  return [division(field, terms, 0, 1 - experimentation), division(field, terms, 1, experimentation)];
}

/**
 * One place is kept for the least tried while anybody that merit leaves out still needs trying; the experiment takes another.
 * A single place is never kept: it would go to the untried alone.
 */
function division(field: Field, terms: Terms, experiments: number, chance: number): Division {
  const experiment = Array.from({ length: experiments }, () => 'experiment' as const);
  const beside = terms.places > 1 ? outsiders(field, terms.places - experiments - 1, terms) : [];
  const keep = beside.some(({ agent }) => agent.tries < terms.policy.provenTries);
  const open = keep ? beside : outsiders(field, terms.places - experiments, terms);
  const wanted = keep ? (['least_tried', ...experiment] as const) : experiment;
  return { chance, exploring: wanted.slice(0, open.length), outsiders: open };
}

/**
 * Whom the exploring places may go to, when so many operators are called for their best agent: of each other operator its
 * least tried agent; of those first ones another agent, if it still needs trying. It then takes the best one's place.
 */
function outsiders(field: Field, byMerit: number, terms: Terms): Outsider[] {
  return field.flatMap((agents, operator) => {
    const { provenTries } = terms.policy;
    const open = operator < byMerit ? agents.slice(1).filter(({ tries }) => tries < provenTries) : agents;
    const [first, ...rest] = open;
    if (!first) return [];
    const agent = rest.reduce((least, other) => (other.tries < least.tries ? other : least), first);
    const jitter = terms.jitters.get(agent.agentId) ?? 1;
    const weight = (throttle(agent.factors) * jitter) / (1 + agent.tries);
    return weight > 0 ? [{ agent, operator, weight }] : [];
  });
}

/** How likely each outsider is to get an exploring place when some have one already: by position, 0 for those. */
export function odds(
  kind: Division['exploring'][number],
  outsiders: readonly Outsider[],
  drawn: readonly number[],
): number[] {
  const weights = outsiders.map(({ weight }) => weight);
  for (const taken of drawn) weights[taken] = 0;
  if (kind === 'least_tried') onlyLeastTried(weights, outsiders);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function onlyLeastTried(weights: number[], outsiders: readonly Outsider[]): void {
  const tries = outsiders.map(({ agent }, position) =>
    weights[position] === 0 ? Number.POSITIVE_INFINITY : agent.tries,
  );
  const fewest = tries.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY);
  for (const [position, count] of tries.entries()) if (count > fewest) weights[position] = 0;
}

/** The places that are left go by merit, one an operator. */
export function byMerit(field: Field, places: number, drawn: readonly Outsider[]): Ranked[] {
  const taken = new Set(drawn.map(({ operator }) => operator));
  const seated: Ranked[] = [];
  for (let operator = 0; operator < field.length && seated.length < places - drawn.length; operator++) {
    const best = field[operator]?.[0];
    if (best && !taken.has(operator)) seated.push(best);
  }
  return seated;
}
