import { defineConfig } from 'vitest/config';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) throw new Error(`The tests need Node 24; this is ${process.version}. Run them with "npm test".`);

export default defineConfig({
  test: {
    include: ['{src,test,packages,bench,examples}/**/*.spec.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    // Tests wait more than they compute: for processes, databases and agents. So more of them run than there are cores.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
