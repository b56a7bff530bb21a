import type {} from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { Config } from '../platform/config.js';
import type { OpenedSession } from './sessions.service.js';

export const SESSION_COOKIE = 'bakeoff_session';

/**
 * Scripts can't read it, foreign sites' forms don't carry it, and where the server is https it never travels in the clear: by its
 * public address, or by what a trusted proxy says of this request.
 */
function attributes(reply: FastifyReply, config: Config) {
  const secure = (config.PUBLIC_URL?.startsWith('https:') ?? false) || reply.request.protocol === 'https';
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}

export function setSessionCookie(reply: FastifyReply, { token, expires_at }: OpenedSession, config: Config): void {
  void reply.setCookie(SESSION_COOKIE, token, { ...attributes(reply, config), expires: new Date(expires_at) });
}

export function clearSessionCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(SESSION_COOKIE, attributes(reply, config));
}
