import { Readable } from 'node:stream';
import { Agent, type buildConnector, Client, type Dispatcher, Pool } from 'undici';
import type { AllowList } from './addresses.js';
import { guardedConnector, type Resolve, systemResolve } from './connector.js';
import { type EgressAnswer, type EgressRequest, Exchange, type Line } from './exchange.js';
import { BadUrl, checkUrl } from './url.js';

export type { EgressAnswer, EgressRequest };

export interface EgressOptions {
  readonly allow: AllowList;
  /** The longest any connecting may take, in ms. */
  readonly connectTimeoutMs?: number;
  /** Certificate authorities (PEM) instead of the built-in ones. */
  readonly ca?: string;
  readonly resolve?: Resolve;
  /** A clock in ms that never goes back. */
  readonly now?: () => number;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** An idle connection is kept for 10 s, or for what the server asks up to 60 s; after 1000 requests the name is looked up anew. */
const KEEP_ALIVE = { keepAliveTimeout: 10_000, keepAliveMaxTimeout: 60_000, maxRequestsPerClient: 1_000 };
const MAX_HEADER_BYTES = 16_384;
const CHECKED_URLS = 2_048;

/**
 * Every call to an address that somebody else chose. https and public addresses only (besides the allow list), no
 * redirects, bounded in size; time is bounded by the caller's signal alone. One for the whole process: it owns the
 * connections.
 */
export class Egress {
  readonly allow: AllowList;
  private readonly agent: Agent;
  private readonly now: () => number;
  /** A check depends on the text alone, and an agent is called by the same text thousands of times. */
  private readonly checked = new Map<string, { origin: string; path: string }>();

  constructor(options: EgressOptions) {
    this.allow = options.allow;
    this.now = options.now ?? (() => performance.now());
    const connecting = {
      allow: options.allow,
      resolve: options.resolve ?? systemResolve(),
      timeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      ca: options.ca,
    };
    this.agent = new Agent({
      ...KEEP_ALIVE,
      allowH2: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Undici's own timers default to 300 s and would cut a longer answer: the signal is the one deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      factory: (origin, pool: Pool.Options) =>
        new Pool(origin, {
          ...pool,
          connect: guardedConnector(new URL(origin), connecting),
          factory: (to, client: GuardedClientOptions) => new LineClient(to, client, this.now),
        }),
    });
  }

  /** {@link checkUrl} with this server's allow list. @throws BadUrl */
  checkUrl(text: string, field?: string): URL {
    return checkUrl(text, this.allow, field);
  }

  /**
   * Sends one request. It is never repeated here, and no redirect is followed.
   *
   * @throws EgressFailure whatever went wrong on the way; anything else is a mistake of the caller (a header that can't be sent)
   */
  request(request: EgressRequest): Promise<EgressAnswer> {
    return new Promise((resolve, reject) => {
      const exchange = new Exchange(request, this.now, resolve, reject);
      if (request.signal.aborted) return exchange.watch();
      const target = this.target(request.url);
      if (target instanceof BadUrl) return exchange.fail('blocked', target.message, target);
      this.agent.dispatch(
        { ...target, method: request.method, headers: request.headers ?? {}, body: sendable(request.body) },
        exchange,
      );
      exchange.watch();
    });
  }

  /** Ends every connection; requests under way fail as `aborted`. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private target(url: string): { origin: string; path: string } | BadUrl {
    const known = this.checked.get(url);
    if (known) return known;
    try {
      const { origin, pathname, search } = checkUrl(url, this.allow);
      if (this.checked.size >= CHECKED_URLS) this.checked.clear();
      const target = { origin, path: pathname + search };
      this.checked.set(url, target);
      return target;
    } catch (error) {
      if (error instanceof BadUrl) return error;
      throw error;
    }
  }
}

function sendable(body: EgressRequest['body']): string | Uint8Array | Readable | null {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body ?? null;
  return Readable.from(body, { objectMode: false });
}

type GuardedClientOptions = Client.Options & { connect: buildConnector.connector };

/** A client that tells each request about its connection, which undici itself does not. */
class LineClient extends Client {
  private readonly line: Line;

  constructor(origin: URL, options: GuardedClientOptions, now: () => number) {
    const line: Line = { connectMs: 0, remoteAddress: null, fresh: true };
    super(origin, {
      ...options,
      connect: (to, callback) => {
        const startedAt = now();
        options.connect(to, (...result) => {
          const [error, socket] = result;
          if (!error)
            Object.assign(line, {
              connectMs: now() - startedAt,
              remoteAddress: socket.remoteAddress ?? null,
              fresh: true,
            });
          callback(...result);
        });
      },
    });
    this.line = line;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (handler instanceof Exchange) handler.line = this.line;
    return super.dispatch(options, handler);
  }
}
