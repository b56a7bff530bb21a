import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { processorMs } from '../../../test/support/processor.js';
import { Limited } from '../limited.js';
import { IFEVAL_KINDS, ifevalKind } from './ifeval.js';

type Args = Record<string, unknown>;
const atLeast = (args: Args) => ({ ...args, relation: 'at least' });
const words = (num_words: number) => atLeast({ num_words });
const sentences = (num_sentences: number) => atLeast({ num_sentences });
const capitals = (capital_frequency: number) => ({ capital_frequency, capital_relation: 'at least' });
const nth = (num_paragraphs: number, nth_paragraph: number, first_word: string) => ({
  num_paragraphs,
  nth_paragraph,
  first_word,
});

/** Labels follow from the published checkers, read closely: also where a person would say otherwise. */
const CASES: readonly (readonly [string, Args, string, 'yes' | 'no'])[] = [
  ['keywords:existence', { keywords: ['river', 'boat'] }, 'Boats on RIVERS', 'yes'],
  ['keywords:existence', { keywords: ['river', 'boat'] }, 'Boats only', 'no'],
  ['keywords:existence', { keywords: ['a.c'] }, 'abc', 'yes'],
  ['keywords:frequency', { keyword: 'the', frequency: 3, relation: 'at least' }, 'The other then', 'yes'],
  ['keywords:frequency', { keyword: 'the', frequency: 3, relation: 'less than' }, 'The other then', 'no'],
  ['keywords:frequency', { keyword: ' ha ', frequency: 1, relation: 'less than' }, 'haha', 'no'],
  ['keywords:forbidden_words', { forbidden_words: ['art'] }, 'start party', 'yes'],
  ['keywords:forbidden_words', { forbidden_words: ['art'] }, 'ART!', 'no'],
  ['keywords:forbidden_words', { forbidden_words: ['art'] }, 'art_work', 'yes'],
  ['keywords:forbidden_words', { forbidden_words: ['été'] }, 'un Été-là', 'no'],
  ['keywords:letter_frequency', { letter: 'E', let_frequency: 3, let_relation: 'at least' }, 'Eleven', 'yes'],
  ['keywords:letter_frequency', { letter: '!', let_frequency: 2, let_relation: 'less than' }, 'No! No!', 'no'],
  ['length_constraints:number_words', words(6), "don't e-mail 3.5", 'yes'],
  ['length_constraints:number_words', words(7), "don't e-mail 3.5", 'no'],
  ['length_constraints:number_words', words(1), 'snake_case', 'yes'],
  ['length_constraints:number_words', words(2), 'snake_case', 'no'],
  ['length_constraints:number_words', { num_words: 3, relation: 'less than' }, 'one two', 'yes'],
  ['length_constraints:number_sentences', sentences(3), 'Dr. Smith left. He went home.', 'no'],
  ['length_constraints:number_sentences', sentences(2), 'Dr. Smith left. He went home.', 'yes'],
  ['length_constraints:number_sentences', sentences(4), '1. One here.\n2. Two here.', 'yes'],
  ['length_constraints:number_sentences', sentences(5), '1. One here.\n2. Two here.', 'no'],
  ['length_constraints:number_sentences', sentences(2), 'Fruit, e.g. apples', 'yes'],
  ['length_constraints:number_sentences', sentences(2), 'Heading\n\nOne sentence.', 'no'],
  ['length_constraints:number_sentences', sentences(2), '"Stop!" he said.', 'yes'],
  ['length_constraints:number_sentences', sentences(2), 'It came in Jan. 2024 from the U.S. army.', 'no'],
  ['length_constraints:number_sentences', sentences(2), 'J. K. Rowling wrote it.', 'no'],
  ['length_constraints:number_sentences', sentences(2), 'Wait... what?', 'no'],
  ['length_constraints:number_paragraphs', { num_paragraphs: 2 }, 'a\n***\nb', 'yes'],
  ['length_constraints:number_paragraphs', { num_paragraphs: 2 }, 'a\n\nb', 'no'],
  ['length_constraints:number_paragraphs', { num_paragraphs: 2 }, '***a***b***', 'yes'],
  ['length_constraints:number_paragraphs', { num_paragraphs: 2 }, 'a\n***\n***\nb', 'no'],
  ['length_constraints:nth_paragraph_first_word', nth(2, 2, 'However'), 'One.\n\n"however, two', 'yes'],
  ['length_constraints:nth_paragraph_first_word', nth(2, 2, 'however'), 'One.\n\n**However** two', 'no'],
  ['length_constraints:nth_paragraph_first_word', nth(2, 1, 'it'), "It's one.\n\nTwo.", 'yes'],
  ['length_constraints:nth_paragraph_first_word', nth(3, 1, 'one'), 'One.\n\nTwo.', 'no'],
  ['length_constraints:nth_paragraph_first_word', nth(2, 2, 'two'), 'One.\n\n\n\nTwo.', 'no'],
  ['detectable_content:number_placeholders', { num_placeholders: 2 }, '[a] and [b](c)', 'yes'],
  ['detectable_content:number_placeholders', { num_placeholders: 2 }, '[a\nb] and [c [d]', 'no'],
  ['detectable_content:postscript', { postscript_marker: 'P.S.' }, 'so p. s. said', 'yes'],
  ['detectable_content:postscript', { postscript_marker: 'P.S.' }, 'Text.\nP.S more', 'no'],
  ['detectable_content:postscript', { postscript_marker: 'P.P.S' }, 'Text.\nP. P. S', 'yes'],
  ['detectable_format:number_bullet_lists', { num_bullets: 3 }, '* a\n  * b\n- c\n+ d\n1. e', 'yes'],
  ['detectable_format:number_bullet_lists', { num_bullets: 0 }, '**bold**\n***', 'yes'],
  ['detectable_format:number_bullet_lists', { num_bullets: 1 }, 'a\n---\nb', 'yes'],
  ['detectable_format:number_bullet_lists', { num_bullets: 1 }, '*\nnext', 'yes'],
  ['detectable_format:number_bullet_lists', { num_bullets: 2 }, '1. a\n2. b', 'no'],
  ['detectable_format:constrained_response', {}, 'Well: My answer is no. Sorry.', 'yes'],
  ['detectable_format:constrained_response', {}, 'my answer is no.', 'no'],
  ['detectable_format:number_highlighted_sections', { num_highlights: 2 }, '*a* and **b**', 'yes'],
  ['detectable_format:number_highlighted_sections', { num_highlights: 2 }, '**b** and ** **', 'no'],
  [
    'detectable_format:multiple_sections',
    { section_spliter: 'SECTION', num_sections: 2 },
    'SECTION 1\na\nSECTION2 b',
    'yes',
  ],
  [
    'detectable_format:multiple_sections',
    { section_spliter: 'SECTION', num_sections: 2 },
    'Section 1\nSECTION 2',
    'no',
  ],
  ['detectable_format:json_format', {}, '```JSON\n{"a": [NaN, "Infinity"]}\n```', 'yes'],
  ['detectable_format:json_format', {}, 'Here: {"a": 1}', 'no'],
  ['detectable_format:json_format', {}, '"just a text"', 'yes'],
  ['detectable_format:title', {}, 'a <<b>> c', 'yes'],
  ['detectable_format:title', {}, '<< >> and <<\n>>', 'no'],
  ['language:response_language', { language: 'de' }, 'Der Zug fährt heute nicht, weil Schnee liegt.', 'yes'],
  ['language:response_language', { language: 'en' }, 'Der Zug fährt heute nicht, weil Schnee liegt.', 'no'],
  ['language:response_language', { language: 'kn' }, 'ಇಂದು ರೈಲು ಓಡುತ್ತಿಲ್ಲ.', 'yes'],
  ['language:response_language', { language: 'en' }, '123 !?', 'yes'],
  ['combination:two_responses', {}, 'a\n******\nb', 'yes'],
  ['combination:two_responses', {}, 'a\n******\na', 'no'],
  ['combination:two_responses', {}, 'a\n******\n******\nb', 'no'],
  ['combination:repeat_prompt', { prompt_to_repeat: 'Say it.' }, ' say it. It.', 'yes'],
  ['combination:repeat_prompt', { prompt_to_repeat: null }, 'The prompt! And more', 'yes'],
  ['combination:repeat_prompt', { prompt_to_repeat: 'Say it.' }, '"Say it."', 'no'],
  ['startend:end_checker', { end_phrase: 'Any questions?' }, '"Well. any questions?"', 'yes'],
  ['startend:end_checker', { end_phrase: 'Any questions?' }, 'Any questions? No.', 'no'],
  ['startend:quotation', {}, ' "a" ', 'yes'],
  ['startend:quotation', {}, '“a”', 'no'],
  ['change_case:capital_word_frequency', capitals(4), "I said IT'S NASA", 'yes'],
  ['change_case:capital_word_frequency', capitals(5), "I said IT'S NASA", 'no'],
  ['change_case:capital_word_frequency', capitals(2), 'A STATE-OF-THE-ART thing', 'yes'],
  ['change_case:capital_word_frequency', capitals(3), 'A STATE-OF-THE-ART thing', 'no'],
  ['change_case:english_capital', {}, 'THE OFFICE IS CLOSED, 24/7!', 'yes'],
  ['change_case:english_capital', {}, 'THE office', 'no'],
  ['change_case:english_capital', {}, 'DER ZUG FÄHRT HEUTE NICHT WEIL DER SCHNEE AUF DEN GLEISEN LIEGT', 'no'],
  ['change_case:english_lowercase', {}, 'the office is closed', 'yes'],
  ['change_case:english_lowercase', {}, 'the Office is closed', 'no'],
  ['punctuation:no_comma', {}, 'none、here', 'yes'],
  ['punctuation:no_comma', {}, '1,000', 'no'],
];

