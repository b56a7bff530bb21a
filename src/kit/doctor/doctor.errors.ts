import { DomainError } from '../../platform/http/errors.js';

export class DoctorNotRun extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'DOCTOR_NOT_RUN';

  constructor() {
    super('The doctor has not looked at this agent yet.', 'POST /agents/ID/doctor has it begin.');
  }
}

export class DoctorRunning extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'DOCTOR_RUNNING';

  constructor() {
    super(
      'The doctor is looking at this agent.',
      'GET /agents/ID/doctor shows what it has found; agent.doctor_finished says when it is through.',
    );
  }
}

/** Callbacks are played where the agent runs. */
export class DoctorSyncOnly extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'DOCTOR_SYNC_ONLY';

  constructor() {
    super(
      'This agent answers later, and the doctor here plays calls that are answered at once.',
      'Run it where the agent runs: npx @bakeoff/agent-kit doctor URL --async.',
    );
  }
}
