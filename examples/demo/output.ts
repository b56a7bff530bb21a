import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cut, harmless, wrapped } from './text.ts';

export interface Saved {
  name: string;
  path: string;
  size: number;
}

const MAX_NAME = 100;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name from a stranger as one that can be written into a folder of ours: no folder, nothing hidden, nothing odd. */
export function fileName(name: string): string {
  const base = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = base
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^[. -]+/, '')
    .replace(/[. ]+$/, '');
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  const short = clean.length > MAX_NAME ? clean.slice(0, MAX_NAME - ending.length) + ending : clean;
  if (short === '') return 'file';
  return RESERVED.test(short) ? `_${short}` : short;
}

/** Names that differ, also where small and capital letters are the same. */
export function fileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const clean = fileName(name);
    const ending = /\.[^.]*$/.exec(clean)?.[0] ?? '';
    let free = clean;
    for (let copy = 2; taken.has(free.toLowerCase()); copy++)
      free = `${clean.slice(0, clean.length - ending.length)}-${copy}${ending}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** A folder's name that says which task it is: words of the title and the end of the id. */
export function folderName(title: string, taskId: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const short = words.length > 40 ? words.slice(0, 40).replace(/-[^-]*$/, '') : words;
  return `${short || 'task'}-${taskId.replace(/[^a-z0-9]/gi, '').slice(-8)}`;
}

/** Writes files into a new folder; a file that is there already is not touched. */
export function save(folder: string, files: readonly { name: string; content: Uint8Array }[]): Saved[] {
  mkdirSync(folder, { recursive: true });
  const names = fileNames(files.map(({ name }) => name));
  return files.map(({ content }, index) => {
    const name = names[index] ?? 'file';
    const path = join(folder, name);
    writeFileSync(path, content, { flag: 'wx' });
    return { name, path, size: content.byteLength };
  });
}

/** A path as somebody who stands in `base` writes it. */
export function pathFrom(base: string, path: string): string {
  const short = relative(base, path);
  return short.startsWith('..') ? path : short;
}

const PREVIEWED_BYTES = 8_000;
const PROSE = /^text\/(?:markdown|plain)\b/;

/**
 * The first lines of a file, each without what a terminal would obey; prose is wrapped, and anything else is cut. Of the
 * files that come after the first only prose is shown, and less of it. Nothing of what is no text.
 */
export function preview(content: Uint8Array, mediaType: string, position: number, width: number): string[] {
  const head = content.subarray(0, PREVIEWED_BYTES);
  const isProse = PROSE.test(mediaType);
  const most = position === 0 ? 6 : isProse ? 4 : 0;
  if (head.includes(0) || most === 0) return [];
  const lines = new TextDecoder()
    .decode(head)
    .split(/\r?\n/)
    .map((line) => harmless(line).trimEnd());
  while (lines.at(-1) === '') lines.pop();
  const shaped = isProse
    ? lines.filter((line) => line !== '').flatMap((line) => wrapped(line, width))
    : lines.map((line) => cut(line, width));
  return shaped.length > most ? [...shaped.slice(0, most), '…'] : shaped;
}