const limited = new Limited();
afterAll(() => limited.close());
const check = async (kind: string, args: Args, text: string) =>
  ifevalKind(kind)?.check({ kind, ...args }, { text, prompt: 'The prompt!', limited });

describe("IFEval's kinds", () => {
  test.each(CASES)('%s %j on %j: %s', async (kind, args, text, label) => {
    expect((await check(kind, args, text))?.met).toBe(label);
  });

  test('are 25, each with a case that is met and one that is not, and an example it can read', async () => {
    expect(IFEVAL_KINDS).toHaveLength(25);
    for (const { kind, example } of IFEVAL_KINDS) {
      const labels = CASES.filter(([name]) => name === kind).map(([, , , label]) => label);
      expect(new Set(labels), kind).toEqual(new Set(['yes', 'no']));
      expect((await check(kind, example, 'Text.'))?.met, kind).not.toBe('unknown');
    }
  });

  test('stand in docs/measure.md with what they count and an example', () => {
    const page = readFileSync(new URL('../../../docs/measure.md', import.meta.url), 'utf8');
    for (const { kind, counts } of IFEVAL_KINDS) expect(page).toContain(`| \`${kind}\` | ${counts} |`);
  });

  test('a blank text follows nothing, a missing argument is unknown, and null columns of other kinds are no matter', async () => {
    expect((await check('punctuation:no_comma', {}, ' \n'))?.met).toBe('no');
    const missing = await check('length_constraints:number_words', { num_words: null, relation: 'at least' }, 'a');
    expect(missing).toMatchObject({ met: 'unknown', evidence: expect.stringContaining('num_words') });
    expect((await check('punctuation:no_comma', { num_words: null, keywords: null }, 'a'))?.met).toBe('yes');
  });

  test('hostile keywords and texts take no time', async () => {
    const long = 200_000;
    expect((await check('keywords:existence', { keywords: ['(a+)+$'] }, `${'a'.repeat(50)}!`))?.met).toBe('unknown');
    const work = async () => {
      for (const piece of ['\n', ' ', '*', '[', '<<', 'a. ', '."']) {
        for (const { kind, example } of IFEVAL_KINDS) await check(kind, example, `x${piece.repeat(long)}x`);
      }
    };
    expect(await processorMs(work)).toBeLessThan(20_000);
  });
});
