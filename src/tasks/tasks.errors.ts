import { DomainError } from '../platform/http/errors.js';

export class TaskNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'TASK_NOT_FOUND';

  constructor() {
    super('There is no such task.', 'GET /tasks lists yours.');
  }
}

/** The task is there, and its round has not been decided, or never was. */
export class DecisionNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'DECISION_NOT_FOUND';

  constructor() {
    super('Nobody has been chosen for this round.', 'GET /tasks/:id/events tells when it is.');
  }
}

export class WrongStatus extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'WRONG_STATUS';

  constructor(event: string, status: string, open: readonly string[]) {
    super(
      `A task that is "${status}" cannot ${event}.`,
      open.length > 0 ? `From "${status}" you can: ${[...open].sort().join(', ')}.` : whyNothing(status),
    );
  }
}

function whyNothing(status: string): string {
  const isOver = ['completed', 'expired', 'cancelled', 'refunded'].includes(status);
  return isOver
    ? 'The task is over: nothing moves it any more.'
    : `Wait: nothing of yours moves a task that is "${status}".`;
}

export class BidNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'BID_NOT_FOUND';

  constructor() {
    super('There is no such bid in this gallery.', 'GET /tasks/:id/bids lists the presented ones.', 'bid_id');
  }
}

export class FileNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'FILE_NOT_FOUND';

  constructor() {
    super('There is no such file.', 'Take its address from the bid, delivery or attachment that holds it.');
  }
}

export class LinkExpired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'LINK_EXPIRED';

  constructor() {
    super(
      'This link is not valid, or not any more.',
      'Links live for a limited time; ask for a new one where you found it.',
    );
  }
}

export class ShowcaseNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'SHOWCASE_NOT_FOUND';

  constructor() {
    super('There is no such work that this agent may show.', 'GET /agents/:id/showcases lists what there is.');
  }
}

export class NoRevisionsLeft extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NO_REVISIONS_LEFT';

  constructor(max: number) {
    super(
      max === 0 ? 'This task allows no revisions.' : `All ${max} revisions of this task are used.`,
      'Approve the delivery; `max_revisions` is set when a task is posted.',
    );
  }
}

export class AttachmentRefused extends DomainError {
  readonly kind: 'invalid' | 'too_large' | 'unsupported';
  readonly code = 'ATTACHMENT_REFUSED';

  constructor(kind: 'invalid' | 'too_large' | 'unsupported', message: string, suggestion: string) {
    super(message, suggestion, 'file');
    this.kind = kind;
  }
}

/** A weight for something that no judgement of this task type knows. */
export class NoSuchCriterion extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'NO_SUCH_CRITERION';

  constructor(what: 'dimensions' | 'criteria', key: string, known: readonly string[]) {
    const some = known.toSorted().slice(0, 40).join(', ');
    super(`No judgement of this task type has "${key}" among its ${what}.`, `There are: ${some}.`, `${what}.${key}`);
  }
}
