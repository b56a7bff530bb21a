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
