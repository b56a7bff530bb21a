import { isIP } from 'node:net';
import { DomainError } from '../http/errors.js';
import { type AllowList, allowed, blocked, withoutBrackets } from './addresses.js';

const MAX_LENGTH = 2_048;

/** Names that by their definition lead to no public address. The connection is checked in any case; this is the earlier hint. */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

export type BadUrlCode =
  | 'URL_INVALID'
  | 'URL_TOO_LONG'
  | 'URL_NOT_HTTPS'
  | 'URL_HAS_CREDENTIALS'
  | 'URL_HAS_FRAGMENT'
  | 'URL_NOT_PUBLIC';

export class BadUrl extends DomainError {
  readonly kind = 'invalid';

  constructor(
    readonly code: BadUrlCode,
    message: string,
    suggestion: string,
    field?: string,
  ) {
    super(message, suggestion, field);
  }
}

/**
 * Checks an address that somebody else chose, as far as its text can tell: whole, https, no credentials, no fragment,
 * and not obviously private. Where the name really leads is checked when connecting.
 *
 * Nothing is repaired in silence: a text that the URL parser would quietly change the meaning of is refused.
 *
 * @param field how the caller names the input, for the error
 * @throws BadUrl
 */
export function checkUrl(text: string, allow: AllowList, field?: string): URL {
  if (text.length > MAX_LENGTH) {
    throw new BadUrl('URL_TOO_LONG', `The URL is longer than ${MAX_LENGTH} characters.`, 'Give a shorter one.', field);
  }
  const url = parsed(text, field);
  refuseExtras(text, url, field);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = withoutBrackets(url.hostname);
  const ip = isIP(host) ? host : null;
  const listed = allowed(allow, host, ip, port);
  if (url.protocol !== 'https:' && !(listed && url.protocol === 'http:')) {
    const own = `For one on the server's own machine or network, its operator starts it with EGRESS_ALLOW=${host}:${port}.`;
    throw new BadUrl(
      'URL_NOT_HTTPS',
      `${url.protocol}// is not used for calls.`,
      ip !== null && blocked(ip) ? `Give an https:// URL. ${own}` : 'Give an https:// URL.',
      field,
    );
  }
  if (!listed && (ip === null ? isLocalName(host, allow) : blocked(ip))) {
    throw new BadUrl(
      'URL_NOT_PUBLIC',
      `${url.hostname} is not a public address.`,
      'Give a URL that the public internet can reach, or ask the operator of this server to list it in EGRESS_ALLOW.',
      field,
    );
  }
  return url;
}

/** The parser drops tabs and line breaks and reads `\` as `/`: such text means different things to different readers. */
function parsed(text: string, field?: string): URL {
  const url = /[\s\\\p{Cc}]/u.test(text) ? null : URL.parse(text);
  if (url === null || url.hostname === '' || url.hostname.endsWith('.') || url.port === '0') {
    throw new BadUrl(
      'URL_INVALID',
      'This is not a complete URL.',
      'Give one such as https://agent.example.com/execute.',
      field,
    );
  }
  return url;
}

function refuseExtras(text: string, url: URL, field?: string): void {
  const authority = text.slice(url.protocol.length).match(/^\/*([^/?#]*)/)?.[1] ?? '';
  if (authority.includes('@')) {
    throw new BadUrl(
      'URL_HAS_CREDENTIALS',
      'The URL carries a user name or password.',
      'Leave out the part before the @.',
      field,
    );
  }
  if (text.includes('#')) {
    throw new BadUrl(
      'URL_HAS_FRAGMENT',
      'The part after # is never sent to a server.',
      'Leave out the # and what follows.',
      field,
    );
  }
}

/** With a range in the list a local name may be meant to lead there, so the connection decides. */
function isLocalName(host: string, allow: AllowList): boolean {
  return allow.ranges.length === 0 && (!host.includes('.') || LOCAL_NAMES.test(host));
}
