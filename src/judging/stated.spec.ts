import { describe, expect, test } from 'vitest';
import { processorMs } from '../../test/support/processor.js';
import { statedIn } from './stated.js';

const words = (min: number | undefined, max: number | undefined) => ({
  kind: 'words',
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
const exactly = (kind: string, count: number) => ({ kind, min: count, max: count });

const STATES: readonly (readonly [string, readonly object[]])[] = [
  // Amounts
  ['Between 300 and 500 words.', [words(300, 500)]],
  ['A 300-500 word article', [words(300, 500)]],
  ['from 300 to 500 words', [words(300, 500)]],
  ['about 300–500 words', [words(270, 550)]],
  ['at least 1,200 words and at most 8 paragraphs', [words(1200, undefined), { kind: 'paragraphs', max: 8 }]],
  ['no more than five bullet points', [{ kind: 'bullets', max: 5 }]],
  ['under 160 characters', [{ kind: 'characters', max: 159 }]],
  ['about 120 words', [words(96, 144)]],
  ['approx. 120 words', [words(96, 144)]],
  ['Write 120 words or so.', [words(96, 144)]],
  ['A 500-word post about rope.', [words(400, 600)]],
  ['Write 500 words about rope.', [words(400, 600)]],
  ['It must not exceed 300 words.', [words(undefined, 300)]],
  ['It should be no longer than 300 words.', [words(undefined, 300)]],
  ['Do not go over 300 words.', [words(undefined, 300)]],
  ['200+ words', [words(200, undefined)]],
  ['200 words or more', [words(200, undefined)]],
  ['Write 200 words max.', [words(undefined, 200)]],
  ['max. 200 words', [words(undefined, 200)]],
  ['up to two hundred words', [words(undefined, 200)]],
  ['not fewer than 1k words', [words(1000, undefined)]],
  ['exactly two sentences', [exactly('sentences', 2)]],
  ['Summarise it in three short paragraphs.', [exactly('paragraphs', 3)]],
  ['Answer in one sentence.', [exactly('sentences', 1)]],
  ['two or three sentences', [{ kind: 'sentences', min: 2, max: 3 }]],
  ['with five bullet points', [exactly('bullets', 5)]],
  ['At least 300 words. At most 500 words.', [words(300, 500)]],
  ['Höchstens 300 Wörter und mindestens drei Absätze.', [words(undefined, 300), { kind: 'paragraphs', min: 3 }]],
  ['Entre 200 et 300 mots, au plus 10 phrases.', [words(200, 300), { kind: 'sentences', max: 10 }]],
  ['Al menos 200 palabras.', [words(200, undefined)]],
  // Amounts of something else
  ['Each item has at most 30 words each', []],
  ['Three paragraphs of at most 50 words each', [exactly('paragraphs', 3)]],
  ['It should have three paragraphs.', [exactly('paragraphs', 3)]],
  ['Paragraphs of at most 50 words.', []],
  ['Keep the title under 60 characters.', []],
  ['A headline of at most 8 words.', []],
  ['A 50-word introduction.', []],
  ['Every section has 100 words.', []],
  ['100 words per section', []],
  ['At most two lines a cue and 40 characters a line.', []],
  ['Notes with a teaser of two or three sentences and five chapters.', []],
  ['The answer is one or two sentences.', []],
  ['An article of at most 300 words.', [words(undefined, 300)]],
  ['A text of 300 words.', [words(240, 360)]],
  ['100 words for the introduction', []],
  ['We have 12 people and 3 trains.', []],
  ['We have 12 words for snow.', []],
  ['The attached text has 2,000 words.', []],
  ['Our 500-word article is too dry.', []],
  ['It costs $500 words fail me', []],
  ['In other words, one word of advice.', []],
  ['Say more in fewer words.', []],
  // Terms
  [
    'Use the word "rope" and do not use the word “cheap”.',
    [
      { kind: 'includes', terms: ['rope'] },
      { kind: 'excludes', terms: ['cheap'] },
    ],
  ],
  ['Mention "knot", "sail" and "rope".', [{ kind: 'includes', terms: ['knot', 'sail', 'rope'] }]],
  ['Avoid the words "cheap" or "best".', [{ kind: 'excludes', terms: ['cheap', 'best'] }]],
  ['The phrase "two weeks" must appear.', [{ kind: 'includes', terms: ['two weeks'] }]],
  ['"free" must not appear.', [{ kind: 'excludes', terms: ['free'] }]],
  ['Use the keyword "rope" at least three times.', [{ kind: 'includes_count', term: 'rope', min: 3 }]],
  ['Use the word "rope" exactly twice.', [{ kind: 'includes_count', term: 'rope', min: 2, max: 2 }]],
  ['You may mention "rope".', []],
  ['Never mention "rope".', [{ kind: 'excludes', terms: ['rope'] }]],
  ["Don't use 'cheap'.", [{ kind: 'excludes', terms: ['cheap'] }]],
  ["It's the client's wish.", []],
  // Edges and forms
  ['Begin with "Dear Ada".', [{ kind: 'starts_with', phrase: 'Dear Ada' }]],
  ['End the letter with the phrase "Kind regards".', [{ kind: 'ends_with', phrase: 'Kind regards' }]],
  ['Each line starts with "And".', []],
  ['Do not use commas.', [{ kind: 'no_commas' }]],
  ['Answer in all capital letters.', [{ kind: 'case', to: 'upper' }]],
  ['Headings in all caps.', []],
  ['No bullet points, please.', [{ kind: 'bullets', max: 0 }]],
  ['Give it as a bulleted list.', [{ kind: 'bullets', min: 2 }]],
  ['Give it as a bulleted list with exactly 4 bullets.', [exactly('bullets', 4)]],
  ['Include a table.', [{ kind: 'table', min: 1 }]],
  ['With sections titled "Summary" and "Risks".', [{ kind: 'sections', titles: ['Summary', 'Risks'] }]],
  [
    'Use these headings: Summary, Risks and Next steps.',
    [{ kind: 'sections', titles: ['Summary', 'Risks', 'Next steps'] }],
  ],
  // Language
  ['Please write the reply in German.', [{ kind: 'language', language: 'de' }]],
  ['Translate the leaflet into French.', [{ kind: 'language', language: 'fr' }]],
  ['The text must be in Spanish.', [{ kind: 'language', language: 'es' }]],
  ['Bitte auf Deutsch.', [{ kind: 'language', language: 'de' }]],
  ['Write it in German and translate it to French.', []],
  ['We met in March.', []],
  ['Write about life in Paris.', []],
];

describe('a brief in plain words', () => {
  test.each(STATES)('%s states %j', (brief, rules) => {
    expect(statedIn(brief).rules).toEqual(rules);
  });

  test('that says two things which cannot both hold makes no rule of them, and says so', () => {
    const { rules, contradictions } = statedIn('At least 500 words. Do not exceed 300 words. Exactly two paragraphs.');
    expect(rules).toEqual([exactly('paragraphs', 2)]);
    expect(contradictions).toEqual([{ kind: 'words', said: 'it says "500 words" and "300 words"' }]);
  });

  test('takes no time, however it is written', async () => {
    const parts = [
      ...['at least ', 'translate ', 'use the word ', 'use "a", ', '1 '],
      ...['300 words ', '("', 'Use these headings: A, B', ' '],
    ];
    const work = () => {
      for (const part of parts) statedIn(part.repeat(5_000));
    };
    expect(await processorMs(work)).toBeLessThan(3_000);
  });
});
