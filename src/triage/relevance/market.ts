import type { DocCapability } from './doc.js';

/** What a market's profiles hold in all, as far as one brief needs it. */
export interface MarketWords {
  /** Agents with a profile. */
  readonly agents: number;
  /** For each word of the brief: how many agents have it anywhere in their profile. */
  readonly holders: readonly number[];
  /** How many agents declare the capability of this key. */
  readonly declarers: (key: string) => number;
  /** How many capabilities an agent may declare before that costs: {@link usualOf}. */
  readonly usualDeclared: number;
  /** Mean number of words of an agent's own, and of its finished tasks (over agents that have any). */
  readonly meanOwn: number;
  readonly meanPast: number;
}

/** One agent's profile against the words of one brief, which are given by their index. */
export interface Matched {
  readonly agentId: string;
  readonly capabilities: readonly DocCapability[];
  readonly declared: number;
  /** Words of the brief in its name and description. */
  readonly own: readonly number[];
  readonly ownLength: number;
  /** Capabilities that its description names, others declare and it does not. */
  readonly foreign: number;
  /** Words of the brief in tasks it finished, with the number of tasks. */
  readonly past: readonly (readonly [word: number, tasks: number])[];
  readonly pastLength: number;
  readonly tasks: number;
}

/** How much a word or capability tells that `holders` of `agents` have; above 0. */
export function rarityOf(holders: number, agents: number): number {
  return Math.log(1 + (agents - Math.min(holders, agents) + 0.5) / (holders + 0.5));
}

/**
 * As many as nine in ten declare, but no more than twice what the middle one does, so that a crowd of agents that declare
 * everything does not become the custom.
 *
 * @param counts how many agents declare so many, by that number
 */
export function usualOf(counts: ArrayLike<number>, agents: number): number {
  const reached = (share: number) => {
    let below = 0;
    for (let declared = 0; declared < counts.length; declared++) {
      below += counts[declared] ?? 0;
      if (below >= agents * share) return declared;
    }
    return 0;
  };
  return Math.max(3, Math.min(reached(0.9), 2 * reached(0.5) + 1));
}

/**
 * What is left of each claim of an agent that declares many: 1 for the usual number, a quarter for twice as many, and
 * next to nothing for whoever declares everything.
 */
export function focusOf(declared: number, usualDeclared: number): number {
  const many = Math.max(declared, 1) / Math.max(usualDeclared, 1);
  return many <= 1 ? 1 : 1 / many ** 2;
}
