import { lookup, Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AllowList, allowed, blocked, withoutBrackets } from './addresses.js';
import { AddressBlocked } from './failure.js';

/** The addresses of a host name. @param trusted whether the operator listed the name by itself */
export type Resolve = (host: string, trusted: boolean) => Promise<readonly string[]>;

export interface ConnectorOptions {
  readonly allow: AllowList;
  readonly resolve: Resolve;
  readonly timeoutMs: number;
  /** Certificate authorities instead of the built-in ones. */
  readonly ca?: string | undefined;
}

/**
 * The one way out: connects to `origin`, and only to an address that may be called. The addresses are checked before
 * a packet leaves, and the one really connected to once more.
 */
export function guardedConnector(origin: URL, options: ConnectorOptions): buildConnector.connector {
  const host = withoutBrackets(origin.hostname);
  const port = Number(origin.port) || (origin.protocol === 'https:' ? 443 : 80);
  const mayReach = (ip: string) => !blocked(ip) || allowed(options.allow, host, ip, port);
  const base = buildConnector({
    timeout: options.timeoutMs,
    lookup: guardedLookup(host, mayReach, options.resolve, allowed(options.allow, host, null, port)),
    allowH2: false,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  return (to, callback) => {
    // net.connect() asks no lookup for an address literal.
    const literal = withoutBrackets(to.hostname);
    if (isIP(literal) && !mayReach(literal)) return callback(new AddressBlocked(host), null);
    base(to, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (mayReach(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new AddressBlocked(host), null);
    });
  };
}

/** One blocked address among the answers refuses them all: an honest name has no reason to mix. */
function guardedLookup(
  host: string,
  mayReach: (ip: string) => boolean,
  resolve: Resolve,
  trusted: boolean,
): LookupFunction {
  return (name, options, callback) => {
    resolve(name, trusted).then(
      (ips) => {
        if (!ips.every(mayReach)) return callback(new AddressBlocked(host), []);
        const answers = ips.map((address) => ({ address, family: isIP(address) }));
        const first = answers[0];
        if (!first) return callback(noSuchHost(), []);
        if (options.all) callback(null, answers);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function noSuchHost(): NodeJS.ErrnoException {
  return Object.assign(new Error('The name has no address.'), { code: 'ENOTFOUND' });
}

/** How long IPv6 answers are waited for once the IPv4 ones are there, in ms. */
const SECOND_FAMILY_MS = 300;

/**
 * Strangers' names go to the DNS servers directly. getaddrinfo(), which also reads the hosts file, would hold one of
 * the process's few threads for as long as somebody's slow name server likes; it serves the operator's own names.
 */
export function systemResolve(): Resolve {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return async (host, trusted) => {
    if (trusted) return (await lookup(host, { all: true })).map(({ address }) => address);
    const v6 = resolver.resolve6(host).catch(() => []);
    const v4 = await resolver.resolve4(host).catch((error: Error) => error);
    if (v4 instanceof Error) {
      const ips = await v6;
      if (ips.length === 0) throw v4;
      return ips;
    }
    return [...v4, ...(await Promise.race([v6, emptyAfter(SECOND_FAMILY_MS)]))];
  };
}

function emptyAfter(ms: number): Promise<string[]> {
  return new Promise((resolve) => setTimeout(resolve, ms, []).unref());
}
