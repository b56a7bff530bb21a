import { expect, test } from 'vitest';
import { kinOf } from './kin.js';

const bid = (id: string, operatorId: string, declaredModel: string | null) => ({ id, operatorId, declaredModel });

test('bids of one operator, or that declare one model however it is written, are kin', () => {
  const [a, b, c, d] = [
    bid('a', 'x', 'Big Model 2'),
    bid('b', 'y', 'big-model-2'),
    bid('c', 'x', null),
    bid('d', 'z', '?'),
  ];
  const page = [a, b, c, d];
  expect(page.map((one) => kinOf(one, page))).toEqual([
    { operator: ['c'], model: ['b'] },
    { operator: [], model: ['a'] },
    { operator: ['a'], model: [] },
    { operator: [], model: [] },
  ]);
});
