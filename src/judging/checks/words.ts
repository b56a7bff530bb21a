import { type Answer, blocksOf } from '../artifact-text.js';
import { detectLanguage, languageCode } from '../languages.js';
import { LOREM_WORDS } from '../lexicon.js';
import { JUDGED } from '../limits.js';
import { blockText } from '../markdown.js';
import { sentences } from '../sentences.js';
import { characters, fold, foldedWords, occurrences, occurrencesFolded, quote, words } from '../text.js';
import { allThere, type Check, type Checks, inRange, some, unknown, yesOrNo } from './check.js';
import { readable, searchable, verbatim } from './seen.js';

type WordKind =
  | ('words' | 'sentences' | 'sentence_length' | 'characters' | 'letters' | 'numbers' | 'capital_words')
  | ('includes' | 'includes_count' | 'excludes' | 'case' | 'language' | 'no_commas' | 'no_placeholder_text')
  | ('no_repetition' | 'regex' | 'text_equals');

/** A number in digits, with thousands and decimals; dates and versions count as one each. */
export const NUMBER = /\p{Nd}+(?:[.,:/-]\p{Nd}+)*/gu;

/** What was left to be filled in. `[1]` is a citation and `[x]` a ticked box. */
const UNFILLED = [
  /\blorem ipsum\b/i,
  /\b(?:TODO|TBD|TBA|FIXME|XXX)\b/,
  /\[(?:insert|your|add|enter|placeholder|company|product|client|customer|name|date|city|brand|title|todo|tbd)\b[^\]\n]{0,60}\]/i,
  /\{\{[^{}\n]{1,60}\}\}/,
  /<(?:insert|your|add|enter)\b[^<>\n]{0,60}>/i,
  /\b(?:insert|add|put|enter|write) (?:\S{1,30} ){0,3}here\b/i,
  /\bplaceholder (?:text|copy|image|content)\b/i,
  /_{6,}|\bX{4,}\b/,
];

const sentenceLength: Check<'sentence_length'> = ({ mean_max, longest_max }, { answer }) => {
  const lengths = spoken(answer).map((sentence) => words(sentence).length);
  if (lengths.length === 0) return unknown('there is no sentence');
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const met = mean <= (mean_max ?? Number.POSITIVE_INFINITY) && longest <= (longest_max ?? Number.POSITIVE_INFINITY);
  const asked = [mean_max && `a mean of ${mean_max}`, longest_max && `${longest_max} in the longest`].filter(Boolean);
  return yesOrNo(
    met,
    `${mean.toFixed(1)} words a sentence, ${longest} in the longest; asked for at most ${asked.join(' and ')}`,
    0.9,
  );
};

const letters: Check<'letters'> = ({ letter, ...range }, { answer }) => {
  const folded = fold(verbatim(answer));
  if (letter === undefined) return inRange(folded.match(/\p{L}/gu)?.length ?? 0, range, 'letters');
  return inRange(folded.split(fold(letter)).length - 1, range, `times the letter ${quote(letter)}`);
};

const includes: Check<'includes'> = ({ terms, at_least }, { answer }) => {
  const missing = terms.filter((term) => occurrencesFolded(searchable(answer), term) === 0);
  if (at_least === undefined) return allThere(terms, missing, 'terms');
  return inRange(terms.length - missing.length, { min: at_least }, `of ${terms.length} terms`);
};

const excludes: Check<'excludes'> = ({ terms }, { answer }) => {
  const there = terms.filter((term) => occurrencesFolded(searchable(answer), term) > 0);
  return yesOrNo(
    there.length === 0,
    there.length === 0 ? `none of ${terms.length} terms occurs` : `occurs: ${some(there)}`,
  );
};

/** Words of a title that may stay small. */
const SMALL_IN_TITLES = new Set(
  'a an and as at but by for from in into nor of on or over per the to up via vs with yet so off out'.split(' '),
);

const letterCase: Check<'case'> = ({ to }, { answer }) => {
  if (to === 'title') return titleCase(answer);
  const text = verbatim(answer);
  const wrong = text.match(to === 'upper' ? /\p{Ll}/gu : /\p{Lu}/gu)?.length ?? 0;
  const all = text.match(/[\p{Lu}\p{Ll}]/gu)?.length ?? 0;
  if (all === 0) return unknown('there is no letter with a case');
  return yesOrNo(wrong === 0, `${wrong} of ${all} letters are not in ${to === 'upper' ? 'capitals' : 'small letters'}`);
};

function titleCase(answer: Answer) {
  const titles = blocksOf(answer).flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
  const judged = titles.length > 0 ? titles : [readable(answer)];
  const wrong = judged.filter((title) => !words(title).every((word, at) => isTitleWord(word, at)));
  return yesOrNo(
    wrong.length === 0,
    wrong.length === 0 ? `${judged.length} in title case` : `not in title case: ${some(wrong)}`,
    0.9,
  );
}

