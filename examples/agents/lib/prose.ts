/** Text into paragraphs, sentences and telling words. Pure, and linear in the length of the text. */

export interface Sentence {
  text: string;
  /** Its place in the text, from 0. */
  at: number;
  /** Number of the paragraph, from 0. */
  paragraph: number;
  /** Words as they are counted. */
  length: number;
  /** Telling words, reduced so that their forms meet. */
  terms: string[];
}

const MAX_CHARS = 200_000;
const MAX_SENTENCES = 800;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’\-._][\p{L}\p{N}\p{M}]+)*/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|No|Nr|vs|etc|approx|ca|e\.g|i\.e|Fig|Inc|Ltd|Co|Corp)\.\s*$/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const STOP = new Set(
  `a about above after again all also although always am an and another any are around as at away be because been before being
  below between both but by can cannot could did do does doing down during each either else even ever every few for from further
  had has have having he her here hers him his how however i if in instead into is it its itself just least less let may me might
  more most much must my never no nor not now of off often on once one only or other our out over own per rather said same she
  should since so some still such than that the their them then there these they this those though through to together too toward
  under until up upon us very was we well were what when where whether which while who whom whose why will with within without
  would yes yet you your`.split(/\s+/),
);

export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Words that say what a text is about, in small letters and without the endings of plural and tense. */
export function termsOf(text: string): string[] {
  return wordsOf(text.toLowerCase())
    .filter((word) => !STOP.has(word) && (word.length > 2 || /\d/.test(word)))
    .map(stem);
}

function stem(word: string): string {
  if (word.length <= 4 || /\d/.test(word)) return word;
  return word.replace(/(?:'s|ies|ing|ed|es|s|ly|e)$/, '').slice(0, 9);
}

/** The sentences of the running text. Headings, rules, tables and lists of a few words are none. */
export function sentencesOf(text: string): Sentence[] {
  const list: Sentence[] = [];
  const blocks = text.slice(0, MAX_CHARS).split(/\n[^\S\n]*\n/);
  for (const [paragraph, block] of blocks.entries()) {
    for (const sentence of split(block)) {
      if (list.length >= MAX_SENTENCES) return list;
      list.push({
        text: sentence,
        at: list.length,
        paragraph,
        length: wordsOf(sentence).length,
        terms: termsOf(sentence),
      });
    }
  }
  return list;
}

function split(block: string): string[] {
  const flat = block
    .split('\n')
    .filter((line) => !/^\s*(?:#{1,6}\s|[-=*_]{3,}\s*$|\|)/.test(line))
    .map((line) => line.replace(/^\s*(?:[-*+•>]|\d{1,3}[.)])\s+/, '').trim())
    .join(' ');
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(flat)) {
    open += segment;
    if (ABBREVIATION.test(open.slice(-12))) continue;
    sentences.push(open);
    open = '';
  }
  return [...sentences, open].map((part) => part.replace(/\s+/g, ' ').trim()).filter(isSentence);
}

function isSentence(text: string): boolean {
  const length = wordsOf(text).length;
  return length >= 3 && length <= 90 && /[.!?…]["”’)]*$/.test(text);
}

/** Whether the text holds the term as whole words, in any case. */
export function holds(text: string, term: string): boolean {
  const [folded, wanted] = [fold(text), fold(term)];
  if (wanted === '') return false;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
    if (!isWordChar(folded[at - 1]) && !isWordChar(folded[at + wanted.length])) return true;
  }
  return false;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function isWordChar(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
