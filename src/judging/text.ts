import { memo, remembered } from './memo.js';

/** Text into words, paragraphs and lines, in any script. Pure, and linear in the length of the text. */

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’\-._][\p{L}\p{N}\p{M}]+)*/gu;
/** The same for a text of nothing but Latin letters and common marks, which is several times as fast. */
const LATIN =
  '0-9A-Za-z\\u00aa\\u00b2\\u00b3\\u00b5\\u00b9\\u00ba\\u00bc-\\u00be\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f';
const LATIN_WORD = new RegExp(`[${LATIN}]+(?:['’._-][${LATIN}]+)*`, 'g');
const BEYOND_LATIN = /[^\0-\u024f\u2000-\u206f]/;
const BEYOND_ASCII = /[^\0-\x7f]/;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const wordSegments = new Intl.Segmenter('en', { granularity: 'word' });

/** `don't`, `e-mail`, `3.5` and `example.com` are one word each; scripts without spaces are cut by dictionary. */
export function words(text: string): string[] {
  if (!BEYOND_LATIN.test(text)) return text.match(LATIN_WORD) ?? [];
  return (text.match(WORD) ?? []).flatMap((word) => (UNSPACED.test(word) ? unspacedWords(word) : [word]));
}

function unspacedWords(run: string): string[] {
  return [...wordSegments.segment(run)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

const rememberedWords = remembered((text: string): readonly string[] => words(fold(text)), {
  size: 16,
  mostChars: 50_000,
});

/** Words as they are compared: without case, width and typographic quotes. Many rules ask for those of the same text. */
export function foldedWords(text: string): readonly string[] {
  return text.length < 200 ? words(fold(text)) : rememberedWords(text);
}

export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replace(/’/g, "'");
}

/** What stands between blank lines, or between lines of `separator`. */
export function paragraphs(text: string, separator?: string): string[] {
  const parts = separator === undefined ? text.split(/\n[^\S\n]*\n/) : text.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Cuts off every last character that is one of `marks`. A loop: `/[...]+$/` is quadratic on long runs. */
export function trimEndOf(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && marks.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Where a character may be made of several code points: combining marks, emoji, flags, syllables of other scripts. */
const COMPOSED =
  /[^\0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u20a0-\u20bf\u3000-\u3029\u3040-\u3098\u309b-\u9fff\uac00-\ud7a3]/;

/** Characters as a person counts them: an emoji, a flag or an accented letter is one. */
export function characters(text: string): number {
  if (!COMPOSED.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** How often `term` stands in the text as whole words, without regard to case; both are folded here. */
export function occurrences(text: string, term: string): number {
  return occurrencesFolded(fold(text), term);
}

export function occurrencesFolded(folded: string, term: string): number {
  const wanted = fold(term).trim().replace(/\s+/g, ' ');
  if (wanted === '') return 0;
  let count = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    if (isWhole(folded, at, wanted)) count++;
  }
  return count;
}

/** Whether the term at this place is no part of a longer word. Scripts without spaces have no edges to look for. */
export function isWhole(text: string, at: number, term: string): boolean {
  if (UNSPACED.test(term)) return true;
  const inWord = /[\p{L}\p{N}\p{M}]/u;
  const before = text.slice(Math.max(0, at - 2), at).at(-1) ?? '';
  const after = text.at(at + term.length) ?? '';
  const beginsWord = inWord.test(term[0] ?? '');
  const endsWord = inWord.test(term.at(-1) ?? '');
  return !(beginsWord && inWord.test(before)) && !(endsWord && inWord.test(after));
}

/** Runs of `size` words, as a set: what two texts have in common word for word. */
export function shingles(list: readonly string[], size: number): Set<string> {
  const set = new Set<string>();
  // Parts of one string cost a fraction of strings that are put together.
  const joined = list.join(' ');
  let from = 0;
  let to = list.slice(0, size - 1).reduce((length, word) => length + word.length + 1, 0);
  for (let at = 0; at + size <= list.length; at++) {
    to += list[at + size - 1]?.length ?? 0;
    set.add(joined.slice(from, to));
    from += (list[at]?.length ?? 0) + 1;
    to += 1;
  }
  return set;
}

/** Runs of five words tell a copy from two texts on the same subject. They are made once for words that several rules ask for. */
export const runsOfFive = memo((list: readonly string[]): ReadonlySet<string> => shingles(list, 5));

/** Of two sets, the share of what they have together that is in both. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const item of a) if (b.has(item)) both++;
  return both / (a.size + b.size - both);
}

/** The same where it is above a limit, else 0: whoever looks for what is nearly the same needn't count how much differs. */
export function jaccardAbove(limit: number, a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  // Above the limit are those that have at least this many in common.
  const needed = (limit * (a.size + b.size)) / (1 + limit);
  if (a.size === 0 || b.size < needed) return 0;
  let missing = 0;
  for (const item of a) if (!b.has(item) && ++missing > a.size - needed) return 0;
  const both = a.size - missing;
  const likeness = both / (a.size + b.size - both);
  return likeness > limit ? likeness : 0;
}

/** The share of `part` that is also in `whole`. */
export function contained(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  if (part.size === 0) return 0;
  let both = 0;
  for (const item of part) if (whole.has(item)) both++;
  return both / part.size;
}

/** A short, printable quotation for evidence. */
export function quote(text: string, max = 60): string {
  const flat = text
    .slice(0, max * 10)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  return `"${flat.length > max ? `${flat.slice(0, max - 1)}…` : flat}"`;
}
