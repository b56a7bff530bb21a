import { domainToUnicode } from 'node:url';
import { htmlOf, type Reading, svgOf } from '../artifact-text.js';
import { isPrivateHost } from './hosts.js';

/** An address in an artifact, and the text that a reader sees instead of it. */
export interface Link {
  readonly href: string;
  readonly text: string;
}

const MOST_LINKS = 2_000;
const ADDRESSES = new Set([
  'href',
  'xlink:href',
  'src',
  'action',
  'formaction',
  'data',
  'poster',
  'srcset',
  'background',
]);

/** Every link: of pages and drawings by their elements, of Markdown by its marks, and bare addresses in any text. */
export function linksOf(reading: Reading): Link[] {
  const { format, source } = reading;
  if (format === 'binary') return [];
  const marked = format === 'html' || format === 'svg' ? elementLinks(reading) : markdownLinks(source);
  const bare = format === 'html' || format === 'svg' ? [] : bareLinks(source);
  return [...marked, ...bare].slice(0, MOST_LINKS);
}

function elementLinks(reading: Reading): Link[] {
  const parsed = reading.format === 'html' ? htmlOf(reading) : svgOf(reading);
  if (parsed.kind !== 'ok') return [];
  return parsed.value.elements.flatMap((element) =>
    Object.entries(element.attributes)
      .filter(([name]) => ADDRESSES.has(name.toLowerCase()))
      .map(([, href]) => ({ href, text: 'tag' in element && element.tag === 'a' ? element.text : '' })),
  );
}

const INLINE = /\[([^\][\n]{0,300})\]\(\s{0,3}<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,500})?)/g;
const DEFINED = /^ {0,3}\[[^\][\n]{1,200}\]:[ \t]{0,5}<?(\S{1,2000})/gm;
const BARE = /\b(?:https?|ftp):\/\/[^\s<>"'`\\)\]}]{1,2000}/gi;

function markdownLinks(source: string): Link[] {
  const inline = [...source.matchAll(INLINE)].map(([, text = '', href = '']) => ({ href, text }));
  const defined = [...source.matchAll(DEFINED)].map(([, href = '']) => ({ href: href.replace(/>$/, ''), text: '' }));
  return [...inline, ...defined];
}

function bareLinks(source: string): Link[] {
  return [...source.matchAll(BARE)].map(([href]) => ({ href: href.replace(/[.,;:!?*_]{1,10}$/, ''), text: '' }));
}

export interface Allowed {
  readonly privateHosts: boolean;
  readonly plainHttp: boolean;
}

/** Why nobody should follow it, or undefined. Relative links and fragments lead nowhere else. */
export function linkProblem({ href, text }: Link, { privateHosts, plainHttp }: Allowed): string | undefined {
  const plain = href.replace(/[\s\p{C}]/gu, '');
  if (/^(?:javascript|vbscript|livescript):/i.test(plain)) return 'runs a script';
  if (
    /^data:(?:text\/html|image\/svg|application\/xhtml|text\/xml|application\/javascript|text\/javascript)/i.test(plain)
  )
    return 'is a page inside of an address';
  if (/^file:|^\\\\/i.test(plain)) return "leads to a file on the reader's own disk";
  const address = plain.startsWith('//') ? `https:${plain}` : plain;
  if (!/^(?:https?|ftp):/i.test(address)) return undefined;
  // In examples a host may be a blank to fill in.
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'carries a name or password';
  if (isDisguised(address, url.hostname)) return 'hides its host in another notation';
  const like = lookalike(url.hostname);
  if (like !== undefined) return `imitates ${like} with letters of another alphabet`;
  if (!privateHosts && isPrivateHost(url.hostname)) return 'leads into a private network';
  if (!plainHttp && url.protocol === 'http:' && !isPrivateHost(url.hostname)) return 'is not encrypted';
  return differs(text, url.hostname) ? `shows "${text.trim().slice(0, 60)}" and leads to ${url.hostname}` : undefined;
}

/** Numbers that turn out to be an address: `http://2130706433`, `http://0x7f.1`. */
function isDisguised(address: string, hostname: string): boolean {
  const written = /^[a-z]+:\/*([^/?#:]*)/i.exec(address)?.[1] ?? '';
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) && written !== hostname;
}

/** Letters of other alphabets, each before the Latin one that it looks like. */
const LIKE = new Map(
  'аa еe оo рp сc уy хx ѕs іi јj ԁd һh ԛq ԝw ӏl гr вb кk мm нh тt пn οo αa νv ρp ιi κk τt υu ϲc ɡg ıi'
    .split(' ')
    .map(([other = '', latin = '']) => [other, latin] as const),
);

/** The host in Latin letters that this one could be taken for. Names that are all of one other alphabet are honest. */
export function lookalike(hostname: string): string | undefined {
  if (!hostname.includes('xn--')) return undefined;
  const shown = domainToUnicode(hostname);
  const labels = shown.split('.');
  const isLatinEnd = /^[a-z]+$/.test(labels.at(-1) ?? '');
  for (const label of labels) {
    if (/^[\p{ASCII}]*$/u.test(label)) continue;
    const folded = [...label].map((char) => LIKE.get(char) ?? char).join('');
    const isMixed = /\p{Script=Latin}/u.test(label) && /\p{Script=Cyrillic}|\p{Script=Greek}/u.test(label);
    if (isMixed || (isLatinEnd && /^[a-z\d-]+$/.test(folded))) return shown.replace(label, folded);
  }
  return undefined;
}

const HOST_TEXT = /^\s*(?:https?:\/\/)?((?:[\p{L}\d-]{1,63}\.)+\p{L}{2,24})(?:[/?#:]\S*)?\s*$/iu;

/** The text is an address too, and of another site: its last two names are others. */
function differs(text: string, hostname: string): boolean {
  const host = HOST_TEXT.exec(text)?.[1]?.toLowerCase();
  if (host === undefined || FILE_LIKE.test(host)) return false;
  const asUrl = URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : host;
  return site(asUrl) !== site(hostname);
}

/** "package.json" and "Node.js" are texts of links and no hosts. */
const FILE_LIKE =
  /\.(?:js|ts|md|json|txt|html?|css|py|sh|rs|go|rb|java|pdf|csv|ya?ml|xml|svg|png|jpe?g|zip|sql|toml|net|io)$/i;

function site(hostname: string): string {
  return hostname
    .replace(/^www\./, '')
    .split('.')
    .slice(-2)
    .join('.');
}
