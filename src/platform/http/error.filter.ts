import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { BadRequest, DomainError, InvalidInput, RouteNotFound, STATUS_OF_KIND } from './errors.js';

export interface ErrorBody {
  ok: false;
  error: {
    code: string;
    message: string;
    suggestion: string;
    field?: string;
    fields?: readonly { field: string; message: string }[];
  };
  meta: { request_id: string; timestamp: string };
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** What a handler may have said of the answer that it then could not give. */
const OF_THE_ANSWER = ['content-length', 'content-disposition', 'cache-control', 'etag'];

/** Renders every refusal as the one error envelope. What is no refusal is a bug: logged whole, shown as a bare 500. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  constructor(private readonly clock: Clock) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = asDomainError(thrown, request);
    if (!error) this.log.error({ err: thrown, request_id: request.id }, 'unexpected error');
    if (reply.raw.headersSent) {
      reply.raw.destroy(); // half an answer must not look like a whole one
      return;
    }
    for (const name of OF_THE_ANSWER) void reply.removeHeader(name);
    if (error?.kind === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
    const body = errorBody(error, { request_id: String(request.id), timestamp: this.clock.now().toISOString() });
    void reply
      .status(error ? STATUS_OF_KIND[error.kind] : 500)
      .type(JSON_TYPE)
      .send(body);
  }
}

export function errorBody(error: DomainError | null, meta: ErrorBody['meta']): ErrorBody {
  if (!error) {
    const message = 'Something went wrong on our side.';
    const suggestion = `Try again; if it stays, tell the operator this request id: ${meta.request_id}.`;
    return { ok: false, error: { code: 'INTERNAL', message, suggestion }, meta };
  }
  return {
    ok: false,
    error: {
      code: error.code,
      message: error.message,
      suggestion: error.suggestion,
      ...(error.field === undefined ? {} : { field: error.field }),
      ...(error instanceof InvalidInput ? { fields: error.fields } : {}),
    },
    meta,
  };
}

class TooLarge extends DomainError {
  readonly kind = 'too_large';
  readonly code = 'BODY_TOO_LARGE';
}

class UnsupportedMedia extends DomainError {
  readonly kind = 'unsupported';
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
}

class DatabaseAway extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'DATABASE_UNAVAILABLE';
}

/** What Fastify, Nest and PostgreSQL throw for things that callers or the weather do; null for a bug. */
function asDomainError(thrown: unknown, request: FastifyRequest): DomainError | null {
  if (thrown instanceof DomainError) return thrown;
  const status = statusOf(thrown);
  if (status !== null && status >= 400 && status < 500) return asRefusal(status, messageOf(thrown), request);
  const code = codeOf(thrown);
  // 22P05, 22021: text with NUL or bytes that PostgreSQL cannot hold. Bodies were searched for it; this is for paths and queries.
  if (code === '22P05' || code === '22021') {
    return new BadRequest('BAD_TEXT', 'The text holds a character that cannot be stored (NUL).', 'Remove it.');
  }
  if (isConnectionLost(thrown, code)) {
    return new DatabaseAway(
      'The database cannot be reached at the moment.',
      'Try again in a few seconds with the same Idempotency-Key.',
    );
  }
  return null;
}

function asRefusal(status: number, message: string, request: FastifyRequest): DomainError {
  switch (status) {
    case 404:
      return new RouteNotFound(
        `There is nothing at ${request.method} ${pathOf(request.url)}.`,
        'See /docs for every operation.',
      );
    case 413:
      return new TooLarge('The body is too large.', 'Send less; the limits stand in /docs.');
    case 406:
    case 415:
      return new UnsupportedMedia(
        'That content type is not understood here.',
        'Send application/json, or for an upload multipart/form-data.',
      );
    default:
      return new BadRequest('BAD_REQUEST', message, 'Compare the request with /docs.');
  }
}

/** The status that Nest, Fastify or one of its plugins gives an error; null where it has none. */
function statusOf(thrown: unknown): number | null {
  if (thrown instanceof HttpException) return thrown.getStatus();
  return thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : null;
}

const CONNECTION_CODES = /^(57P0[123]|08\w{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;

/** PostgreSQL closes the connection with what it calls FATAL; pg has no code for one that closed without a word. */
function isConnectionLost(thrown: unknown, code: string | undefined): boolean {
  if (code !== undefined && CONNECTION_CODES.test(code)) return true;
  if (!(thrown instanceof Error)) return false;
  if ('severity' in thrown && thrown.severity === 'FATAL') return true;
  // pg and its pool say these in words alone; the second is a pool that was exhausted for too long.
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(thrown.message);
}

/** pg puts its code on the error, TypeORM on `driverError`. */
function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  if ('driverError' in thrown) return codeOf(thrown.driverError);
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'The request could not be read.';
}

function pathOf(url: string): string {
  return url.split('?')[0]?.slice(0, 200) ?? '';
}
