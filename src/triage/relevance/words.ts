import { stemmer } from 'stemmer';
import { ALIASES, STOPWORDS } from './lexicon.js';

/** Text into the words it is compared by: stems without case, accents and endings. Pure, and linear in the text's length. */

/** A word with the parts of a compound in it: `e-mail`, `cap_17`, `node.js`, `c++`. */
const COMPOUND = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:\+\+|#)?(?:[-_./:'&][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const SEPARATORS = /[-_./:'&]/;
const CAMEL = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Most words: nothing to take apart. */
const PLAIN = /^[a-z0-9]+$/;
const MAX_WORD = 40;
const MEMO = 50_000;

/** One word of a text. Those with the same `at` are spellings of one: `e-mail` is `email` and `mail`. */
export interface Word {
  readonly stem: string;
  readonly at: number;
  /** The whole of a compound that is more than its parts: it names things, and is not counted as a word of its own. */
  readonly joined: boolean;
  /** A compound that means nothing in parts: `cap_17`, `gpt-4`, `e-commerce`. */
  readonly name: boolean;
}

/** The words of a text in their order, without stop words. */
export function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  let at = 0;
  for (const [compound] of folded(text).matchAll(COMPOUND)) {
    for (const word of spellings(compound)) found.push({ ...word, at });
    at++;
  }
  return found;
}

/** The different words of a text, in their order; those that only name things are left out. */
export function stemsOf(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap(({ stem, joined }) => (joined ? [] : [stem])))];
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').replace(/[’`´]/g, "'");
}

function spellings(compound: string): Omit<Word, 'at'>[] {
  if (PLAIN.test(compound)) return simple(compound);
  const parts = compound.split(SEPARATORS).flatMap((part) => part.split(CAMEL));
  if (parts.length === 1) return simple(compound);
  const whole = compound.replace(/[-_./:'&]/g, '').toLowerCase();
  const stems = parts.map((part) => simple(part));
  const numbered = parts.slice(1).every((part) => /^\p{N}+$/u.test(part));
  const isName = numbered || parts.some((part) => part.length === 1);
  return [...stems.flat(), ...simple(whole).map((word) => ({ ...word, joined: !isName, name: isName }))];
}

function simple(word: string): Omit<Word, 'at'>[] {
  if (word.length > MAX_WORD) return [];
  const lower = word.toLowerCase();
  if (UNSPACED.test(lower)) return pairs(lower).map((stem) => ({ stem, joined: false, name: false }));
  // A small number says nothing by itself, but stands in names: `cap 17`.
  if (/^\p{N}{1,2}$/u.test(lower)) return [{ stem: lower, joined: true, name: false }];
  if (lower.length < 2 || STOPWORDS.has(lower)) return [];
  return [{ stem: stem(lower), joined: false, name: false }];
}

/** Scripts without spaces: neighbouring characters. */
function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

const memo = new Map<string, string>();

/** A word without its endings; British and American spellings and irregular forms fall together. */
export function stem(word: string): string {
  const known = memo.get(word);
  if (known !== undefined) return known;
  if (memo.size >= MEMO) memo.clear();
  const made = stemmed(word);
  memo.set(word, made);
  return made;
}

function stemmed(word: string): string {
  const alias = ALIASES.get(word);
  if (alias !== undefined) return alias;
  if (!/^[a-z]+$/.test(word)) return word;
  const american = word
    .replace(/is(e|es|ed|ing|er|ers|ation|ations)$/, (_, end: string) => (word.length > 6 ? `iz${end}` : `is${end}`))
    .replace(/(?<=[a-z]{3})our(?=$|s$|ed$|ing$|ful$)/, 'or');
  const root = stemmer(american);
  return ALIASES.get(root) ?? root;
}
