import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Limited } from './limited.js';

const limited = new Limited(300);
afterAll(() => limited.close());

test('a pattern that would run for years is given up, and the next job is done', async () => {
  const started = performance.now();
  const slow = limited.run({ kind: 'match', pattern: '(a+)+', flags: 'u', texts: [`${'a'.repeat(50)}!`] });
  const next = limited.run({ kind: 'match', pattern: 'a|ab', flags: 'u', texts: ['ab', 'abc'] });
  expect(await slow).toEqual({ kind: 'too_slow' });
  expect(await next).toMatchObject({ kind: 'done', matches: [true, false] });
  expect(performance.now() - started).toBeLessThan(30_000);
});

test('a job that waits for a busy machine has the same time as on an idle one', async () => {
  const busy = Array.from({ length: 7 * availableParallelism() }, () => new Worker('for (;;);', { eval: true }));
  onTestFinished(async () => void (await Promise.all(busy.map((worker) => worker.terminate()))));
  const strict = new Limited(250);
  onTestFinished(() => strict.close());
  // Some 50 ms of work, of which a machine as busy as this makes some 400 ms by the clock.
  const job = { kind: 'count', pattern: '(x+x+)+y|x', flags: 'u', text: 'x'.repeat(21) } as const;
  for (let i = 0; i < 2; i++) expect(await strict.run(job)).toMatchObject({ kind: 'done', count: 21 });
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
