import type { Chosen, Decision } from './decision.js';
import type { Policy } from './policy.js';
import { changedPolicy, type PolicyChanges } from './policy.schema.js';
import { redecided } from './replay.js';

/** What past rounds are decided again with; what is absent stays as each round had it. */
export interface Rerun {
  readonly policy?: PolicyChanges;
  readonly places?: number;
  readonly experimentation?: number;
}

export interface Shift {
  readonly agentId: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What one round would have been. */
export interface Difference {
  readonly decision: Decision;
  /** Whether today's code, with the round's own numbers, still gives the pool that was called. */
  readonly replays: boolean;
  readonly entered: readonly Chosen[];
  readonly left: readonly Chosen[];
  /** Whose chance to be called would have changed, the largest changes first. */
  readonly shifts: readonly Shift[];
}

const LEAST_SHIFT = 1e-9;

/** Decides a stored round again, by the same facts and the same chance. What differs comes from the changes alone. */
export function difference(decision: Decision, { policy = {}, places, experimentation }: Rerun): Difference {
  const before = redecided(decision);
  const request = {
    ...decision.request,
    ...(places === undefined ? {} : { places }),
    ...(experimentation === undefined ? {} : { experimentation }),
  };
  const after = redecided({ ...decision, request }, changed(before.policy, policy));
  return {
    decision,
    replays: sameAgents(before.chosen, decision.chosen),
    entered: missingFrom(before.chosen, after.chosen),
    left: missingFrom(after.chosen, before.chosen),
    shifts: shifts(before, after),
  };
}

function changed(policy: Policy, changes: PolicyChanges): Policy {
  return Object.keys(changes).length === 0 ? policy : changedPolicy(policy, changes);
}

function missingFrom(known: readonly Chosen[], chosen: readonly Chosen[]): Chosen[] {
  const ids = new Set(known.map(({ agentId }) => agentId));
  return chosen.filter(({ agentId }) => !ids.has(agentId));
}

function sameAgents(a: readonly Chosen[], b: readonly Chosen[]): boolean {
  return a.length === b.length && missingFrom(a, b).length === 0;
}

function shifts(before: Decision, after: Decision): Shift[] {
  const now = new Map(after.candidates.map(({ agentId, propensity }) => [agentId, propensity]));
  return before.candidates
    .map(({ agentId, name, propensity }) => ({ agentId, name, before: propensity, after: now.get(agentId) ?? 0 }))
    .filter((shift) => size(shift) > LEAST_SHIFT)
    .toSorted((a, b) => size(b) - size(a));
}

function size({ before, after }: Shift): number {
  return Math.abs(after - before);
}

/** Sums over rounds. */
export interface Totals {
  readonly rounds: number;
  readonly differing: number;
  readonly entered: number;
  readonly left: number;
  /** Of all places that the rounds had, the share that others would most likely have got: half the sum of all shifts, by places. */
  readonly movedShare: number;
  /** Agents that would have been called more or less often than they were expected to be, by how much in all. */
  readonly agents: readonly { readonly agentId: string; readonly name: string; readonly change: number }[];
}

export function totals(differences: readonly Difference[]): Totals {
  const count = (of: (one: Difference) => number) => differences.reduce((sum, one) => sum + of(one), 0);
  const places = count(({ decision }) => decision.chosen.length);
  const moved = count(({ shifts: all }) => all.reduce((sum, shift) => sum + size(shift), 0) / 2);
  return {
    rounds: differences.length,
    differing: count(({ entered, left }) => Number(entered.length + left.length > 0)),
    entered: count(({ entered }) => entered.length),
    left: count(({ left }) => left.length),
    movedShare: places === 0 ? 0 : moved / places,
    agents: byAgent(differences.flatMap(({ shifts: all }) => all)),
  };
}

function byAgent(all: readonly Shift[]): Totals['agents'] {
  const groups = Map.groupBy(all, ({ agentId }) => agentId);
  return [...groups]
    .map(([agentId, own]) => ({
      agentId,
      name: own[0]?.name ?? '',
      change: own.reduce((sum, { before, after }) => sum + after - before, 0),
    }))
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
}
