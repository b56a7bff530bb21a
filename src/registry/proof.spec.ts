import { answerChallenge } from '@bakeoff/agent-kit';
import { expect, test } from 'vitest';
import { isProven, PROOF_TRIES, proofOf, proofWaitS } from './proof.js';

const [newest, older, foreign] = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`) as [
  string,
  string,
  string,
];
const proof = (answer: string | null) => proofOf(answer, 'nonce', [newest, older]);

test('a proof counts by any secret that still signs, and only for its own challenge', () => {
  expect(proof(answerChallenge(newest, 'nonce'))).toBe('newest');
  expect(proof(answerChallenge(older, 'nonce'))).toBe('older');
  expect(proof(answerChallenge(foreign, 'nonce'))).toBe('wrong');
  expect(proof(answerChallenge(newest, 'another'))).toBe('wrong');
  expect(proof('')).toBe('wrong');
  expect(proof(null)).toBe('missing');
  expect(proofOf(answerChallenge(newest, 'nonce'), 'nonce', [])).toBe('wrong');
  expect((['newest', 'older', 'wrong', 'missing'] as const).map(isProven)).toEqual([true, true, false, false]);
});

test('an endpoint that proves nothing is asked less and less often, and then no more', () => {
  const waits = Array.from({ length: PROOF_TRIES }, (_, tries) => proofWaitS(tries + 1));
  expect(waits.at(-1)).toBeNull();
  const asked = waits.slice(0, -1).map(Number);
  expect(asked).toEqual(asked.toSorted((a, b) => a - b));
  expect(asked.slice(0, 5).reduce((sum, s) => sum + s)).toBeLessThan(60);
});
