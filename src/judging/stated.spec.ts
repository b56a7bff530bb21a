import { expect, test } from 'vitest';
import { statedRules } from './stated.js';

test.each([
  ['Between 300 and 500 words.', [{ kind: 'words', min: 300, max: 500 }]],
  ['A 300-500 word article', [{ kind: 'words', min: 300, max: 500 }]],
  [
    'at least 1,200 words and at most 8 paragraphs',
    [
      { kind: 'words', min: 1200 },
      { kind: 'paragraphs', max: 8 },
    ],
  ],
  ['no more than five bullet points', [{ kind: 'bullets', max: 5 }]],
  ['under 160 characters', [{ kind: 'characters', max: 159 }]],
  ['about 120 words', [{ kind: 'words', min: 96, max: 144 }]],
  ['exactly two sentences', [{ kind: 'sentences', min: 2, max: 2 }]],
  ['Each item has at most 30 words each', []],
  ['We have 12 people and 3 trains.', []],
  [
    'Use the word "rope" and do not use the word “cheap”.',
    [
      { kind: 'includes', terms: ['rope'] },
      { kind: 'excludes', terms: ['cheap'] },
    ],
  ],
  ['Please write the reply in German.', [{ kind: 'language', language: 'de' }]],
  ['Translate the leaflet into French.', [{ kind: 'language', language: 'fr' }]],
  ['Write it in German and translate it to French.', []],
  ['We met in March.', []],
])('%s states %j', (brief, rules) => {
  expect(statedRules(brief)).toEqual(rules);
});

test('a hostile brief takes no time', () => {
  const started = performance.now();
  statedRules('at least '.repeat(5_000));
  statedRules('translate '.repeat(5_000));
  statedRules(`"${'use the word '.repeat(5_000)}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});
