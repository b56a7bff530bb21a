import { defineConfig } from 'vitest/config';
import { LongFirst } from './test/long-first.ts';
import { PATIENCE_MS } from './test/support/until.ts';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) throw new Error(`The tests need Node 24; this is ${process.version}. Run them with "npm test".`);

export default defineConfig({
  test: {
    include: ['{src,test,packages,bench,examples,web}/**/*.spec.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    // Tests wait as much as they compute: for processes, databases and agents. So more of them run than there are cores.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    // A worker reads the product once for all its files: that is a quarter of the suite's time. So no test may leave anything behind
    // that another could trip over; what it opens ends with it (onTestFinished).
    isolate: false,
    // For what hangs, and nothing else: a machine that is busy with all of it may be ten times as slow for a while.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: PATIENCE_MS } },
  },
});
