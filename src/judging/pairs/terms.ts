import { stemmer } from 'stemmer';
import { BRIEF_WORDS, FILLER_WORDS, STOP_WORDS } from '../lexicon.js';
import { foldedWords } from '../text.js';

/** Words of orders and not of their subjects. */
const ORDER_WORDS = new Set(
  (
    'generate provide explain describe discuss suggest compose identify determine classify rewrite paraphrase summarize translate ' +
    'following given statement instruction instructions input output help tell show imagine using construct convert calculate ' +
    'rephrase sort correct fill blank complete edit fix extract brainstorm recommend propose list lists rank compare ' +
    'haiku poem couplet rhyming rhyme limerick sonnet verse dialogue conversation recipe slogan tagline title headline caption name sentence argument ' +
    'counterexample synonym antonym opposite verb noun adjective fact opinion word words term two-line one-line ' +
    'ask asks asked asking question questions suggestion suggestions note memo message overview outline table chart ' +
    'object json code script function program regex query steps step example examples choose pick select mention say give named called ' +
    'someone somebody person people way ways thing things kind kinds type types idea ideas reason reasons'
  ).split(' '),
);

/** How much is wanted is nothing that an answer would say. */
const AMOUNTS =
  /\b\d+(?:(?: ?(?:-|–|to|or|and) ?)\d+)?[ -](?:words?|sentences?|paragraphs?|characters?|lines?|bullets?|items?|points?|pages?|tags?)\b/gi;

/** Longer runs are no words, and the stemmer is slow on them. */
const LONGEST = 40;

/** A word in the form in which its inflections meet. */
export function rootOf(word: string): string {
  if (word.length > LONGEST) return word;
  return stemmer(word.normalize('NFKD').replace(/[\p{M}'’]/gu, ''));
}

/** The words that say what an order is about, each once. */
export function subjectOf(order: string): string[] {
  const telling = foldedWords(order.replace(AMOUNTS, ' ')).filter(
    (word) => isTelling(word) && !ORDER_WORDS.has(word) && !BRIEF_WORDS.has(word),
  );
  const byRoot = new Map(telling.map((word) => [rootOf(word), word]));
  return [...byRoot.values()].slice(0, 30);
}

/** The telling words of a text, as roots. */
export function contentOf(text: string): Set<string> {
  return new Set(
    foldedWords(text)
      .filter((word) => word.length > 2 && !STOP_WORDS.has(word))
      .map(rootOf),
  );
}

/** Whether a word occurs, in any of its forms, also as a part of a compound: `houseplants` in a text on plants. */
export function occurs(word: string, roots: ReadonlySet<string>, words: readonly string[]): boolean {
  if (roots.has(rootOf(word))) return true;
  const bare = word.replace(/s$/, '');
  if (bare.length < 5) return false;
  return words.some((other) => other.length >= 5 && (other.includes(bare) || bare.includes(other.replace(/s$/, ''))));
}

function isTelling(word: string): boolean {
  if (/^[\d.,-]+$/.test(word)) return word.length > 1;
  return word.length > 2 && !STOP_WORDS.has(word) && !FILLER_WORDS.has(word);
}
