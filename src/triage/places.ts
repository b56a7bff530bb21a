import type { Policy } from './policy.js';
import type { Ranked } from './score.js';

/**
 * The candidates by operator: the operators in the order of their best agent, the agents of each best first. Whoever is throttled comes
 * after everybody who is not, whatever its score.
 */
export interface Field {
  readonly operators: readonly (readonly [Ranked, ...Ranked[]])[];
  /** So many operators, from the first, can have a place by merit: all that have an agent that is not throttled; if there is none, all. */
  readonly eligible: number;
}

/** An agent that an exploring place may go to: the least tried of its operator. */
export interface Outsider {
  readonly agent: Ranked;
  /** Where its operator stands in the field. */
  readonly operator: number;
  readonly weight: number;
  /** The share of its chances that setbacks leave it; what they take goes to merit and not to the other outsiders. */
  readonly admitted: number;
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
  /** What an agent's weight varies by: 1 give or take a share. */
  readonly jitters: (agent: Ranked) => number;
}

/** @param ranked best first */
export function fieldOf(ranked: readonly Ranked[], policy: Policy): Field {
  const operators = new Map<string, [Ranked, ...Ranked[]]>();
  const able = ranked.filter((agent) => !isThrottled(agent, policy));
  for (const agent of [...able, ...ranked.filter((other) => isThrottled(other, policy))]) {
    const own = operators.get(agent.operatorId);
    if (own) own.push(agent);
    else operators.set(agent.operatorId, [agent]);
  }
  const eligible = new Set(able.map(({ operatorId }) => operatorId)).size;
  return { operators: [...operators.values()], eligible: eligible > 0 ? eligible : operators.size };
}

/** The two ways to divide the places and how likely each is. With the dial at 0 or 1 one of them never comes. */
export function divisions(field: Field, terms: Terms): [without: Division, withExperiment: Division] {
  const { experimentation } = terms;
  return [division(field, terms, 0, 1 - experimentation), division(field, terms, 1, experimentation)];
}

/** Whoever failed too much of late: it has a small chance to be drawn, and no place by merit while others can have it. */
export function isThrottled({ factors }: Ranked, { throttledBelow }: Policy): boolean {
  return factors.reliability < throttledBelow;
}

/**
 * One place is kept for the least tried while anybody that merit leaves out still needs trying; the experiment takes another.
 * A single place is never kept: it would go to the untried alone.
 */
function division(field: Field, terms: Terms, experiments: number, chance: number): Division {
  const experiment = Array.from({ length: experiments }, () => 'experiment' as const);
  const beside = terms.places > 1 ? outsiders(field, terms.places - experiments - 1, terms) : [];
  const keep = beside.some(({ agent, admitted }) => admitted === 1 && agent.tries < terms.policy.provenTries);
  const open = keep ? beside : outsiders(field, terms.places - experiments, terms);
  const wanted = keep ? (['least_tried', ...experiment] as const) : experiment;
  return { chance, exploring: wanted.slice(0, open.length), outsiders: open };
}

/**
 * Whom the exploring places may go to, when so many operators are called for their best agent: of each other operator its
 * least tried agent; of those first ones another agent, if it still needs trying. It then takes the best one's place.
 */
function outsiders(field: Field, byMerit: number, terms: Terms): Outsider[] {
  const { provenTries } = terms.policy;
  return field.operators.flatMap((agents, operator) => {
    const open =
      operator < Math.min(byMerit, field.eligible)
        ? agents.slice(1).filter(({ tries }) => tries < provenTries)
        : agents;
    const [first, ...rest] = open;
    if (!first) return [];
    const agent = rest.reduce((least, other) => (isLessTried(other, least, terms.policy) ? other : least), first);
    const { health, reliability, beta } = agent.factors;
    const throttled = isThrottled(agent, terms.policy);
    const jitter = terms.jitters(agent);
    const weight = ((throttled ? health * beta : health * beta * reliability) * jitter) / (1 + agent.tries);
    return weight > 0 ? [{ agent, operator, weight, admitted: throttled ? reliability : 1 }] : [];
  });
}

/** A sibling that failed of late stands behind one that did not. */
function isLessTried(one: Ranked, other: Ranked, policy: Policy): boolean {
  const [a, b] = [isThrottled(one, policy), isThrottled(other, policy)];
  return a === b ? one.tries < other.tries : b;
}

/**
 * By how much each outsider weighs for a place when nobody is taken out yet. The kept place is for the least tried: in this category
 * first, then in all; whoever is throttled is not owed it.
 */
export function weightsFor(kind: Division['exploring'][number], outsiders: readonly Outsider[]): number[] {
  if (kind === 'experiment') return outsiders.map(({ weight }) => weight);
  const due = outsiders.filter(({ admitted }) => admitted === 1).map(({ agent }) => agent);
  const fewest = least(due.map(({ tries }) => tries));
  const anywhere = least(due.filter(({ tries }) => tries === fewest).map(triesAnywhere));
  return outsiders.map(({ agent, weight, admitted }) =>
    admitted === 1 && agent.tries === fewest && triesAnywhere(agent) === anywhere ? weight : 0,
  );
}

function triesAnywhere({ triesAnywhere }: Ranked): number {
  return triesAnywhere ?? 0;
}

function least(values: readonly number[]): number {
  return values.reduce((fewest, value) => Math.min(fewest, value), Number.POSITIVE_INFINITY);
}

/** The places that are left go by merit, one an operator. */
export function byMerit(field: Field, places: number, taken: ReadonlySet<number>): Ranked[] {
  const seated: Ranked[] = [];
  for (let operator = 0; operator < field.eligible && seated.length < places; operator++) {
    const best = field.operators[operator]?.[0];
    if (best && !taken.has(operator)) seated.push(best);
  }
  return seated;
}
