import { stripVTControlCharacters } from 'node:util';

/** Words and numbers for people. Pure. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are to go
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A line of a stranger's text without anything that a terminal would obey. */
export function harmless(line: string): string {
  return stripVTControlCharacters(line.toWellFormed()).replaceAll('\t', '  ').replace(UNSEEN, '');
}

/** A stranger's text in one line, to be read inside of ours. */
export function shown(text: string): string {
  return harmless(text.replace(/\s+/g, ' ')).trim();
}

/** How many columns a text takes, colours not counted. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(stripVTControlCharacters(text))) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;

/** Cut to so many columns, with a sign that it was. For text without colours. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (widthOf(result + segment) >= width) break;
    result += segment;
  }
  return `${result.trimEnd()}…`;
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function paddedLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** A text broken at its spaces into lines of at most so many columns; the lines after the first are indented. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) > width && line.trim() !== '') {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

export function bytes(size: number): string {
  if (size < 1_000) return counted(size, 'byte');
  return size < 1_000_000 ? `${(size / 1_000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

/** An interval of points: "92", or "92-97.5" where something stayed open. */
export function points({ low, high }: { low: number; high: number }): string {
  const [from, to] = [low, high].map((value) => String(Number(value.toFixed(1))));
  return from === to ? `${from}` : `${from}-${to}`;
}

export function listed(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}
