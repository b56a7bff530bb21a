import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** The bytes of an address, 4 or 16. A mapped IPv4 address (::ffff:a.b.c.d) is the IPv4 address it stands for. */
type Bytes = readonly number[];

interface Range {
  readonly base: Bytes;
  readonly bits: number;
}

/** What `EGRESS_ALLOW` opens besides the public internet. Made by {@link parseAllow}. */
export interface AllowList {
  /** `host:port`, the host in its normal form */
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly { readonly range: Range; readonly port: number | null }[];
}

export class BadAllowList extends Error {
  constructor(entry: string, problem: string) {
    super(
      `"${entry}" ${problem}; write host:port, CIDR or CIDR:port, such as agents.internal:8080, [::1]:8080, 10.0.0.0/8:443`,
    );
    this.name = 'BadAllowList';
  }
}

/** IANA's special-purpose registry for IPv4, wherever it says "not globally reachable", and what is no unicast. */
const BLOCKED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Looks public, but inside Azure it is the host that hands out a machine's credentials.
  '168.63.129.16/32',
].map(rangeOf);

/** IPv6 is the other way round: only this is unicast, less the ranges below. */
const GLOBAL_V6 = rangeOf('2000::/3');

/** Protocol assignments with Teredo and benchmarking, documentation, 6to4 (which reaches any IPv4 address), documentation. */
const BLOCKED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'].map(rangeOf);

/** NAT64: the last four bytes are the IPv4 address that is really reached. */
const NAT64 = rangeOf('64:ff9b::/96');

/** Whether `ip` is anything but a public unicast address. What is no address at all is blocked too. */
export function blocked(ip: string): boolean {
  const bytes = bytesOf(ip);
  return bytes === null || blockedBytes(bytes);
}

function blockedBytes(bytes: Bytes): boolean {
  if (bytes.length === 4) return BLOCKED_V4.some((range) => contains(range, bytes));
  if (contains(NAT64, bytes)) return blockedBytes(bytes.slice(12));
  return !contains(GLOBAL_V6, bytes) || BLOCKED_V6.some((range) => contains(range, bytes));
}

/**
 * Reads `EGRESS_ALLOW`: entries of `host:port`, `CIDR` or `CIDR:port`, separated by commas. Empty text opens nothing.
 *
 * @throws BadAllowList naming the entry and what fits
 */
export function parseAllow(text: string): AllowList {
  const hosts = new Set<string>();
  const ranges: AllowList['ranges'][number][] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    if (entry.includes('/')) ranges.push(parseRange(entry));
    else hosts.add(parseHostPort(entry));
  }
  return { hosts, ranges };
}

/**
 * Whether the list opens this place: by `host:port`, by the address with its port, or by a range.
 *
 * @param ip the address reached, or null while it is not known (then only the host can match)
 */
export function allowed(list: AllowList, host: string, ip: string | null, port: number): boolean {
  if (list.hosts.size === 0 && list.ranges.length === 0) return false;
  if (list.hosts.has(`${hostKey(host)}:${port}`)) return true;
  const bytes = ip === null ? null : bytesOf(ip);
  if (bytes === null) return false;
  if (list.hosts.has(`${bytesText(bytes)}:${port}`)) return true;
  return list.ranges.some((entry) => (entry.port === null || entry.port === port) && contains(entry.range, bytes));
}

/** `[::1]`, `::1` or `LocalHost` in the form the list is kept in. */
function hostKey(host: string): string {
  const bare = withoutBrackets(host).toLowerCase();
  const bytes = bytesOf(bare);
  return bytes === null ? bare : bytesText(bytes);
}

export function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

function parseHostPort(entry: string): string {
  const [, host = '', port = ''] = /^(\[[0-9a-f:.]+\]|[^:[\]@?#\s]+):(\d{1,5})$/i.exec(entry) ?? [];
  if (host === '') throw new BadAllowList(entry, isIP(entry) ? 'has no port' : 'is not understood');
  const ascii = host.startsWith('[') ? host : domainToASCII(host);
  if (host.startsWith('[') ? isIP(withoutBrackets(host)) !== 6 : !/^[a-z0-9._-]+$/.test(ascii)) {
    throw new BadAllowList(entry, 'has no host name');
  }
  return `${hostKey(ascii)}:${portOf(entry, port)}`;
}

function parseRange(entry: string): AllowList['ranges'][number] {
  const [, base = '', bits = '', port] = /^\[?([0-9a-f:.]+)\/(\d{1,3})\]?(?::(\d{1,5}))?$/i.exec(entry) ?? [];
  const bytes = bytesOf(base);
  if (bytes === null || Number(bits) > bytes.length * 8) throw new BadAllowList(entry, 'is not a range of addresses');
  return { range: rangeOf(`${base}/${bits}`), port: port === undefined ? null : portOf(entry, port) };
}

function portOf(entry: string, text: string): number {
  const port = Number(text);
  if (port < 1 || port > 65_535) throw new BadAllowList(entry, 'has a port that is not 1 to 65535');
  return port;
}

function rangeOf(cidr: string): Range {
  const [base = '', bits = ''] = cidr.split('/');
  return { base: bytesOf(base) ?? [], bits: Number(bits) };
}

function contains({ base, bits }: Range, bytes: Bytes): boolean {
  if (base.length !== bytes.length) return false;
  return base.every((byte, index) => {
    const significant = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - significant)) & 0xff;
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
}

/** @returns null for what is no address, and for one with a zone (fe80::1%eth0), which never leaves its link */
function bytesOf(ip: string): Bytes | null {
  const family = isIP(ip);
  if (family === 4) return ip.split('.').map(Number);
  if (family === 0 || ip.includes('%')) return null;
  const bytes = groupsOf(ip).flatMap((group) => [group >> 8, group & 0xff]);
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return mapped ? bytes.slice(12) : bytes;
}

/** The eight groups of an IPv6 address. The URL parser has already turned a dotted tail into two groups. */
function groupsOf(ip: string): number[] {
  const [left = '', right] = withoutBrackets(new URL(`http://[${ip}]`).hostname).split('::');
  const before = hexGroups(left);
  const after = hexGroups(right ?? '');
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function hexGroups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

function bytesText(bytes: Bytes): string {
  return bytes.length === 4 ? bytes.join('.') : Buffer.from(bytes).toString('hex');
}
