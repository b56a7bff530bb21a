/**
 * Text as IFEval's checkers read it: Python's ideas of space, word and line, which are not JavaScript's. Everything here
 * is linear in the length of the text: the same patterns as regular expressions are quadratic on runs of spaces.
 */

const SPACES = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACE = new RegExp(`[${SPACES}]`);
const ANY_SPACE = new RegExp(`[${SPACES}]`, 'g');
/** What a word is made of: letters, digits and `_`, but no combining marks, so that Hindi falls into more words than it has. */
const WORD = /[\p{L}\p{N}_]+/gu;
const IN_WORD = '[\\p{L}\\p{N}_]';

export function isSpace(char: string | undefined): boolean {
  return char !== undefined && SPACE.test(char);
}

export function strip(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text[from])) from++;
  while (to > from && isSpace(text[to - 1])) to--;
  return text.slice(from, to);
}

/** Without any of these characters at its ends. */
export function stripOf(text: string, marks: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && marks.includes(text[from] ?? '')) from++;
  while (to > from && marks.includes(text[to - 1] ?? '')) to--;
  return text.slice(from, to);
}

export function wordCount(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

/** A word between edges of words, in any case. */
export function asWholeWord(pattern: string): string {
  const edge = `(?:(?<=${IN_WORD})(?!${IN_WORD})|(?<!${IN_WORD})(?=${IN_WORD}))`;
  return `${edge}(?:${pattern})${edge}`;
}

/** Lines that begin with `*` and something that is no second `*`, and lines that begin with `-`; spaces may stand before. */
export function bulletCount(text: string): number {
  return linesThatBeginWith(text, '*') + linesThatBeginWith(text, '-');
}

/** Blank lines belong to the bullet under them, and a lone `*` takes in the line that follows it. */
function linesThatBeginWith(text: string, mark: '*' | '-'): number {
  let count = 0;
  for (let line = 0; line <= text.length; ) {
    let at = line;
    while (isSpace(text[at])) at++;
    const next = text[at + 1];
    const isBullet = text[at] === mark && (mark === '-' || (next !== undefined && next !== '*'));
    if (isBullet) count++;
    const end = lineEnd(text, at + (isBullet && mark === '*' ? 2 : 0));
    line = isBullet && text[end - 1] === '\n' ? end : end + 1;
  }
  return count;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Spans between asterisks that hold something; a bold one counts as the double span that it is, and not as two. */
export function highlightCount(text: string): number {
  const single = (text.match(/\*[^\n*]*\*/g) ?? []).filter((span) => strip(stripOf(span, '*')) !== '');
  const double = (text.match(/\*\*[^\n*]*\*\*/g) ?? []).filter((span) => strip(span.slice(2, -2)) !== '');
  return single.length + double.length;
}

/** Shortest pairs of square brackets in one line. */
export function placeholderCount(text: string): number {
  return text.split('\n').reduce((count, line) => count + bracketPairs(line), 0);
}

function bracketPairs(line: string): number {
  let count = 0;
  for (let open = line.indexOf('['); open >= 0; count++) {
    const close = line.indexOf(']', open);
    if (close < 0) return count;
    open = line.indexOf('[', close);
  }
  return count;
}

/** The first title in double angle brackets with anything in it: in each line what stands from the first `<<` to the last `>>`. */
export function angledTitle(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const from = line.indexOf('<<');
    const to = line.lastIndexOf('>>');
    if (from < 0 || to < from + 3) continue;
    const title = strip(withoutAngles(line.slice(from, to + 2)));
    if (title !== '') return title;
  }
  return undefined;
}

function withoutAngles(text: string): string {
  let from = 0;
  let to = text.length;
  while (text[from] === '<') from++;
  while (to > from && text[to - 1] === '>') to--;
  return text.slice(from, to);
}

/** The parts between `mark`; undefined when one in the middle is blank. Blank ones at the ends don't count. */
export function partsBetween(text: string, mark: string): string[] | undefined {
  const parts = text.split(mark).map(strip);
  if (parts.slice(1, -1).includes('')) return undefined;
  return parts.filter((part) => part !== '');
}

/** One letter, without regard to case. */
export function letterCount(text: string, letter: string): number {
  return text.toLowerCase().split(letter.toLowerCase()).length - 1;
}

export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Marks that are tokens of their own under the Penn Treebank's rules; commas and colons only where no digit follows. */
const APART = /[*;@#$%&?!()[\]{}<>«»“”‘’„`"]|-{2}|\.{2,}|[:,](?!\d)/g;
const CONTRACTION = /(?<=[^' ])(?:'(?:s|m|d|ll|re|ve)|n't)(?= |$)/gi;
const FUSED = new RegExp(`(?<!${IN_WORD})(can|gon|got|lem|gim|wan)(not|na|ta|me)(?!${IN_WORD})`, 'giu');

/** How many tokens stand in capitals throughout: `IT'S` are two, `STATE-OF-THE-ART` is one, and so is `I`. */
export function capitalTokenCount(text: string): number {
  const apart = ` ${text.replace(APART, ' $& ').replace(ANY_SPACE, ' ')} `;
  const tokens = apart.replace(CONTRACTION, ' $&').replace(FUSED, fused).split(' ');
  return tokens.filter(isUpper).length;
}

const FUSED_WORDS = new Set(['cannot', 'gonna', 'gotta', 'lemme', 'gimme', 'wanna']);

function fused(whole: string, first: string, second: string): string {
  return FUSED_WORDS.has(whole.toLowerCase()) ? `${first} ${second}` : whole;
}

/** The first word of a paragraph up to its first mark, in small letters. */
export function firstWord(paragraph: string): string {
  const word = (paragraph.match(new RegExp(`^[^${SPACES}]*`))?.[0] ?? '').replace(/^'+/, '').replace(/^"+/, '');
  return word.replace(/[.,?!'"][\s\S]*$/, '').toLowerCase();
}

const BEFORE_JSON = ['```json', '```Json', '```JSON', '```'];

/** JSON, perhaps in a code fence, with the `NaN` and `Infinity` that Python reads. */
export function isJson(text: string): boolean {
  const open = BEFORE_JSON.reduce(
    (rest, mark) => (rest.startsWith(mark) ? rest.slice(mark.length) : rest),
    strip(text),
  );
  const inner = strip(open.endsWith('```') ? open.slice(0, -3) : open);
  const plain = inner.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (part) => (part[0] === '"' ? part : '0'));
  try {
    JSON.parse(plain);
    return true;
  } catch {
    return false;
  }
}
