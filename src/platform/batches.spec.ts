import { describe, expect, test } from 'vitest';
import { Batches } from './batches.js';

/** Doubles numbers and notes what it was given; a batch with a number that is refused fails as a whole. */
function doubling(refused: readonly number[] = []) {
  const seen: number[][] = [];
  const batches = new Batches<number, number>(async (items) => {
    seen.push([...items]);
    await new Promise((resolve) => setImmediate(resolve));
    if (items.some((item) => refused.includes(item))) throw new Error(`refused among ${items.join(' ')}`);
    return items.map((item) => item * 2);
  });
  return { batches, seen };
}

describe('what comes at the same moment', () => {
  test('is done together, in the order of coming, and each gets its own result', async () => {
    const { batches, seen } = doubling();
    expect(await Promise.all([3, 1, 2].map((n) => batches.run(n)))).toEqual([6, 2, 4]);
    expect(seen).toEqual([[3, 1, 2]]);
  });

  test('while a batch is under way is the next batch', async () => {
    const { batches, seen } = doubling();
    const first = batches.run(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.all([first, batches.run(2), batches.run(3)])).toEqual([2, 4, 6]);
    expect(seen).toEqual([[1], [2, 3]]);
  });

  test('is cut into batches of 64', async () => {
    const { batches, seen } = doubling();
    await Promise.all(Array.from({ length: 130 }, (_, n) => batches.run(n)));
    expect(seen.map(({ length }) => length)).toEqual([64, 64, 2]);
  });

  test('is waited for as long as is wished', async () => {
    const seen: number[] = [];
    const batches = new Batches<number, void>(async (items) => {
      seen.push(items.length);
      return items.map(() => undefined);
    }, 20);
    const first = batches.run(1);
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, batches.run(2)]);
    expect(seen).toEqual([2]);
  });
});

describe('one that fails', () => {
  test('fails alone: the others are done once more by themselves', async () => {
    const { batches, seen } = doubling([2]);
    const results = await Promise.allSettled([1, 2, 3].map((n) => batches.run(n)));
    expect(results).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: new Error('refused among 2') },
      { status: 'fulfilled', value: 6 },
    ]);
    expect(seen).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  test('and is alone is not done again', async () => {
    const { batches, seen } = doubling([2]);
    await expect(batches.run(2)).rejects.toThrow('refused among 2');
    expect(seen).toEqual([[2]]);
    expect(await batches.run(3)).toBe(6);
  });
});
