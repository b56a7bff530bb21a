import { detectLanguage, languageCode } from '../languages.js';
import { LOREM_WORDS } from '../lexicon.js';
import { blockText, type Block, prose } from '../markdown.js';
import { blocksOf } from '../artifact-text.js';
import { characters, fold, foldedWords, occurrencesFolded, quote, sentences, words } from '../text.js';
import { allThere, type Checks, type Context, inRange, no, type RuleOf, some, unknown, yesOrNo } from './check.js';
import { countMatches } from './patterns.js';
import { verbatim } from './verbatim.js';

type Kind =
  | ('words' | 'sentences' | 'sentence_length' | 'characters' | 'letters' | 'numbers' | 'capital_words')
  | ('includes' | 'includes_count' | 'excludes' | 'case' | 'language' | 'no_commas' | 'no_placeholder_text')
  | ('no_repetition' | 'regex' | 'text_equals');

/** A number in digits, with thousands and decimals; dates and versions count as one each. */
export const NUMBER = /\d+(?:[.,:/-]\d+)*/g;

/** What was left to be filled in. `[1]` is a citation and `[x]` a ticked box. */
const UNFILLED = [
  /\blorem ipsum\b/i,
  /\b(?:TODO|TBD|TBA|FIXME|XXX)\b/,
  /\[(?:insert|your|add|enter|placeholder|company|product|client|customer|name|date|city|brand|title|todo|tbd)\b[^\]\n]{0,60}\]/i,
  /\{\{[^{}\n]{1,60}\}\}/,
  /<(?:insert|your|add|enter)\b[^<>\n]{0,60}>/i,
  /\b(?:insert|add|put|enter|write) (?:\S+ ){0,3}here\b/i,
  /\bplaceholder (?:text|copy|image|content)\b/i,
  /_{6,}|\bX{4,}\b/,
];

/** The reader's text: without marks, and with headings, items and tables in it. */
function read({ answer }: Context): string {
  return prose(blocksOf(answer));
}

/** Sentences of whole texts, cells and headings each for itself. */
function allSentences(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'code' ? [] : blockText(block).split('\n\n').flatMap(sentences)));
}

export const wordChecks: Checks<Kind> = {
  words: (rule, context) => inRange(words(read(context)).length, rule, 'words'),
  sentences: (rule, { answer }) =>
    inRange(allSentences(blocksOf(answer).filter(({ kind }) => kind !== 'heading')).length, rule, 'sentences', 0.9),
  sentence_length: sentenceLength,
  characters: (rule, { answer }) => inRange(characters(answer.text.trim()), rule, 'characters'),
  letters: (rule, { answer }) => {
    const letter = rule.letter === undefined ? undefined : fold(rule.letter);
    const folded = fold(answer.text);
    const count = letter === undefined ? (folded.match(/\p{L}/gu)?.length ?? 0) : folded.split(letter).length - 1;
    return inRange(count, rule, letter === undefined ? 'letters' : `times the letter ${quote(letter)}`);
  },
  numbers: (rule, context) => inRange(read(context).match(NUMBER)?.length ?? 0, rule, 'numbers'),
  capital_words: (rule, context) => inRange(words(read(context)).filter(isCapital).length, rule, 'words in capitals'),
  includes: ({ terms, at_least }, context) => {
    const folded = searchable(context);
    const missing = terms.filter((term) => occurrencesFolded(folded, term) === 0);
    if (at_least === undefined) return allThere(terms, missing, 'terms');
    return inRange(terms.length - missing.length, { min: at_least }, `of ${terms.length} terms`);
  },
  includes_count: (rule, context) =>
    inRange(occurrencesFolded(searchable(context), rule.term), rule, `times ${quote(rule.term, 40)}`),
  excludes: ({ terms }, context) => {
    const folded = searchable(context);
    const there = terms.filter((term) => occurrencesFolded(folded, term) > 0);
    return yesOrNo(there.length === 0, there.length === 0 ? `none of ${terms.length} terms occurs` : `occurs: ${some(there)}`);
  },
  case: inCase,
  language: inLanguage,
  no_commas: ({ answer }) => no(String(answer)),
  no_placeholder_text: (_rule, context) => {
    const text = read(context);
    const found = UNFILLED.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
    const dummy = foldedWords(text).filter((word) => LOREM_WORDS.has(word) && word.length > 5).length;
    if (found.length === 0 && dummy >= 8) found.push('dummy text');
    return yesOrNo(found.length === 0, found.length === 0 ? 'nothing was left to be filled in' : `left to be filled in: ${some(found)}`);
  },
  no_repetition: noRepetition,
  regex: matches,
  text_equals: ({ text, exact }, { answer }) => {
    const [given, wanted] = exact ? [verbatim(answer).trim(), text.trim()] : [verbatim(answer), text].map(squeeze);
    return yesOrNo(given === wanted, given === wanted ? 'the text is the one asked for' : `the text is ${quote(given ?? '')}`);
  },
};

/** Text and, of data, its source: a term may be a key of JSON or a name in code. */
function searchable({ answer }: Context): string {
  return fold(`${answer.text}\n${answer.readings.filter(({ format }) => format === 'json').map(({ source }) => source).join('\n')}`).replace(/\s+/g, ' ');
}
