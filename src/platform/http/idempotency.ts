import { createHmac } from 'node:crypto';
import {
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Clock } from '../clock.js';
import { SecretBox } from '../crypto/secrets.js';
import { Db, rows, type Tx } from '../database/db.js';
import type { RequestContext } from './actor.js';
import { BadRequest, DomainError } from './errors.js';

export class IdempotencyKeyReused extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'IDEMPOTENCY_KEY_REUSED';

  constructor() {
    super(
      'This Idempotency-Key was used for another request.',
      'Send a new key with a new request, or the same body to get the first answer again.',
      'Idempotency-Key',
    );
  }
}

interface OnceRequest {
  readonly scope: string;
  readonly key: string | null;
  /** What makes it the same request: method, path and body. */
  readonly text: string;
  readonly replayed: () => void;
}

/** One request that moves something, run at most once for its `Idempotency-Key`. Without a key it just runs. */
export class Once {
  constructor(
    private readonly db: Db,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    private readonly request: OnceRequest,
  ) {}

  /**
   * Runs `work` in a transaction whose first row is the key's: a second call with it waits for the first and gets the same
   * view. When `work` throws, the key is free again.
   *
   * @param content what the request carried besides its JSON body, such as an upload's hash
   * @throws IdempotencyKeyReused the key came with another request
   */
  async run<T>(operation: string, work: (tx: Tx) => Promise<T>, content = ''): Promise<T> {
    const { key } = this.request;
    if (key === null) return this.db.transaction(work);
    return this.db.transaction(async (tx) => {
      const where = {
        scope: this.request.scope,
        key,
        operation,
        requestHash: this.hash(`${this.request.text}\n${content}`),
      };
      if (!(await this.claim(tx, where))) return this.replay<T>(tx, where);
      const view = await work(tx);
      await this.keep(tx, where, view);
      return view;
    });
  }

  /** Keyed, since the body may be a password: a plain hash of one can be guessed. */
  private hash(text: string): string {
    return createHmac('sha256', this.secrets.derive('idempotency')).update(text).digest('hex');
  }

  private async claim(tx: Tx, { scope, operation, key, requestHash }: Row): Promise<boolean> {
    const claimed = await rows(
      tx,
      `INSERT INTO idempotency_keys (scope, operation, key, request_hash, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [scope, operation, key, requestHash, this.clock.now()],
    );
    return claimed.length > 0;
  }

  private async keep(tx: Tx, row: Row, view: unknown): Promise<void> {
    const sealed = this.secrets.seal(JSON.stringify(view ?? null), placeOf(row));
    await rows(tx, 'UPDATE idempotency_keys SET view = $4 WHERE scope = $1 AND operation = $2 AND key = $3', [
      row.scope,
      row.operation,
      row.key,
      sealed,
    ]);
  }

  private async replay<T>(tx: Tx, row: Row): Promise<T> {
    const [stored] = await rows<{ request_hash: string; view: string }>(
      tx,
      'SELECT request_hash, view FROM idempotency_keys WHERE scope = $1 AND operation = $2 AND key = $3',
      [row.scope, row.operation, row.key],
    );
    if (stored?.request_hash !== row.requestHash) throw new IdempotencyKeyReused();
    this.request.replayed();
    return JSON.parse(this.secrets.open(stored.view, placeOf(row)));
  }
}

interface Row {
  readonly scope: string;
  readonly operation: string;
  readonly key: string;
  readonly requestHash: string;
}

const placeOf = ({ scope, operation, key }: Row) => ({
  table: 'idempotency_keys',
  column: 'view',
  row: `${scope} ${operation} ${key}`,
});

/** The request's `Once`. A POST that creates or moves something does all its writing in `once.run(...)`. */
export const OnceOnly = createParamDecorator((_: unknown, context: ExecutionContext): Once => {
  const { once } = context.switchToHttp().getRequest<{ once?: Once }>();
  if (!once) throw new Error('IdempotencyInterceptor is not installed.');
  return once;
});

/** Reads `Idempotency-Key` and hangs the request's `Once` on it. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: Db,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & RequestContext & { once?: Once }>();
    const reply = http.getResponse<FastifyReply>();
    if (request.method !== 'GET') {
      request.once = new Once(this.db, this.secrets, this.clock, {
        scope: request.actor ? `account:${request.actor.accountId}` : `address:${request.ip}`,
        key: keyOf(request.headers['idempotency-key']),
        text: `${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`,
        replayed: () => void reply.header('idempotency-replayed', 'true'),
      });
    }
    return next.handle();
  }
}

function keyOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw new BadRequest(
    'BAD_IDEMPOTENCY_KEY',
    'An Idempotency-Key has 1 to 255 visible ASCII characters.',
    'A random UUID is a good one.',
    'Idempotency-Key',
  );
}
