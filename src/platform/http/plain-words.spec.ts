import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { InvalidInput } from './errors.js';
import { Validation } from './validation.js';

const Thing = z.strictObject({
  name: z.string().min(2).max(5),
  count: z.int().min(1),
  share: z.number().lt(1).optional(),
  kind: z.enum(['a', 'b']).optional(),
  id: z.uuid().optional(),
  at: z.iso.datetime().optional(),
  list: z.array(z.string()).max(1).optional(),
  own: z
    .string()
    .refine(() => false, 'must please us')
    .optional(),
});

async function problem(change: Record<string, unknown>): Promise<[string, string] | null> {
  const found = await new Validation()
    .transform({ name: 'name', count: 1, ...change }, { type: 'body', schema: Thing } as never)
    .catch((err: InvalidInput) => err);
  if (!(found instanceof InvalidInput)) return null;
  const [first] = found.fields;
  return first ? [first.field, first.message] : null;
}

describe('what is wrong', () => {
  const CASES: [Record<string, unknown>, string, string][] = [
    [{ name: undefined }, 'name', 'is missing'],
    [{ name: 5 }, 'name', 'must be text, not a number'],
    [{ name: null }, 'name', 'must be text, not null'],
    [{ name: ['x'] }, 'name', 'must be text, not a list'],
    [{ name: 'x' }, 'name', 'must have at least 2 characters'],
    [{ name: 'xxxxxx' }, 'name', 'must have at most 5 characters'],
    [{ count: '1' }, 'count', 'must be a number, not text'],
    [{ count: 1.5 }, 'count', 'must be a whole number'],
    [{ count: 0 }, 'count', 'must be at least 1'],
    [{ share: 1 }, 'share', 'must be less than 1'],
    [{ kind: 'c' }, 'kind', 'must be one of "a", "b"'],
    [{ id: 'x' }, 'id', 'must be an id (a UUID)'],
    [{ at: 'now' }, 'at', 'must be a time such as 2026-01-31T12:00:00Z'],
    [{ list: ['a', 'b'] }, 'list', 'must have at most 1 item'],
    [{ list: [5] }, 'list.0', 'must be text, not a number'],
    [{ own: 'x' }, 'own', 'must please us'],
    [{ odd: 1 }, 'odd', 'is no field here'],
  ];

  test.each(CASES)('%j is said in plain words', async (change, field, message) => {
    expect(await problem(change)).toEqual([field, message]);
  });

  test('is nothing where all is well', async () => {
    expect(await problem({})).toBeNull();
  });
});
