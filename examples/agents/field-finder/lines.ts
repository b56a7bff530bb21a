import { isSame } from './same.ts';

/** A text as lines with labels and blocks with rows. Pure. */

export interface Line {
  text: string;
  /** What stands before the first mark that parts label and value; null when there is none. */
  label: string | null;
  value: string;
  /** A heading, a bullet or nothing is between this and the next line. */
  isBlank: boolean;
}

export interface Block {
  lines: Line[];
  rows: string[][];
}

const MAX_LINES = 20_000;
const MAX_LINE = 2_000;
const MAX_LABEL = 80;
const PARTING = /[:=|\t]|\s{3,}|\.{3,}/;
const RULE = /^[-=_*~+|:\s]{3,}$/;

export function linesOf(text: string): Line[] {
  const raw = text.split('\n', MAX_LINES).map((line) => line.slice(0, MAX_LINE).trimEnd());
  return raw.map((text, at) => {
    const { label, value } = parted(text);
    const next = (raw[at + 1] ?? '').trim();
    return { text, label, value: value === '' ? next : value, isBlank: text.trim() === '' };
  });
}

/** Label and value: `Weight: 3 kg`, `**Weight:** 3 kg`, `| Weight | 3 kg |`, `Weight ..... 3 kg`. */
function parted(line: string): { label: string | null; value: string } {
  const text = line.trim().replace(/^[-*•>#|\s]+/, '');
  const mark = PARTING.exec(text.slice(0, MAX_LABEL));
  if (!mark || mark.index === 0) return { label: null, value: '' };
  const value = text.slice(mark.index + mark[0].length).replace(/^[\s*|:]+/, '');
  return { label: text.slice(0, mark.index).replaceAll('*', '').trim(), value: withoutBars(value) };
}

function withoutBars(value: string): string {
  const text = value.trim();
  return (text.endsWith('|') ? text.slice(0, -1) : text).trim();
}

/** The lines under a heading: up to a blank line after at least one, rules left out. */
export function tableUnder(lines: readonly Line[], label: string): Block | undefined {
  const at = lines.findIndex((line) => isSame(headingOf(line), label));
  return at < 0 ? undefined : blockFrom(lines, at + 1);
}

/** The first block whose head names at least half of these columns; each may go by several names. */
export function tableWith(lines: readonly Line[], columns: readonly (readonly string[])[]): Block | undefined {
  const at = lines.findIndex((line) => {
    const cells = cellsOf(line.text);
    const known = columns.filter((names) => cells.some((cell) => names.some((name) => isSame(cell, name))));
    return cells.length > 1 && known.length * 2 >= columns.length;
  });
  return at < 0 ? undefined : blockFrom(lines, at);
}

function headingOf({ text }: Line): string {
  return text.replace(/^[\s#*_[]+|[\s#*_:\]]+$/g, '');
}

function blockFrom(lines: readonly Line[], start: number): Block | undefined {
  const block: Line[] = [];
  for (const line of lines.slice(start)) {
    if (line.isBlank && block.length > 0) break;
    if (!line.isBlank && !RULE.test(line.text.trim())) block.push(line);
  }
  return block.length > 0 ? { lines: block, rows: block.map(({ text }) => cellsOf(text)) } : undefined;
}

/** The cells of a row: by bars, tabs, semicolons, runs of spaces, or commas, whichever comes first in this list. */
export function cellsOf(line: string): string[] {
  const text = line.trim().replace(/^\||\|$/g, '');
  const mark = [/\|/, /\t/, /;/, /\s{2,}/, /,/].find((one) => one.test(text.trim()));
  return mark
    ? text
        .trim()
        .split(mark, 100)
        .map((cell) => cell.trim())
    : [text.trim()];
}
