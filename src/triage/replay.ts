import { decided } from './decide.js';
import type { Chosen, Decision } from './decision.js';
import type { Policy } from './policy.js';

/** What algorithm 1 did not know of, set so that it does nothing. */
const BEFORE_2 = {
  spreads: 0,
  leastSpread: 0,
  throttledBelow: 0,
  priorRange: { least: 1, most: 1 },
  priorBids: 0,
  setbackRestH: 0,
};

/** Decides again from what the record says was known. Under the same policy it is `decision.chosen`. */
export function replay(decision: Decision, policy: Policy = decision.policy): readonly Chosen[] {
  return redecided(decision, policy).chosen;
}

/** The whole decision, made again by today's code from the same facts, whichever algorithm they were first decided by. */
export function redecided(decision: Decision, policy: Policy = decision.policy): Decision {
  return decided({ ...decision, policy: upgraded(policy) });
}

function upgraded(policy: Policy): Policy {
  const { weights, ...rest } = policy;
  return { ...BEFORE_2, ...rest, weights: { ...weights, relevance: weights.relevance ?? 0 } };
}
