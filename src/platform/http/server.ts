import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import { StandardSchemaValidationPipe, type Type } from '@nestjs/common';
import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorFilter, errorBody } from './error.filter.js';
import { type FieldProblem, InvalidInput, RouteNotFound } from './errors.js';
import { serveOpenApi } from './openapi.js';

const BODY_LIMIT = 2 ** 20;
/** Short, so that a stop does not wait long for a connection that went quiet meanwhile. */
const KEEP_ALIVE_MS = 5_000;

/** The application on Fastify, ready to `init()` or `listen()`; nothing has touched the database yet. */
export async function createApplication(module: Type | DynamicModule, config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.TRUST_PROXY,
    genReqId: requestId,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { bufferLogs: true, abortOnError: false });
  app.useLogger(app.get(Logger));
  app.useGlobalPipes(validation());
  app.useGlobalFilters(new ErrorFilter(app.get(Clock)));
  await app.register(fastifyCookie);
  await app.register(fastifyMultipart, {
    limits: { fileSize: config.MAX_ATTACHMENT_BYTES, files: 1, fields: 10, fieldSize: 1_000, parts: 11, headerPairs: 50 },
  });
  const http = adapter.getInstance();
  http.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'no-referrer');
  });
  if (config.servesApi) serveOpenApi(app);
  else http.addHook('onRequest', onlyHealth(app.get(Clock)));
  return app;
}

/** Field problems as the caller named the fields, instead of Nest's list of sentences. */
export function validation(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => new InvalidInput(issues.map(problemOf)),
  });
}

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  /** zod names the fields that should not be there beside the path of where they stand. */
  readonly keys?: readonly string[];
}

function problemOf({ message, path = [], keys = [] }: Issue): FieldProblem {
  const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return { field: [...names, ...keys.slice(0, 1)].join('.') || 'body', message };
}

/** A worker answers its load balancer and its metrics' collector, and nobody else. */
function onlyHealth(clock: Clock) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (/^\/(health\/|metrics)/.test(request.url)) return;
    const error = new RouteNotFound('This process only works; it serves no API.', 'Ask a server with ROLE=api or ROLE=all.');
    const meta = { request_id: String(request.id), timestamp: clock.now().toISOString() };
    await reply.status(404).send(errorBody(error, meta));
  };
}

/** One id for Fastify, the logs and the envelope. */
function requestId(raw: IncomingMessage): string {
  raw.id ??= `req_${randomBytes(9).toString('base64url')}`;
  return String(raw.id);
}
