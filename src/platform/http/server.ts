import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { ErrorFilter, errorBody } from './error.filter.js';
import { RouteNotFound } from './errors.js';
import { jsonBody } from './json-body.js';
import { answerNoRequest } from './no-request.js';
import { serveOpenApi } from './openapi.js';
import { isRaw, limitRawBodies } from './raw-body.js';
import { Validation } from './validation.js';

const BODY_LIMIT = 2 ** 20;
/** Short, so that a stop does not wait long for a connection that went quiet meanwhile. */
const KEEP_ALIVE_MS = 5_000;

/** The application on Fastify, ready to `init()` or `listen()`; nothing has touched the database yet. */
export async function createApplication(module: Type | DynamicModule, config: Config): Promise<NestFastifyApplication> {
  let refusals: ErrorFilter;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: config.TRUST_PROXY,
    genReqId: requestIdOf,
    forceCloseConnections: 'idle',
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: 200 },
    // Paths that the router cannot read never reach Nest.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      refusals.answer(error, request, reply),
    clientErrorHandler: (error, socket) => answerNoRequest(error, socket, requestId()),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  app.useLogger(app.get(Logger));
  app.useGlobalPipes(new Validation());
  refusals = new ErrorFilter(app.get(Clock));
  app.useGlobalFilters(refusals);
  await app.register(fastifyCookie);
  await app.register(fastifyMultipart, {
    limits: {
      fileSize: config.MAX_ATTACHMENT_BYTES,
      files: 2, // one more than is taken, so that it can be refused by name
      fields: 10,
      fieldSize: 1_000,
      parts: 11,
      headerPairs: 50,
    },
  });
  const http = adapter.getInstance();
  readsOnlyJson(http);
  limitRawBodies(http);
  http.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'no-referrer');
    // What an account sees stays in no browser's cache, where the next one who signs in could find it.
    const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
    if (isJson && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  if (config.servesApi) serveOpenApi(app);
  else http.addHook('onRequest', onlyHealth(app.get(Clock)));
  return app;
}

/** Forms and plain text are no bodies here: a form of a foreign page could send them without asking. */
function readsOnlyJson(http: FastifyInstance): void {
  http.removeContentTypeParser('text/plain');
  http.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    async (request: FastifyRequest, body: Buffer) => (isRaw(request) ? body : jsonBody(body, BODY_LIMIT)),
  );
}

/** A worker answers its load balancer and its metrics' collector, and nobody else. */
function onlyHealth(clock: Clock) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (/^\/(health\/|metrics)/.test(request.url)) return;
    const error = new RouteNotFound(
      'This process only works; it serves no API.',
      'Ask a server with ROLE=api or ROLE=all.',
    );
    const meta = { request_id: String(request.id), timestamp: clock.now().toISOString() };
    await reply.status(404).send(errorBody(error, meta));
  };
}

/** One id for Fastify, the logs and the envelope. */
function requestIdOf(raw: IncomingMessage): string {
  raw.id ??= requestId();
  return String(raw.id);
}

function requestId(): string {
  return `req_${randomBytes(9).toString('base64url')}`;
}
