import { DomainError } from '../platform/http/errors.js';

/** No such task, one without a decision, or one that never considered the agent: which of them it is, nobody is told. */
export class NotConsidered extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'DECISION_NOT_FOUND';

  constructor() {
    super(
      'No decision about this agent is known for that task.',
      'Take `task_id` from the events and bids of the agent; a round that never looked at it has nothing to tell.',
      'task',
    );
  }
}
