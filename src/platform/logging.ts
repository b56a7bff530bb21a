import type { IncomingMessage } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { Config } from './config.js';

/** One line an event. Headers stay out, so no key, cookie or signature can get in; a query string may hold a signature. */
export function loggerParams(config: Config): Params {
  return {
    // nestjs-pino's own default matches nothing on Fastify.
    forRoutes: [{ path: '/*splat', method: RequestMethod.ALL }],
    pinoHttp: {
      level: config.LOG_LEVEL,
      genReqId: (request) => request.id,
      customAttributeKeys: { reqId: 'request_id', responseTime: 'took_ms' },
      quietReqLogger: true,
      quietResLogger: true,
      serializers: {
        req: (request: { method: string; url: string; remoteAddress?: string }) => ({
          method: request.method,
          path: request.url.split('?')[0],
          address: request.remoteAddress,
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
      customLogLevel: (request, response, error) => levelOf(request, response.statusCode, error),
      customSuccessMessage: (request, response) => `${request.method} ${pathOf(request)} ${response.statusCode}`,
      customErrorMessage: (request, response) => `${request.method} ${pathOf(request)} ${response.statusCode}`,
    },
  };
}

function levelOf(request: IncomingMessage, status: number, error: Error | undefined) {
  if (error || status >= 500) return 'error';
  return /^\/(health|metrics)/.test(request.url ?? '') ? 'debug' : 'info';
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split('?')[0] ?? '';
}
