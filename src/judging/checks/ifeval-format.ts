import { z } from 'zod';
import { quote } from '../text.js';
import { inRange, no, unknown, yesOrNo } from './check.js';
import { exactly, kind, occurrences, Phrase, Relation, related, Whole } from './ifeval-kind.js';
import { sentenceCount } from './ifeval-sentences.js';
import * as seen from './ifeval-text.js';

/** How long an answer is, and what it looks like. */
export const lengthKinds = [
  kind(
    'length_constraints:number_words',
    'Words are runs of letters, digits and `_`: "don\'t" and "e-mail" are two each.',
    { num_words: Whole, relation: Relation },
    { num_words: 200, relation: 'less than' },
    ({ num_words, relation }, { text }) => related(seen.wordCount(text), relation, num_words, 'words'),
  ),
  kind(
    'length_constraints:number_sentences',
    'Sentences as Punkt divides them: headings run on, and the "1." of a list is a sentence of its own.',
    { num_sentences: Whole, relation: Relation },
    { num_sentences: 5, relation: 'at least' },
    ({ num_sentences, relation }, { text }) => related(sentenceCount(text), relation, num_sentences, 'sentences'),
  ),
  kind(
    'length_constraints:number_paragraphs',
    'Exactly so many parts between `***`; a blank part in the middle misses.',
    { num_paragraphs: Whole },
    { num_paragraphs: 3 },
    ({ num_paragraphs }, { text }) => {
      const parts = seen.partsBetween(text, '***');
      return parts ? exactly(parts.length, num_paragraphs, 'paragraphs') : no('a paragraph is blank');
    },
  ),
  kind(
    'length_constraints:nth_paragraph_first_word',
    'Exactly so many parts between two line feeds, and part n begins with the word.',
    { num_paragraphs: Whole, nth_paragraph: z.number().min(1), first_word: Phrase },
    { num_paragraphs: 3, nth_paragraph: 2, first_word: 'however' },
    ({ num_paragraphs, nth_paragraph, first_word }, { text }) => {
      const parts = text.split('\n\n').map(seen.strip);
      const count = parts.filter((part) => part !== '').length;
      const word = nth_paragraph <= count ? seen.firstWord(parts[nth_paragraph - 1] ?? '') : '';
      return yesOrNo(
        count === num_paragraphs && word !== '' && word === first_word.toLowerCase(),
        `${count} paragraphs; asked for ${num_paragraphs}; number ${nth_paragraph} begins with ${quote(word, 40)}`,
      );
    },
  ),
];

export const formatKinds = [
  kind(
    'detectable_content:number_placeholders',
    'At least so many pairs of square brackets, links and empty ones included.',
    { num_placeholders: Whole },
    { num_placeholders: 2 },
    ({ num_placeholders }, { text }) =>
      inRange(seen.placeholderCount(text), { min: num_placeholders }, 'pairs of square brackets'),
  ),
  kind(
    'detectable_content:postscript',
    'The marker stands anywhere, in any case; `P.S.` and `P.P.S` may have spaces in between.',
    { postscript_marker: Phrase },
    { postscript_marker: 'P.S.' },
    async ({ postscript_marker }, written) => {
      const marker = seen.strip(postscript_marker);
      const lower = written.text.toLowerCase();
      const usual = POSTSCRIPTS.get(marker);
      const count = usual
        ? (lower.match(usual)?.length ?? 0)
        : await occurrences(marker.toLowerCase(), { ...written, text: lower });
      if (count === undefined) return unknown('the marker is no usable expression');
      return yesOrNo(count > 0, `${count} times ${quote(marker)}`);
    },
  ),
  kind(
    'detectable_format:number_bullet_lists',
    'Exactly so many lines that begin with `* ` or `-`; numbers and rules of `---` are read as they stand.',
    { num_bullets: Whole },
    { num_bullets: 3 },
    ({ num_bullets }, { text }) => exactly(seen.bulletCount(text), num_bullets, 'bullets'),
  ),
  kind(
    'detectable_format:constrained_response',
    'One of "My answer is yes.", "My answer is no." and "My answer is maybe." occurs.',
    {},
    {},
    (_given, { text }) => {
      const found = ANSWERS.find((answer) => text.includes(answer));
      return yesOrNo(found !== undefined, found ?? 'none of the three answers occurs');
    },
  ),
  kind(
    'detectable_format:number_highlighted_sections',
    'At least so many spans between asterisks that hold something.',
    { num_highlights: Whole },
    { num_highlights: 2 },
    ({ num_highlights }, { text }) => inRange(seen.highlightCount(text), { min: num_highlights }, 'highlighted spans'),
  ),
  kind(
    'detectable_format:multiple_sections',
    'The word that opens sections stands before a number at least so many times.',
    { section_spliter: Phrase, num_sections: Whole },
    { section_spliter: 'SECTION', num_sections: 3 },
    async ({ section_spliter, num_sections }, written) => {
      const count = await occurrences(seen.strip(section_spliter), written, (word) => `(?:${word})\\s?\\p{Nd}+`, '');
      return count === undefined
        ? unknown('the word is no usable expression')
        : inRange(count, { min: num_sections }, 'sections');
    },
  ),
  kind(
    'detectable_format:json_format',
    'The whole is one JSON value, with or without a code fence around it.',
    {},
    {},
    (_given, { text }) => yesOrNo(seen.isJson(text), `the text is ${quote(text)}`),
  ),
  kind(
    'detectable_format:title',
    'A title stands in double angle brackets within one line.',
    {},
    {},
    (_given, { text }) => {
      const title = seen.angledTitle(text);
      return yesOrNo(
        title !== undefined,
        title === undefined ? 'there is no <<title>>' : `the title is ${quote(title)}`,
      );
    },
  ),
];

const POSTSCRIPTS = new Map([
  ['P.S.', /p\.\s?s\./g],
  ['P.P.S', /p\.\s?p\.\s?s/g],
]);

const ANSWERS = ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'];
