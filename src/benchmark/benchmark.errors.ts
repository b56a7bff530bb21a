import { DomainError } from '../platform/http/errors.js';

export class BenchmarkNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'BENCHMARK_NOT_FOUND';

  constructor() {
    super('This agent has run no benchmark yet.', 'POST /agents/ID/benchmark starts one.');
  }
}

export class BenchmarkRunning extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'BENCHMARK_RUNNING';

  constructor() {
    super(
      'A benchmark of this agent is under way.',
      'GET /agents/ID/benchmark shows it; a run that ends makes a benchmark.* event.',
    );
  }
}

export class BenchmarkCooldown extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'BENCHMARK_COOLDOWN';

  /** @param until when the next run may start */
  constructor(until: Date) {
    super(
      `The last benchmark of this agent failed; the next may start at ${until.toISOString()}.`,
      'Until then, GET /agents/ID/benchmark says what was missing.',
    );
  }
}

/** Nothing can be called that is paused or does not answer. */
export class AgentNotCallable extends DomainError {
  readonly kind = 'conflict';
  readonly code: 'AGENT_PAUSED' | 'AGENT_UNHEALTHY';

  constructor(why: { paused: true } | { paused: false; reason: string | null }) {
    super(
      why.paused
        ? 'A paused agent runs no benchmark.'
        : `The agent's health endpoint does not answer as it should: ${why.reason ?? 'no reason is known'}`,
      why.paused ? 'POST /agents/ID/resume first.' : 'Repair it, then POST /agents/ID/probe; a good probe is enough.',
    );
    this.code = why.paused ? 'AGENT_PAUSED' : 'AGENT_UNHEALTHY';
  }
}

export class FixtureFileNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'FILE_NOT_FOUND';

  constructor() {
    super('There is no such file.', 'Take its address from the request that named it.');
  }
}

export class FixtureLinkExpired extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'LINK_EXPIRED';

  constructor() {
    super('This link is not valid, or not any more.', 'It is good for as long as the call that named it.');
  }
}
