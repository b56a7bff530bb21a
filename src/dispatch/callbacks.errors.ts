import { DomainError } from '../platform/http/errors.js';

export class CallNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'CALL_NOT_FOUND';

  constructor() {
    super('There is no such call.', 'Send it to `callback.url` of the request as it stands there.');
  }
}

/** What a callback is signed with is not what its call was given. */
export class BadSignature extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'BAD_SIGNATURE';

  constructor(problem: string) {
    super(
      problem,
      'Sign the bytes you send with `callback.secret` of the request, by Standard Webhooks; webhook-id of an answer is the call id.',
    );
  }
}

export class BadCallback extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'BAD_CALLBACK';

  constructor(problem: string) {
    super(
      `This does not follow the contract: ${problem}.`,
      'Correct it and send it again before `deadline_at`: the call is still open, and nothing was kept.',
    );
  }
}

/** Another answer was first. */
export class CallAnswered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'CALL_ANSWERED';

  constructor() {
    super('This call has an answer already, and it was another.', 'Stop sending: the first answer counts.');
  }
}

export class CallOver extends DomainError {
  readonly kind = 'gone';
  readonly code = 'CALL_OVER';

  constructor(why: string) {
    super(`Nobody waits for this call any more: ${why}.`, 'Stop the work and do not send it again.');
  }
}

export class TooMuchProgress extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'TOO_MUCH_PROGRESS';

  constructor(most: number, everyS: number) {
    super(
      `A call takes ${most} progress notes, and one every ${everyS} s.`,
      'Leave this one out; the work itself is not touched by it.',
    );
  }
}
