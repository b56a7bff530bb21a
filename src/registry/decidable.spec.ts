import { expect, test } from 'vitest';
import type { Rubric } from '../registry/rubric.schema.js';
import { decidableShare } from './decidable.js';

test('the share is weighed by dimension and criterion, and a rule that can not say yes counts as undecided', () => {
  const criterion = (
    key: string,
    weight: number,
    check: Rubric['dimensions'][number]['criteria'][number]['check'],
  ) => ({ key, question: 'Is it so?', weight, check });
  const rubric: Rubric = {
    version: 1,
    dimensions: [
      {
        key: 'a',
        name: 'A',
        weight: 0.5,
        criteria: [criterion('a1', 3, { kind: 'words', max: 10 }), criterion('a2', 1, null)],
      },
      {
        key: 'b',
        name: 'B',
        weight: 0.5,
        criteria: [
          criterion('b1', 1, { kind: 'code_parses', language: 'css' }),
          criterion('b2', 1, { kind: 'no_commas' }),
        ],
      },
    ],
  };
  expect(decidableShare(rubric)).toBeCloseTo(0.5 * 0.75 + 0.5 * 0.5);
});
