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
  constructor(until: Date, why: string) {
    super(
      `The next benchmark of this agent may start at ${until.toISOString()}: ${why}.`,
      'Until then, GET /agents/ID/benchmark says what was missing and what would have passed.',
    );
  }
}

/** Its endpoint has not proven to be the operator's: nothing is sent there yet. */
export class EndpointUnverified extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ENDPOINT_UNVERIFIED';

  constructor(agentId: string, reason: string | null) {
    super(
      `The agent's endpoint has not proven that it holds the signing secret. ${reason ?? 'It has not been asked yet.'}`,
      `Run the agent with its secret, then POST /agents/${agentId}/verify-endpoint; GET /agents/mine/${agentId} shows when it is verified.`,
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
        ? 'A paused agent is not called.'
        : `The agent's health endpoint does not answer as it should: ${why.reason ?? 'no reason is known'}`,
      why.paused ? 'POST /agents/ID/resume first.' : 'Repair it, then POST /agents/ID/probe; a good probe is enough.',
    );
    this.code = why.paused ? 'AGENT_PAUSED' : 'AGENT_UNHEALTHY';
  }
}

/** A run was asked for of something that the agent does not declare. */
export class CapabilityNotDeclared extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'CAPABILITY_NOT_DECLARED';

  constructor(index: number) {
    super(
      'The agent does not declare this capability.',
      'PATCH /agents/ID with it first; GET /agents/mine/ID shows what it declares.',
      `capabilities.${index}`,
    );
  }
}
