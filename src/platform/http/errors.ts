/** What kind of refusal it is. One table gives each its HTTP status; MCP and logs use the kind itself. */
export const STATUS_OF_KIND = {
  bad_request: 400,
  unauthenticated: 401,
  insufficient: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof STATUS_OF_KIND;

/** One thing wrong with one field, as the caller named it (`budget`, `attachments.0.name`). */
export interface FieldProblem {
  field: string;
  message: string;
}

/**
 * A refusal that the caller can understand and act on. The code outlives its wording.
 * Anything thrown that is no DomainError is a bug: logged whole, shown as a bare 500.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;

  constructor(
    message: string,
    /** What the caller can do next; an agent may act on it. */
    readonly suggestion: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The input does not fit its schema; `fields` says where. */
export class InvalidInput extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'INVALID_INPUT';

  constructor(readonly fields: readonly FieldProblem[]) {
    const first = fields[0];
    super(
      first ? `${first.field}: ${first.message}` : 'The input is not valid.',
      'Correct the named fields; /docs shows the schema of every operation.',
      first?.field,
    );
  }
}

export class RouteNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'ROUTE_NOT_FOUND';
}

/** A request that could not even be read: broken JSON, a header that makes no sense. */
export class BadRequest extends DomainError {
  readonly kind = 'bad_request';
  readonly code: string;

  constructor(code: string, message: string, suggestion: string, field?: string) {
    super(message, suggestion, field);
    this.code = code;
  }
}
