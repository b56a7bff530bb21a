import { describe, expect, test } from 'vitest';
import { verdictOf } from './signature-verdict.ts';

const of = (outcome: string | null, status: number | null) =>
  verdictOf({ outcome, response: status === null ? null : { status } }).kind;

describe('what an answer says of the signature', () => {
  test('401 and 403 refuse it, everything else that was answered took it', () => {
    expect([of('failed', 401), of('failed', 403), of('failed', 500), of('answered', 200)]).toEqual([
      'refused',
      'refused',
      'taken',
      'taken',
    ]);
  });

  test('without an answer nothing is known', () => {
    expect([of(null, null), of('failed', null)]).toEqual(['open', 'open']);
  });
});
