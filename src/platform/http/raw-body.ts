import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

interface RawConfig {
  readonly rawBodyBytes: number;
}

/** The handler reads the body's own bytes, as a signature needs them, and up to another limit than other operations. */
export const RawBody = (maxBytes: number) => RouteConfig({ rawBodyBytes: maxBytes } satisfies RawConfig);

/** Gives routes with a raw body their own limit. Before any route is added. */
export function limitRawBodies(http: FastifyInstance): void {
  http.addHook('onRoute', (route: RouteOptions) => {
    const maxBytes = rawBytesOf(route.config);
    if (maxBytes !== null) route.bodyLimit = maxBytes;
  });
}

export function isRaw(request: FastifyRequest): boolean {
  return rawBytesOf(request.routeOptions.config) !== null;
}

/** No body is an empty one. */
export function rawBodyOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function rawBytesOf(config: unknown): number | null {
  if (typeof config !== 'object' || config === null || !('rawBodyBytes' in config)) return null;
  return typeof config.rawBodyBytes === 'number' ? config.rawBodyBytes : null;
}