function isTitleWord(word: string, at: number): boolean {
  return !/^\p{Ll}+(?![\p{L}\p{M}])/u.test(word) || (at > 0 && SMALL_IN_TITLES.has(word));
}

const language: Check<'language'> = ({ language: name }, { answer }) => {
  const wanted = languageCode(name);
  if (wanted === undefined) return unknown(`${quote(name)} is no language that can be told here`);
  const found = detectLanguage(readable(answer));
  if (!found) return unknown('there is too little text to tell its language');
  if (found.language === wanted) return yesOrNo(true, `the text is in "${wanted}"`, found.confidence);
  if (found.confidence < 0.6) return unknown(`the language is unclear: most like "${found.language}"`);
  return yesOrNo(false, `the text is in "${found.language}"; asked for "${wanted}"`, found.confidence);
};

const noPlaceholderText: Check<'no_placeholder_text'> = (_rule, { answer }) => {
  const text = verbatim(answer);
  const found = UNFILLED.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
  const dummy = foldedWords(text).filter((word) => word.length > 5 && LOREM_WORDS.has(word)).length;
  if (found.length === 0 && dummy >= 8) found.push('dummy text');
  return yesOrNo(
    found.length === 0,
    found.length === 0 ? 'nothing was left to be filled in' : `left to be filled in: ${some(found)}`,
  );
};

const noRepetition: Check<'no_repetition'> = ({ max_share }, { answer }) => {
  const said = spoken(answer)
    .map((sentence) => foldedWords(sentence))
    .filter(({ length }) => length >= 4);
  if (said.length === 0) return unknown('there is no sentence');
  const repeated = said.length - new Set(said.map((list) => list.join(' '))).size;
  const share = repeated / said.length;
  return yesOrNo(
    share <= max_share,
    `${repeated} of ${said.length} sentences are repeated; asked for ${percent(max_share)} at most`,
  );
};

const regex: Check<'regex'> = async ({ pattern, flags, must, min, max }, { answer, limited }) => {
  const text = verbatim(answer).slice(0, JUDGED.textChars);
  let outcome = await limited.run({ kind: 'count', pattern, flags, text });
  // The `u` flag is stricter than what most people write, such as an escaped hyphen.
  if (outcome.kind === 'refused')
    outcome = await limited.run({ kind: 'count', pattern, flags: flags.replace('u', ''), text });
  if (outcome.kind === 'refused') return unknown(`the expression can't be used: ${outcome.reason}`);
  if (outcome.kind === 'too_slow')
    return unknown(`the expression took more than ${JUDGED.limitedMs} ms of processor time`);
  if (must === 'not_match') return yesOrNo(outcome.count === 0, `${outcome.count} matches; asked for none`);
  return inRange(outcome.count, min === undefined && max === undefined ? { min: 1 } : { min, max }, 'matches');
};

const textEquals: Check<'text_equals'> = ({ text, exact }, { answer }) => {
  const asCompared = (value: string) => (exact ? value.trim() : fold(value).replace(/\s+/g, ' ').trim());
  const met = asCompared(verbatim(answer)) === asCompared(text);
  return yesOrNo(met, met ? 'the text is the one asked for' : `the text is ${quote(verbatim(answer))}`);
};

export const wordChecks: Checks<WordKind> = {
  words: (rule, { answer }) => inRange(words(readable(answer)).length, rule, 'words'),
  sentences: (rule, { answer }) => inRange(spoken(answer).length, rule, 'sentences', 0.9),
  sentence_length: sentenceLength,
  characters: (rule, { answer }) => inRange(characters(verbatim(answer).trim()), rule, 'characters'),
  letters,
  numbers: (rule, { answer }) => inRange(readable(answer).match(NUMBER)?.length ?? 0, rule, 'numbers'),
  capital_words: (rule, { answer }) =>
    inRange(words(readable(answer)).filter(isCapital).length, rule, 'words in capitals'),
  includes,
  includes_count: (rule, { answer }) =>
    inRange(occurrences(answer.text, rule.term), rule, `times ${quote(rule.term, 40)}`),
  excludes,
  case: letterCase,
  language,
  no_commas: (_rule, { answer }) =>
    inRange(verbatim(answer).match(/[,،、，]/g)?.length ?? 0, { min: 0, max: 0 }, 'commas'),
  no_placeholder_text: noPlaceholderText,
  no_repetition: noRepetition,
  regex,
  text_equals: textEquals,
};

/** The sentences of everything but headings, tables and code. */
function spoken(answer: Answer): string[] {
  const blocks = blocksOf(answer).filter(({ kind }) => kind === 'paragraph' || kind === 'item' || kind === 'quote');
  return blocks.flatMap((block) => sentences(blockText(block)));
}

function isCapital(word: string): boolean {
  return /\p{Lu}/u.test(word) && !/\p{Ll}/u.test(word);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
