import { describe, expect, test } from 'vitest';
import { asked } from './talk.js';

/** A process that says this, whatever it is asked. */
function saying(value: unknown) {
  const killed: string[] = [];
  const cell = {
    send: () => {},
    next: async () => ({ kind: 'line' as const, line: JSON.stringify(value) }),
    kill: (reason: string) => void killed.push(reason),
  };
  return { cell, killed };
}

describe('what a process answers', () => {
  test('is a reply to the question', async () => {
    const { cell, killed } = saying({ a: 3, value: 5, settled: [['1', 'yes', 2]] });
    expect(await asked(cell, { q: 3, op: 'apply' }, 10)).toMatchObject({ kind: 'reply', reply: { value: 5 } });
    expect(killed).toEqual([]);
  });

  test.each([
    { a: 2, value: 5 },
    { value: 5 },
    { a: 3, settled: 5 },
    { a: 3, settled: { find: 1 } },
    { a: 3, back: 'x' },
    [3],
    'a',
    null,
  ])('and ends it when it is anything else: %j', async (value) => {
    const { cell, killed } = saying(value);
    expect(await asked(cell, { q: 3, op: 'apply' }, 10)).toMatchObject({ kind: 'gone' });
    expect(killed).toHaveLength(1);
  });
});
