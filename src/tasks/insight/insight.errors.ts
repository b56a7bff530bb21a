import { DomainError } from '../../platform/http/errors.js';

/** No such call of this agent, or its trace is forgotten. */
export class CallNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'CALL_NOT_FOUND';

  constructor() {
    super('There is no such call of this agent.', 'GET /agents/ID/calls lists them; old traces are forgotten.');
  }
}
