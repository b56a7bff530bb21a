import { STOP_WORDS } from './lexicon.js';
import { remembered } from './memo.js';
import { lines } from './text.js';

/** A text into sentences, in any script. Pure, and linear in the length of the text. */

const END = /[.!?…؟۔।॥]+[)"'”’»\]*_]*(?=\s|$)|[。！？｡]+[」』”’）)"]*/g;

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** They stand before a name. */
const TITLES = words(`
  mr mrs ms dr prof st mt gen col sgt capt lt rev hon sr sra srta dra mme mlle hr fr gov sen rep pres messrs dipl ing`);
/** They stand before a number, and are words of their own elsewhere. */
const BEFORE_NUMBERS = words('no nr nos fig figs p pp vol sec art abs ch chap eq ver tab num max min ca approx tel s');
/** Something follows them, unless a sentence plainly begins. */
const SHORT = words(`
  e.g i.e eg ie vs cf al est dept inc ltd co corp jr bros jan feb apr aug sept oct nov dec u.s u.k e.u u.n ph.d b.a m.a
  z.b d.h bzw u.a evtl ggf inkl zzgl str pág p.ej ej env av jh chr approx ca`);
/** They as often end a sentence. */
const AT_ENDS = words('etc usw a.m p.m');
const GERMAN_MONTHS = /^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b/;

/** The sentences of one paragraph. `Dr. Smith`, `e.g. this`, `3.5` and `"Stop!" he said` do not end one. Many ask for the same. */
export const sentences = remembered((paragraph: string): readonly string[] => split(paragraph), {
  size: 64,
  mostChars: 10_000,
});

function split(paragraph: string): string[] {
  const text = lines(paragraph).join(' ');
  const isUncased = !/\p{Lu}/u.test(text);
  const list: string[] = [];
  let from = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (!endsSentence(text, from, match, isUncased)) continue;
    list.push(text.slice(from, end));
    from = end;
  }
  list.push(text.slice(from));
  return list.map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function endsSentence(text: string, from: number, match: RegExpExecArray, isUncased: boolean): boolean {
  const [mark] = match;
  if (/[。！？｡।॥۔؟]/.test(mark)) return true;
  const next = text.slice(match.index + mark.length, match.index + mark.length + 40).trimStart();
  // Quotes and brackets may open what follows.
  const opening = next.replace(/^[("'“‘«[*_]+/, '');
  const goesOn = /^\p{Ll}/u.test(opening) && !isUncased;
  if (!/^\.(?!\.)/.test(mark)) return !goesOn;
  return !goesOn && !isShort(text, from, match.index, opening);
}

/** Whether the full stop belongs to an abbreviation, an initial, or the number of a list or a day. */
function isShort(text: string, from: number, at: number, next: string): boolean {
  const before = text.slice(Math.max(from, at - 16), at);
  const token = /[\p{L}\p{N}.-]*$/u.exec(before)?.[0] ?? '';
  const word = token.toLowerCase();
  const follower = /^[\p{L}\p{M}'’]+/u.exec(next)?.[0] ?? '';
  const begins = STOP_WORDS.has(follower.toLowerCase()) && follower !== 'I';
  if (/^\d{1,3}$/.test(token))
    return text.slice(from, at).trim() === token || (token.length < 3 && GERMAN_MONTHS.test(next));
  if (TITLES.has(word) && /^\p{Lu}/u.test(next)) return /^\p{Lu}/u.test(token) && !begins;
  if (BEFORE_NUMBERS.has(word) && /^\d/.test(next)) return true;
  if (AT_ENDS.has(word)) return !/^\p{Lu}/u.test(next) && next !== '';
  if (SHORT.has(word)) return !begins && next !== '';
  return /^(?:\p{L}\.)*\p{L}$/u.test(token) && token !== 'I' && !begins && next !== '' && !/^\d/.test(token);
}
