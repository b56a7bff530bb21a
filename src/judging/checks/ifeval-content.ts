import { z } from 'zod';
import { detectLanguage, likelyLanguage } from '../languages.js';
import { quote } from '../text.js';
import { type Finding, inRange, no, unknown, yesOrNo } from './check.js';
import { kind, occurrences, Phrase, Relation, related, Whole } from './ifeval-kind.js';
import * as seen from './ifeval-text.js';

/** Which words an answer has, in which language and case, and how it begins and ends. */
export const keywordKinds = [
  kind(
    'keywords:existence',
    'Each keyword occurs somewhere, also inside of a longer word, in any case. Keywords are regular expressions.',
    { keywords: z.array(Phrase).min(1) },
    { keywords: ['river', 'boat'] },
    async ({ keywords }, written) => {
      const counts = await Promise.all(keywords.map((keyword) => occurrences(keyword, written)));
      if (counts.includes(undefined)) return unknown('a keyword is no usable expression');
      const missing = keywords.filter((_, at) => counts[at] === 0);
      return yesOrNo(missing.length === 0, `${missing.length} of ${keywords.length} keywords are missing`);
    },
  ),
  kind(
    'keywords:frequency',
    'How often the keyword occurs, also inside of longer words, in any case.',
    { keyword: Phrase, frequency: Whole, relation: Relation },
    { keyword: 'river', frequency: 3, relation: 'at least' },
    async ({ keyword, frequency, relation }, written) => {
      const count = await occurrences(seen.strip(keyword), written);
      if (count === undefined) return unknown('the keyword is no usable expression');
      return related(count, relation, frequency, `times ${quote(keyword, 40)}`);
    },
  ),
  kind(
    'keywords:forbidden_words',
    'None of the words occurs as a whole word, in any case.',
    { forbidden_words: z.array(Phrase).min(1) },
    { forbidden_words: ['cheap'] },
    async ({ forbidden_words }, written) => {
      const counts = await Promise.all(forbidden_words.map((word) => occurrences(word, written, seen.asWholeWord)));
      if (counts.includes(undefined)) return unknown('a word is no usable expression');
      const there = forbidden_words.filter((_, at) => counts[at] !== 0);
      return yesOrNo(there.length === 0, `${there.length} of ${forbidden_words.length} forbidden words occur`);
    },
  ),
  kind(
    'keywords:letter_frequency',
    'How often one character occurs, a letter in any case.',
    { letter: z.string().refine((letter) => [...letter].length === 1), let_frequency: Whole, let_relation: Relation },
    { letter: 'e', let_frequency: 10, let_relation: 'at least' },
    ({ letter, let_frequency, let_relation }, { text }) =>
      related(seen.letterCount(text, letter), let_relation, let_frequency, `times ${quote(letter)}`),
  ),
];

export const otherKinds = [
  kind(
    'language:response_language',
    'The likeliest language of the whole, by its ISO 639-1 code; a text without any word is let pass.',
    { language: z.string().min(2).max(10) },
    { language: 'de' },
    ({ language }, { text }) => {
      const found = likelyLanguage(text);
      return yesOrNo(found === undefined || found === language, `likeliest: ${found ?? 'none'}; asked for ${language}`);
    },
  ),
  kind(
    'combination:two_responses',
    'Two texts that differ, with `******` between them.',
    {},
    {},
    (_given, { text }) => {
      const parts = seen.partsBetween(text, '******');
      const met = parts?.length === 2 && parts[0] !== parts[1];
      return yesOrNo(met, `${parts?.length ?? 0} responses; asked for 2 that differ`);
    },
  ),
  kind(
    'combination:repeat_prompt',
    'The text begins with this, in any case; with the prompt of its line where none is given.',
    { prompt_to_repeat: Phrase.nullish() },
    { prompt_to_repeat: 'Write a haiku.' },
    ({ prompt_to_repeat }, { text, prompt }) => {
      const wanted = seen.strip(prompt_to_repeat ?? prompt).toLowerCase();
      return yesOrNo(seen.strip(text).toLowerCase().startsWith(wanted), `it begins with ${quote(text)}`);
    },
  ),
  kind(
    'startend:end_checker',
    'The text ends with the phrase, in any case; quotation marks around the whole are taken off.',
    { end_phrase: Phrase },
    { end_phrase: 'Any other questions?' },
    ({ end_phrase }, { text }) => {
      const end = seen.stripOf(seen.strip(text), '"').toLowerCase();
      return yesOrNo(end.endsWith(seen.strip(end_phrase).toLowerCase()), `it ends with ${quote(text.slice(-60))}`);
    },
  ),
  kind(
    'startend:quotation',
    'The first and the last character are straight double quotation marks.',
    {},
    {},
    (_, { text }) => {
      const all = seen.strip(text);
      return yesOrNo(all.length > 1 && all.startsWith('"') && all.endsWith('"'), `the text is ${quote(all)}`);
    },
  ),
  kind(
    'change_case:capital_word_frequency',
    'How many tokens of the Penn Treebank stand in capitals throughout: "I" is one, "IT\'S" are two.',
    { capital_frequency: Whole, capital_relation: Relation },
    { capital_frequency: 5, capital_relation: 'less than' },
    ({ capital_frequency, capital_relation }, { text }) =>
      related(seen.capitalTokenCount(text), capital_relation, capital_frequency, 'words in capitals'),
  ),
  kind(
    'change_case:english_capital',
    'There is a letter, none is small, and the text is not in another language than English.',
    {},
    {},
    (_given, { text }) => inEnglish(seen.isUpper(text), 'in capitals', text),
  ),
  kind(
    'change_case:english_lowercase',
    'There is a letter, none is a capital, and the text is not in another language than English.',
    {},
    {},
    (_given, { text }) => inEnglish(seen.isLower(text), 'in small letters', text),
  ),
  kind('punctuation:no_comma', 'There is no `,`; commas of other scripts are let pass.', {}, {}, (_given, { text }) =>
    inRange(text.split(',').length - 1, { min: 0, max: 0 }, 'commas'),
  ),
];

/** Only a text that is surely in another language misses: a few words in capitals say too little. */
function inEnglish(isCased: boolean, how: string, text: string): Finding {
  const found = detectLanguage(text);
  const isForeign = found !== undefined && found.language !== 'en' && found.confidence >= 0.6;
  if (!isCased) return no(`not all letters are ${how}`);
  return yesOrNo(!isForeign, isForeign ? `the text is in "${found.language}"` : `all letters are ${how}`);
}
