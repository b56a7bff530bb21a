import type {} from '@fastify/cookie';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../platform/config.js';
import type { RequestContext } from '../platform/http/actor.js';
import type { Unrecognised } from '../platform/http/authorize.guard.js';
import { Credentials, type Recognised } from './credentials.service.js';
import { KEY_PREFIX } from './keys.service.js';
import { isSameOrigin } from './same-origin.js';
import { SESSION_COOKIE } from './session-cookie.js';
import { SESSION_PREFIX } from './sessions.service.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const KEY = new RegExp(`^${KEY_PREFIX}_[A-Za-z0-9]{20,100}$`);
const SESSION = new RegExp(`^${SESSION_PREFIX}_[A-Za-z0-9]{20,100}$`);

type Request = FastifyRequest & RequestContext & Unrecognised;

/**
 * The first of the guards: says who is calling and refuses nobody. A credential that opens nothing leaves its reason for
 * `AuthorizeGuard`, which comes after the counting, so that guessing keys is limited like everything else.
 */
@Injectable()
export class AuthenticateGuard implements CanActivate {
  constructor(
    private readonly credentials: Credentials,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<Request>();
    const found = await this.recognise(request);
    if (found && 'actor' in found) request.actor = found.actor;
    if (found && 'problem' in found) request.credentialProblem = found.problem;
    return true;
  }

  /** A key wins over a cookie, also when it is a bad one: whoever sends it means it. */
  private async recognise(request: Request): Promise<Recognised | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.byKey(authorization);
    const cookie = request.cookies[SESSION_COOKIE];
    return cookie === undefined ? null : this.bySession(request, cookie);
  }

  private async byKey(authorization: string): Promise<Recognised> {
    const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (token === undefined) return { problem: 'The Authorization header is not of the form "Bearer bko_...".' };
    if (!KEY.test(token)) return { problem: `That is no API key of this server: they look like "${KEY_PREFIX}_...".` };
    return this.credentials.ofKey(token);
  }

  private async bySession(request: Request, token: string): Promise<Recognised> {
    if (!SESSION.test(token)) return { problem: `The cookie ${SESSION_COOKIE} holds no session.` };
    if (!SAFE_METHODS.has(request.method) && !this.isOwnPage(request)) {
      return {
        problem: 'A session changes things only from this server itself: the request names another Origin, or none.',
      };
    }
    return this.credentials.ofSession(token);
  }

  private isOwnPage({ headers, host }: Request): boolean {
    const fetchSite = headers['sec-fetch-site'];
    const said = { origin: headers.origin, fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined };
    return isSameOrigin(said, { publicUrl: this.config.PUBLIC_URL, host });
  }
}
