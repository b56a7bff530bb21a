import { describe, expect, test } from 'vitest';
import { runCaseTests } from '../tests/case-tests.js';
import { SANDBOX } from './limits.js';
import { runSourceTests } from './source-tests.js';
import { CannotRun } from './talk.js';

/** A process that does this with descriptor 3 instead of being a sandbox. */
const saying = (...lines: readonly object[]) => ({
  command: process.execPath,
  args: [
    '-e',
    `require('fs').writeSync(3, ${JSON.stringify(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))}); setTimeout(() => {}, 5_000);`,
  ],
});

describe('a process of ours that can not start is no fault of the work', () => {
  test.each([
    ['it is not there', { command: '/no/such/program', args: [] }],
    ['it ends at once', { command: process.execPath, args: ['-e', ''] }],
    ['it says so', saying({ failed: 'no memory' })],
    ['it says so of its own part, once it has its job', saying({ ready: true }, { unable: 'no memory' })],
  ])('because %s', async (_why, launch) => {
    const given = { launch, solution: {}, patience: SANDBOX };
    await expect(
      runCaseTests({ ...given, cases: [{ args: [], equals: 1 }], matches: async () => undefined }),
    ).rejects.toThrow(CannotRun);
    await expect(runSourceTests({ ...given, tests: {}, throws: false })).rejects.toThrow(CannotRun);
  });

  test('but a solution that can not be loaded is', async () => {
    const launch = saying({ ready: true }, { failed: 'SyntaxError' });
    const given = { launch, solution: {}, patience: SANDBOX };
    const report = await runCaseTests({ ...given, cases: [{ args: [], equals: 1 }], matches: async () => undefined });
    expect(report).toMatchObject({ verdict: 'fail', failed: 1 });
  });
});
