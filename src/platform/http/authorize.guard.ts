import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { RequestContext, Scope } from './actor.js';
import { DomainError } from './errors.js';
import { PUBLIC, SCOPE } from './route-marks.js';

/** Left on a request whose credential opened nothing: why, for the caller to read. */
export interface Unrecognised {
  credentialProblem?: string;
}

export class NotSignedIn extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'UNAUTHENTICATED';

  constructor(
    message = 'This needs an API key or a session.',
    suggestion = 'Send "Authorization: Bearer bko_..."; POST /accounts makes an account, POST /keys a key.',
  ) {
    super(message, suggestion);
  }
}

export class ScopeMissing extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'SCOPE_MISSING';

  constructor(scope: Scope) {
    super(`This needs the scope "${scope}".`, 'Make a key with that scope: POST /keys.');
  }
}

/** The last of the guards: whoever called has been recognised and counted; may they? */
@Injectable()
export class AuthorizeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const { actor, credentialProblem } = context.switchToHttp().getRequest<RequestContext & Unrecognised>();
    if (!actor) throw new NotSignedIn(credentialProblem);
    const scope = this.reflector.getAllAndOverride<Scope>(SCOPE, targets);
    if (scope && !actor.scopes.has(scope)) throw new ScopeMissing(scope);
    return true;
  }
}
