import { DomainError } from '../platform/http/errors.js';
import type { Visibility } from './agent.schema.js';

export class VisibilityRefused extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'VISIBILITY_REFUSED';

  /** @param open where it may be moved to instead */
  constructor(from: Visibility, to: Visibility, problem: string | null, open: readonly Visibility[]) {
    super(
      from === to
        ? `The agent is ${to} already.`
        : `The agent cannot go from ${from} to ${to}${problem === null ? '' : `: ${problem}`}.`,
      `From here: ${open.join(', ') || 'nothing'}. GET /agents/ID/visibility says how it came here.`,
      'to',
    );
  }
}

export class RequestNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'VISIBILITY_REQUEST_NOT_FOUND';

  constructor() {
    super('There is no such request.', 'GET /admin/visibility lists those that wait.');
  }
}

export class RequestDecided extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'VISIBILITY_REQUEST_DECIDED';

  constructor() {
    super(
      'This request is decided already, or another one took its place.',
      'GET /admin/visibility lists those that wait.',
    );
  }
}
