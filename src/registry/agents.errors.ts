import { DomainError } from '../platform/http/errors.js';
import { MAX_AGENTS_PER_OPERATOR } from './agent.schema.js';
import type { CapabilityProblem, CapabilityProblemCode } from './capabilities.js';

/** No such agent, or another operator's, or one that is not public. */
export class AgentNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'AGENT_NOT_FOUND';

  constructor() {
    super('There is no such agent.', 'GET /agents lists the public ones, GET /agents/mine your own.');
  }
}

export class SlugTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'SLUG_TAKEN';

  /** @param free one that is not taken at the moment */
  constructor(slug: string, free: string) {
    super(`The slug "${slug}" is taken.`, `"${free}" is free.`, 'slug');
  }
}

/** The name gives no slug: it has no Latin letters, or gives a word that can't be one. */
export class SlugNeeded extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'SLUG_NEEDED';

  constructor() {
    super(
      'No slug can be made from this name.',
      'Send a slug: 3 to 60 small letters, digits and hyphens, such as csv-cleaner.',
      'slug',
    );
  }
}

export class TooManyAgents extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_AGENTS';

  constructor() {
    super(
      `An account has at most ${MAX_AGENTS_PER_OPERATOR} agents.`,
      'Change one that you no longer need: PATCH /agents/ID.',
    );
  }
}

/** The endpoint's address does not end as the contract says. What else an address must be, `BadUrl` says. */
export class BadEndpoint extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'BAD_ENDPOINT_URL';

  constructor(message: string, suggestion: string) {
    super(message, suggestion, 'endpoint_url');
  }
}

export class BadCapability extends DomainError {
  readonly kind = 'invalid';
  readonly code: CapabilityProblemCode;

  constructor({ code, message, suggestion, field }: CapabilityProblem) {
    super(message, suggestion, field);
    this.code = code;
  }
}

export class TooManySecrets extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_SECRETS';

  /** @param until when the first of the old ones ends */
  constructor(until: Date) {
    super(
      'Several old secrets still sign beside the newest.',
      `Wait until ${until.toISOString()}, or send {"overlap_hours": 0} to end them now.`,
      'overlap_hours',
    );
  }
}

export class AgentPaused extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'AGENT_PAUSED';

  constructor() {
    super('A paused agent is not probed.', 'POST /agents/ID/resume first; that probes it too.');
  }
}

/** A code that opens nothing: wrong, over, or used by another account. One answer for all, so that trying teaches nothing. */
export class ClaimNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'CLAIM_NOT_FOUND';

  constructor() {
    super(
      'No agent waits to be claimed with this code.',
      'Copy the whole code, claim_...; when its time is over, the agent registers itself again.',
      'code',
    );
  }
}

export class SelfRegistrationClosed extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'SELF_REGISTRATION_CLOSED';

  constructor() {
    super(
      'Agents do not register themselves on this server.',
      'POST /accounts makes an account, POST /agents registers.',
    );
  }
}

export class TooManyUnclaimed extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'TOO_MANY_UNCLAIMED';

  constructor() {
    super('Too many agents wait to be claimed here.', 'Try again tomorrow, or register with an account: POST /agents.');
  }
}

export class TooManyProofsAsked extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_PROOFS_ASKED';

  constructor(max: number) {
    super(
      `An agent that nobody has claimed asks for this ${max} times at most.`,
      'Have it claimed; its operator may ask again: POST /agents/ID/verify-endpoint.',
    );
  }
}

export class AgentWasClaimed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'AGENT_CLAIMED';

  constructor() {
    super('Somebody has claimed this agent; it is theirs now.', 'Its operator can pause it: POST /agents/ID/pause.');
  }
}

/** A filter names something that the taxonomy has not. */
export class UnknownSlug extends DomainError {
  readonly kind: 'invalid' | 'not_found';
  readonly code: 'UNKNOWN_CATEGORY' | 'UNKNOWN_TASK_TYPE';

  constructor(
    what: 'category' | 'task_type',
    slug: string,
    meant: string | null,
    kind: 'invalid' | 'not_found' = 'invalid',
  ) {
    super(
      `There is no ${what === 'category' ? 'category' : 'task type'} "${slug.slice(0, 80)}".`,
      meant === null ? 'GET /categories lists what there is.' : `Did you mean "${meant}"?`,
      what,
    );
    this.kind = kind;
    this.code = what === 'category' ? 'UNKNOWN_CATEGORY' : 'UNKNOWN_TASK_TYPE';
  }
}
