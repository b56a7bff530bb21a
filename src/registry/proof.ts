import { answerChallenge } from '@bakeoff/agent-kit';
import { sameSecret } from '../platform/crypto/tokens.js';

/** What a probe's challenge brought: the proof by the newest signing secret, by one that still overlaps, another text, or none. */
export const PROOFS = ['newest', 'older', 'wrong', 'missing'] as const;
export type Proof = (typeof PROOFS)[number];

/**
 * How long an endpoint that has not proven itself is left alone after each try, in s: short while its builder puts the secret
 * in place, then longer. After the last one it is asked no more until somebody says so, so that an address that a stranger
 * named hears little of us.
 */
const WAITS_S = [1, 2, 4, 8, 16, 32, 60, 120, 300, 900, 1_800] as const;
export const PROOF_TRIES = WAITS_S.length + 1;

/** How many tries an agent that nobody has claimed gets each time it asks. */
const TRIES_OF_UNCLAIMED = 3;
export const FAILURES_BEFORE_UNCLAIMED_ASKS = PROOF_TRIES - TRIES_OF_UNCLAIMED;

/** @param failures tries in a row without a proof, this one included; @returns null: it is not asked again by itself */
export function proofWaitS(failures: number): number | null {
  return WAITS_S[failures - 1] ?? null;
}

/**
 * @param answer  what `/health` said to the challenge
 * @param secrets the agent's, newest first
 */
export function proofOf(answer: string | null, challenge: string, secrets: readonly string[]): Proof {
  if (answer === null) return 'missing';
  const fits = secrets.map((secret) => sameSecret(answer, answerChallenge(secret, challenge)));
  if (fits[0]) return 'newest';
  return fits.includes(true) ? 'older' : 'wrong';
}

export function isProven(proof: Proof): boolean {
  return proof === 'newest' || proof === 'older';
}

/** For the operator. */
export function proofProblem(proof: 'wrong' | 'missing'): string {
  return proof === 'missing'
    ? '/health answered without a proof: run the agent with its BAKEOFF_SECRET, and answer "bakeoff-challenge" as the contract says (the kit does it by itself).'
    : '/health answered with the proof of another secret: is BAKEOFF_SECRET the one that this registration showed?';
}
