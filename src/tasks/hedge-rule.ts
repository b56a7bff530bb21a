import type { Candidate, Decision, Scored } from '../triage/decision.js';
import { isThrottled } from '../triage/places.js';

/** What a round looks like at one moment. */
export interface RoundNow {
  readonly startedAt: Date;
  readonly deadlineAt: Date;
  readonly now: Date;
  /** The agents that have not answered. */
  readonly out: readonly string[];
}

export type HedgeStep =
  /** Nobody seems late yet: look again then. */
  | { readonly kind: 'wait'; readonly at: Date }
  /** One seems late; whom to ask besides, the first that still can be called. */
  | { readonly kind: 'invite'; readonly late: string; readonly next: readonly Scored[] }
  /** Nothing will come of it any more. */
  | { readonly kind: 'over' };

/** With fewer answers than this a history says little. */
const LEAST_ANSWERS = 3;
/** Nobody seems late before this share of the window, and who has no history only after the other. */
const EARLIEST = 0.25;
const WITHOUT_HISTORY = 0.5;
/** What an extra bidder without a history must have left of it. */
const UNKNOWN_NEEDS = 0.25;

/** Whether one more bidder should be asked now: from the stored decision and the clock alone. */
export function hedgeStep(decision: Decision, round: RoundNow): HedgeStep {
  const { startedAt, deadlineAt, now, out } = round;
  const windowMs = deadlineAt.getTime() - startedAt.getTime();
  const suspects = decision.candidates
    .filter(({ agentId }) => out.includes(agentId))
    .map((one) => ({ agentId: one.agentId, atMs: startedAt.getTime() + suspectAfterMs(one, windowMs) }))
    .filter(({ atMs }) => atMs < deadlineAt.getTime())
    .toSorted((a, b) => a.atMs - b.atMs);
  const [first] = suspects;
  if (!first || now >= deadlineAt) return { kind: 'over' };
  if (first.atMs > now.getTime()) return { kind: 'wait', at: new Date(first.atMs) };
  const next = inReserve(decision, deadlineAt.getTime() - now.getTime(), windowMs);
  return next.length > 0 ? { kind: 'invite', late: first.agentId, next } : { kind: 'over' };
}

/** When the first of the agents called will seem late; null: none will. */
export function firstLook(
  decision: Decision,
  { startedAt, deadlineAt }: Pick<RoundNow, 'startedAt' | 'deadlineAt'>,
): Date | null {
  const out = decision.chosen.map(({ agentId }) => agentId);
  const step = hedgeStep(decision, { startedAt, deadlineAt, now: startedAt, out });
  return step.kind === 'wait' ? step.at : null;
}

/** After so long an answer is later than nine in ten of the agent's own were. */
function suspectAfterMs({ record }: Candidate, windowMs: number): number {
  const usual = p90(record.recentMs);
  return usual === null ? windowMs * WITHOUT_HISTORY : Math.max(usual, windowMs * EARLIEST);
}

/** Candidates that were not called, best first, who mostly answer in the time that is left; one that fails of late is none. */
function inReserve({ candidates, chosen, policy }: Decision, leftMs: number, windowMs: number): Scored[] {
  const called = new Set(chosen.map(({ operatorId }) => operatorId));
  return candidates.filter((one) => {
    const usual = p90(one.record.recentMs) ?? windowMs * UNKNOWN_NEEDS;
    return !called.has(one.operatorId) && usual <= leftMs && !isThrottled(one, policy);
  });
}

/** What nine in ten answers took at most, in ms; null: there are too few to say. */
function p90(recentMs: readonly number[]): number | null {
  if (recentMs.length < LEAST_ANSWERS) return null;
  const sorted = recentMs.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null;
}
