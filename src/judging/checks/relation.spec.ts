import type { QualityRule } from '@bakeoff/agent-kit';
import { describe, expect, test } from 'vitest';
import { findingOf } from '../../../test/support/answers.js';
import { artifactText } from '../artifact-text.js';
import type { Met } from '../judgement.schema.js';

const SOURCE =
  'The Harbour Bridge was opened in 1968. About 11,200 vehicles cross it on a working day. New bearings cost 6.4 million and take eleven weeks. The ferry to Lilleholm would carry the cars while the deck of the bridge is lifted.';
const attachments = [artifactText({ name: 'a.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode(SOURCE) })];
const brief = {
  title: 'Summary of a report on the Harbour Bridge',
  description:
    'Summarise the attached report: what is wrong with the bearings, what the repair costs, and what happens to the ferry.',
  details: '',
};

const CASES: readonly (readonly [QualityRule, string, Met])[] = [
  [
    { kind: 'covers_brief', min_share: 0.5 },
    'The bearings of the Harbour Bridge are worn; a ferry runs during the repair, which costs 6.4 million.',
    'yes',
  ],
  [{ kind: 'covers_brief', min_share: 0.5 }, 'Something about gardens in spring and the flowers there.', 'no'],
  [
    { kind: 'covers_brief', min_share: 0.5 },
    'Die Lager der Brücke sind verschlissen, und die Fähre fährt in der Zeit, in der sie repariert wird.',
    'unknown',
  ],
  [
    { kind: 'grounded', min_share: 0.9 },
    'It costs 6.4 million and 11200 vehicles use it. Cars go to Lilleholm by ferry.',
    'yes',
  ],
  [{ kind: 'grounded', min_share: 0.9 }, 'It costs 7.9 million, said the mayor Olsen of Bergen.', 'no'],
  [{ kind: 'grounded', min_share: 0.9 }, 'It costs a lot.', 'unknown'],
  [{ kind: 'shorter_than_source', max_ratio: 0.5 }, 'New bearings for 6.4 million.', 'yes'],
  [{ kind: 'shorter_than_source', max_ratio: 0.1 }, 'New bearings for 6.4 million.', 'no'],
  [
    { kind: 'not_copied', max_share: 0.3 },
    'Six point four million buys the bridge a second life of forty years.',
    'yes',
  ],
  [{ kind: 'not_copied', max_share: 0.3 }, 'About 11,200 vehicles cross it on a working day.', 'no'],
  [{ kind: 'not_copied', max_share: 0.3 }, 'Too short', 'unknown'],
];

describe('rules about the relation to the brief', () => {
  test.each(CASES)('%j on %s: %s', async (rule, text, met) => {
    expect((await findingOf(rule, text, { brief, attachments })).met).toBe(met);
  });

  test('without a brief or a source there is nothing to compare with', async () => {
    for (const rule of CASES.map(([each]) => each).filter(({ kind }) => kind !== 'grounded')) {
      expect((await findingOf(rule, 'Any text of some words in it here.')).met).toBe('unknown');
    }
  });
});
