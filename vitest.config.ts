import { defineConfig } from 'vitest/config';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) throw new Error(`The tests need Node 24; this is ${process.version}. Run them with "npm test".`);

export default defineConfig({
  test: {
    include: ['{src,test,packages,bench,examples}/**/*.spec.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    // Most specs wait more than they work: for servers, databases and agents. Vitest's own choice on 2 cores is 1.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
