import { DomainError } from '../platform/http/errors.js';

export class TooManyStreams extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'TOO_MANY_STREAMS';

  constructor(limit: number) {
    super(
      `An account follows at most ${limit} streams at a time.`,
      'Close one; GET /events carries the events of all your tasks in one stream.',
    );
  }
}

export class ServerStopping extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'SERVER_STOPPING';

  constructor() {
    super('This server is stopping.', 'Connect again in a few seconds, with the id of the last event you have.');
  }
}
