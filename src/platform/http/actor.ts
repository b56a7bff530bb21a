import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

export const SCOPES = ['read', 'tasks', 'agents', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
export type Role = 'member' | 'admin';

/** Who is calling: a signed-in browser or a program with an API key. */
export interface Actor {
  readonly accountId: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  readonly via: 'session' | 'key';
  /** The session's or the key's id: what a log line and a rate limit are counted by. */
  readonly viaId: string;
}

/** What the guards and interceptors hang on a request. */
export interface RequestContext {
  actor?: Actor;
}

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<RequestContext>();
  if (!actor) throw new Error('A route without an actor asks for one: is it marked @Public()?');
  return actor;
});
