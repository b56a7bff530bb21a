import type { Scope } from '../platform/http/actor.js';
import { DomainError } from '../platform/http/errors.js';

export class EmailTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'EMAIL_TAKEN';

  constructor() {
    super(
      'There is an account with that email address.',
      'Sign in with POST /sessions, or take another address.',
      'email',
    );
  }
}

/** One answer for a wrong address and a wrong password, so that it tells nobody who has an account. */
export class WrongCredentials extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'WRONG_CREDENTIALS';

  constructor() {
    super('Email address and password do not fit together.', 'Check both; POST /accounts makes a new account.');
  }
}

/** Said only to whoever knows the password. */
export class AccountDisabled extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'ACCOUNT_DISABLED';

  constructor() {
    super('This account is disabled.', 'Ask the operator of this server.');
  }
}

export class KeyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'KEY_NOT_FOUND';

  constructor() {
    super('There is no such key.', 'GET /keys lists yours.');
  }
}

export class TooManyKeys extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_KEYS';

  constructor(limit: number) {
    super(`An account has at most ${limit} keys at a time.`, 'Revoke one that is not used: DELETE /keys/:id.');
  }
}

/** Nobody gives a key more than they have themselves. */
export class ScopeNotGrantable extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'SCOPE_NOT_GRANTABLE';

  constructor(missing: Scope, grantable: readonly Scope[]) {
    super(`You do not have the scope "${missing}" yourself.`, `You can give: ${grantable.join(', ')}.`, 'scopes');
  }
}

/** A key that may only read changes nothing, keys included. */
export class KeyOnlyReads extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'KEY_ONLY_READS';

  constructor() {
    super('A key with nothing but the scope "read" changes nothing.', 'Sign in, or use a key with another scope.');
  }
}

/** A key revokes itself and keys that may do no more than it may. */
export class KeyStronger extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'KEY_STRONGER';

  constructor(missing: Scope) {
    super(
      `That key has the scope "${missing}", which yours has not.`,
      'Sign in, or use a key with at least its scopes.',
    );
  }
}

export class NoSession extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NO_SESSION';

  constructor() {
    super('You came with an API key, so there is no session to end.', 'DELETE /keys/:id revokes a key.');
  }
}

export class AccountNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'ACCOUNT_NOT_FOUND';

  constructor() {
    super('There is no such account.', 'POST /accounts makes one.');
  }
}
