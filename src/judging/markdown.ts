import { remembered } from './memo.js';

/**
 * The blocks of a Markdown text, and what a reader sees of it.
 *
 * Written by hand and line by line: an answer is hostile, and with nested quotes or lists the CommonMark parsers we
 * tried need minutes for 64 kB. This one is linear and knows what rules ask about, no more. Take care with its regular
 * expressions: two neighbours that both match spaces make a line of spaces quadratic.
 */
export type Block = { /** Its lines as they were written. */ readonly raw: string } & (
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph' | 'quote' | 'item'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
);

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const ITEM = /^[ \t]*(?:[-*+•‣◦▪–]|\d{1,4}[.)])[ \t]+(?=\S)(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;

/** Several readers of an answer ask for the blocks of the same text. */
export const blocks = remembered((source: string): readonly Block[] => read(source), { size: 8, mostChars: 50_000 });

function read(source: string): Block[] {
  const list: Block[] = [];
  const all = source.split('\n');
  for (let at = 0; at < all.length; ) {
    const line = all[at] ?? '';
    const fence = openingFence(line);
    if (fence) at = readCode(all, at, fence, list);
    else if (isTableHead(all, at)) at = readTable(all, at, list);
    else if (line.trim() === '' || RULE.test(line)) at++;
    else at = readText(all, at, list);
  }
  return list;
}

interface Fence {
  readonly mark: string;
  readonly language: string;
}

function openingFence(line: string): Fence | undefined {
  const [, mark, info = ''] = FENCE.exec(line) ?? [];
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return undefined;
  return { mark, language: (/^\s{0,20}(\S{0,30})/.exec(info)?.[1] ?? '').toLowerCase() };
}

/** A fence that is never closed reaches to the end. */
function readCode(all: string[], from: number, fence: Fence, list: Block[]): number {
  const { mark, language } = fence;
  let to = from + 1;
  while (to < all.length && !isClosing(all[to] ?? '', mark)) to++;
  list.push({
    kind: 'code',
    language,
    text: all.slice(from + 1, to).join('\n'),
    raw: all.slice(from, to + 1).join('\n'),
  });
  return to + 1;
}

function isClosing(line: string, mark: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(mark) && trimmed === (mark[0] ?? '').repeat(trimmed.length);
}

function isTableHead(all: string[], at: number): boolean {
  const line = all[at] ?? '';
  const next = all[at + 1] ?? '';
  return (
    line.includes('|') &&
    next.includes('|') &&
    next.includes('-') &&
    splitRow(next).every((cell) => /^:?-+:?$/.test(cell))
  );
}

function readTable(all: string[], from: number, list: Block[]): number {
  let to = from + 2;
  while (to < all.length && (all[to] ?? '').includes('|')) to++;
  list.push({
    kind: 'table',
    header: cells(all[from] ?? ''),
    rows: all.slice(from + 2, to).map(cells),
    raw: all.slice(from, to).join('\n'),
  });
  return to;
}

function cells(line: string): string[] {
  return splitRow(line).map(inline);
}

function splitRow(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split('|').map((cell) => cell.trim());
}

/** A heading, or the lines of one paragraph, item or quote. */
function readText(all: string[], from: number, list: Block[]): number {
  const line = all[from] ?? '';
  const heading = HEADING.exec(line);
  if (heading) {
    const text = inline((heading[2] ?? '').replace(/[ \t]#+[ \t]*$/, '').trim());
    list.push({ kind: 'heading', level: heading[1]?.length ?? 1, text, raw: line });
    return from + 1;
  }
  const item = ITEM.exec(line);
  const quoted = QUOTE.exec(line);
  const kind = item ? 'item' : quoted ? 'quote' : 'paragraph';
  const text = [item?.[1] ?? quoted?.[1] ?? line];
  let at = from + 1;
  for (; at < all.length && !startsBlock(all, at, kind); at++) {
    const underline = kind === 'paragraph' ? UNDERLINE.exec(all[at] ?? '') : null;
    if (underline) {
      const level = underline[1]?.startsWith('=') ? 1 : 2;
      list.push({
        kind: 'heading',
        level,
        text: inline(text.join(' ').trim()),
        raw: all.slice(from, at + 1).join('\n'),
      });
      return at + 1;
    }
    text.push((all[at] ?? '').replace(QUOTE, '$1').trim());
  }
  list.push({ kind, text: inline(text.join('\n').trim()), raw: all.slice(from, at).join('\n') });
  return at;
}

function startsBlock(all: string[], at: number, inside: Block['kind']): boolean {
  const line = all[at] ?? '';
  if (inside !== 'quote' && QUOTE.test(line)) return true;
  if (line.trim() === '' || HEADING.test(line) || ITEM.test(line) || openingFence(line) || isTableHead(all, at))
    return true;
  return RULE.test(line) && !UNDERLINE.test(line);
}

/** Text without its marks: `**bold**` and `[link](address)` become bold and link. */
export function inline(text: string): string {
  return text
    .replace(/!?\[([^[\]]{0,500})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/<\/?[a-z][^<>\n]{0,500}>/gi, ' ')
    .replace(/\*\*|__|~~|`/g, '')
    .replace(/(^|[^\p{L}\p{N}])[*_](?=\S)/gu, '$1')
    .replace(/(?<=\S)[*_](?![\p{L}\p{N}])/gu, '')
    .trim();
}

/** What a reader sees, block by block, without marks. */
export function prose(list: readonly Block[]): string {
  return list.map(blockText).join('\n\n');
}

export function blockText(block: Block): string {
  if (block.kind === 'table') return [block.header, ...block.rows].map((row) => row.join(' ')).join('\n');
  return block.text;
}

/** Emphasised spans: *so*, **so**, _so_ and __so__. */
export function highlights(source: string): number {
  const strong = /\*\*(?=\S)[^*\n]{1,500}\*\*|__(?=\S)[^_\n]{1,500}__/g;
  const count = source.match(strong)?.length ?? 0;
  const rest = source
    .replace(strong, ' ')
    .match(/(?<![*\p{L}\p{N}])\*(?=[^\s*])[^*\n]{1,500}\*|(?<![_\p{L}\p{N}])_(?=[^\s_])[^_\n]{1,500}_/gu);
  return count + (rest?.length ?? 0);
}
