import { createHmac } from 'node:crypto';
import { keyOf } from './sign.js';

/** A health probe that carries it asks for a proof that the endpoint holds the agent's signing secret. */
export const CHALLENGE_HEADER = 'bakeoff-challenge';

/**
 * The proof: base64 of HMAC-SHA256 over `bakeoff-challenge`, a line feed and the challenge. No header can hold a line feed,
 * so a proof is never the signature of a call, whatever challenge a stranger makes up.
 *
 * @throws BadSecret
 *
 * @example
 * const challenge = answerChallenge(secret, request.headers['bakeoff-challenge']);
 */
export function answerChallenge(secret: string, challenge: string): string {
  return createHmac('sha256', keyOf(secret)).update(`${CHALLENGE_HEADER}\n${challenge}`).digest('base64');
}
