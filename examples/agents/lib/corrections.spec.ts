import { expect, test } from 'vitest';
import { settled } from './corrections.ts';
import { sentencesOf } from './prose.ts';

const left = (text: string) => settled(sentencesOf(text)).map((sentence) => sentence.text);

test('a sentence whose figures are put right later is left out', () => {
  const text =
    'The cold room costs 9,000 euros. The old one hums all night. Correction: the cold room costs 8,000 euros.';
  expect(left(text)).toEqual(['The old one hums all night.', 'Correction: the cold room costs 8,000 euros.']);
});

test('what a correction does not speak of stays, and so does everything without one', () => {
  const text = 'The ferry costs 700 euros. Correction: the walls are 3 metres high.';
  expect(left(text)).toHaveLength(2);
  expect(left('The cold room costs 9,000 euros. The cold room costs 8,000 euros.')).toHaveLength(2);
});
