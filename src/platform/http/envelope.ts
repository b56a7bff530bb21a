import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { Clock } from '../clock.js';
import { Page } from './pagination.js';

const BARE = Symbol('bare');

/** The handler's answer goes out as it is: files, streams, metrics, health. */
export const Bare = () => SetMetadata(BARE, true);

export interface Meta {
  request_id: string;
  timestamp: string;
}

/** Wraps what a handler returns as `{ ok, data, meta }`; a page brings its cursor into `meta`. */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  constructor(
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.reflector.get<boolean>(BARE, context.getHandler())) return next.handle();
    const { id } = context.switchToHttp().getRequest<{ id: string }>();
    return next.handle().pipe(map((value) => this.wrap(value, id)));
  }

  private wrap(value: unknown, requestId: string) {
    const meta: Meta = { request_id: requestId, timestamp: this.clock.now().toISOString() };
    if (!(value instanceof Page)) return { ok: true, data: value ?? null, meta };
    return { ok: true, data: value.items, meta: { ...meta, next_cursor: value.nextCursor, has_more: value.hasMore } };
  }
}
