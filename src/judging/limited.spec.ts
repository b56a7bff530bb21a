import { afterAll, expect, test } from 'vitest';
import { Limited } from './limited.js';

const limited = new Limited(300);
afterAll(() => limited.close());

test('a pattern that would run for years is given up, and the next job is done', async () => {
  const started = performance.now();
  const slow = limited.run({ kind: 'match', pattern: '(a+)+', flags: 'u', texts: [`${'a'.repeat(50)}!`] });
  const next = limited.run({ kind: 'match', pattern: 'a|ab', flags: 'u', texts: ['ab', 'abc'] });
  expect(await slow).toEqual({ kind: 'too_slow' });
  expect(await next).toMatchObject({ kind: 'done', matches: [true, false] });
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('running out of memory ends the worker and not the process', async () => {
  const outcome = await new Limited(20_000).run({
    kind: 'count',
    pattern: '',
    flags: 'u',
    text: 'x'.repeat(2_000_000),
  });
  expect(outcome.kind).not.toBe('refused');
  expect(await limited.run({ kind: 'count', pattern: 'x', flags: 'u', text: 'xx' })).toMatchObject({
    kind: 'done',
    count: 2,
  });
});

test('what is no pattern, schema or code is refused with a reason', async () => {
  expect(await limited.run({ kind: 'count', pattern: '(', flags: 'u', text: '' })).toMatchObject({ kind: 'refused' });
  expect(await limited.run({ kind: 'schema', schema: { $ref: '#/nowhere' }, json: '1' })).toMatchObject({
    kind: 'refused',
  });
  expect(await limited.run({ kind: 'javascript', code: 'let a = ;' })).toMatchObject({
    kind: 'done',
    problems: [expect.stringMatching(/Unexpected token/)],
  });
});

test('after it was closed a job starts a new worker', async () => {
  await limited.close();
  expect(
    await limited.run({ kind: 'schema', schema: { type: 'string', format: 'date' }, json: '"2026-02-30"' }),
  ).toMatchObject({
    kind: 'done',
    problems: [expect.stringMatching(/date/)],
  });
});
