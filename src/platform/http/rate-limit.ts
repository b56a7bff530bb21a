import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { Db } from '../database/db.js';
import type { RequestContext } from './actor.js';
import { DomainError } from './errors.js';

const LIMIT = Symbol('limit');

/** A route's own limit for one address, besides the general ones. */
export interface RouteLimit {
  readonly name: string;
  readonly perS: number;
  readonly setting:
    | 'RATE_LIMIT_SIGNUP_PER_HOUR'
    | 'RATE_LIMIT_SIGN_IN_PER_MIN'
    | 'RATE_LIMIT_ADDRESS_PER_MIN'
    | 'RATE_LIMIT_PREVIEW_PER_MIN'
    | 'RATE_LIMIT_SELF_REGISTER_PER_HOUR'
    | 'RATE_LIMIT_CLAIM_PER_HOUR'
    | 'RATE_LIMIT_PRACTICE_PER_MIN'
    | 'RATE_LIMIT_DOCTOR_PER_HOUR'
    | 'RATE_LIMIT_CHECK_ENDPOINT_PER_HOUR';
  /** Counted for the account too, from whichever address it comes. */
  readonly perAccount?: true;
  /** What the body names that is counted too, from whichever address it comes; null when it names nothing. */
  readonly also?: (body: unknown) => string | null;
}

export const RateLimited = (limit: RouteLimit) => SetMetadata(LIMIT, limit);
/** Health, metrics and documents are not counted. */
export const Unlimited = () => SetMetadata(LIMIT, null);

export class RateLimitReached extends DomainError {
  readonly kind = 'rate_limited';
  readonly code = 'RATE_LIMITED';

  constructor({ name, limit, perS }: Bucket, waitS: number) {
    const per = perS === 60 ? 'a minute' : perS === 3_600 ? 'an hour' : `in ${perS} s`;
    const [of = 'this'] = name.split(':');
    super(
      `Too many requests: ${limit} ${per} are taken (limit "${of}").`,
      `Wait ${waitS} s; the X-RateLimit headers of every answer say what is left.`,
    );
  }
}

interface Bucket {
  readonly name: string;
  readonly limit: number;
  readonly perS: number;
}

/** Counts requests per key or session, account and address in fixed windows, in PostgreSQL, so that all processes count together. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const own = this.reflector.get<RouteLimit | null | undefined>(LIMIT, context.getHandler());
    if (own === null) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & RequestContext>();
    const reply = http.getResponse<FastifyReply>();
    const nowS = Math.floor(this.clock.now().getTime() / 1_000);
    const tightest = await this.count(this.bucketsOf(request, own), nowS);
    void reply.header('x-ratelimit-limit', tightest.limit);
    void reply.header('x-ratelimit-remaining', Math.max(0, tightest.left));
    void reply.header('x-ratelimit-reset', tightest.resetS);
    if (tightest.left >= 0) return true;
    void reply.header('retry-after', tightest.resetS - nowS);
    throw new RateLimitReached(tightest.bucket, tightest.resetS - nowS);
  }

  private bucketsOf({ actor, ip, body }: FastifyRequest & RequestContext, own: RouteLimit | undefined): Bucket[] {
    const buckets: Bucket[] = [{ name: `address:${ip}`, limit: this.config.RATE_LIMIT_ADDRESS_PER_MIN, perS: 60 }];
    if (actor) {
      buckets.push({ name: `${actor.via}:${actor.viaId}`, limit: this.config.RATE_LIMIT_KEY_PER_MIN, perS: 60 });
      buckets.push({ name: `account:${actor.accountId}`, limit: this.config.RATE_LIMIT_ACCOUNT_PER_MIN, perS: 60 });
    }
    if (own) buckets.push({ name: `${own.name}:${ip}`, limit: this.config[own.setting], perS: own.perS });
    if (own?.perAccount && actor)
      buckets.push({ name: `${own.name}:${actor.accountId}`, limit: this.config[own.setting], perS: own.perS });
    const named = own?.also?.(body) ?? null;
    if (own && named !== null)
      buckets.push({ name: `${own.name}:${sha256(named)}`, limit: this.config[own.setting], perS: own.perS });
    return buckets.sort((a, b) => (a.name < b.name ? -1 : 1)); // one lock order for all
  }

  /** Nobody waits for the disk: a few requests of its last moment are all that PostgreSQL could lose. */
  private async count(buckets: readonly Bucket[], nowS: number) {
    const starts = buckets.map(({ perS }) => nowS - (nowS % perS));
    const counted = await this.db.query<{ bucket: string; count: number }>(
      `WITH counted AS (
         INSERT INTO rate_counters (bucket, window_start, expires_at, count)
         SELECT b, s, e, 1 FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS t (b, s, e) ORDER BY b
         ON CONFLICT (bucket, window_start) DO UPDATE SET count = rate_counters.count + 1
         RETURNING bucket, count
       ) SELECT counted.* FROM counted, set_config('synchronous_commit', 'off', true)`,
      [buckets.map((b) => b.name), starts, buckets.map((b, i) => (starts[i] ?? 0) + b.perS)],
    );
    const counts = new Map(counted.map(({ bucket, count }) => [bucket, count]));
    const states = buckets.map((bucket, i) => ({
      bucket,
      limit: bucket.limit,
      left: bucket.limit - (counts.get(bucket.name) ?? 0),
      resetS: (starts[i] ?? 0) + bucket.perS,
    }));
    return states.reduce((tightest, state) => (state.left < tightest.left ? state : tightest));
  }
}

/** Of one length, and not to be read in the table. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
