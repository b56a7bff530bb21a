/** Text into words, sentences and lines, in any script. Pure, and linear in the length of the text. */

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’\-._][\p{L}\p{N}\p{M}]+)*/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ABBREVIATION =
  /(?:^|[\s(“"'])(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|approx|no|No|Nr|Fig|fig|Inc|Ltd|Co|Corp|dept|est|e\.g|i\.e|z\.B|d\.h|bzw|ca|p\.m|a\.m|U\.S)\.\s*$/u;

const wordSegments = new Intl.Segmenter('en', { granularity: 'word' });
const sentenceSegments = new Intl.Segmenter('en', { granularity: 'sentence' });

/** `don't`, `e-mail`, `3.5` and `example.com` are one word each; scripts without spaces are cut by dictionary. */
export function words(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => (UNSPACED.test(word) ? unspacedWords(word) : [word]));
}

function unspacedWords(run: string): string[] {
  return [...wordSegments.segment(run)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** Words as they are compared: without case, width and typographic quotes. */
export function foldedWords(text: string): string[] {
  return words(fold(text));
}

export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/’/g, "'");
}

/** The sentences of one paragraph. `Dr. Smith` and `e.g. this` do not end one. */
export function sentences(paragraph: string): string[] {
  const list: string[] = [];
  let open = '';
  for (const { segment } of sentenceSegments.segment(lines(paragraph).join(' '))) {
    open += segment;
    if (ABBREVIATION.test(open.slice(-12))) continue;
    list.push(open);
    open = '';
  }
  return [...list, open].map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
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

/** Characters as a person counts them: an emoji or an accented letter is one. */
export function characters(text: string): number {
  return [...text.normalize('NFC')].length;
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

/** Scripts without spaces have no word edges to look for. */
function isWhole(text: string, at: number, term: string): boolean {
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
  for (let at = 0; at + size <= list.length; at++) set.add(list.slice(at, at + size).join(' '));
  return set;
}

/** Of two sets, the share of what they have together that is in both. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const item of a) if (b.has(item)) both++;
  return both / (a.size + b.size - both);
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
