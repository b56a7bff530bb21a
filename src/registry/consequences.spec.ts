import { expect, test } from 'vitest';
import { consequences, type Snapshot } from './consequences.js';

const BEFORE: Snapshot = {
  id: 'a',
  version: 1,
  endpointUrl: 'https://a.example/execute',
  isPaused: false,
  capabilities: [
    { name: 'writing/summary', proven: true },
    { name: 'data', proven: false },
  ],
};
const after = (changes: Partial<Snapshot>) => consequences(BEFORE, { ...BEFORE, ...changes });

test('a change of texts or price costs nothing', () => {
  expect(after({})).toEqual([]);
});

test('another endpoint must prove itself, now or after the pause', () => {
  const moved = { version: 2, endpointUrl: 'https://b.example/execute' };
  expect(after(moved).map(({ code }) => code)).toEqual(['NEW_VERSION', 'ENDPOINT_TO_VERIFY']);
  expect(after({ ...moved, isPaused: true })[1]?.message).toContain('once it is resumed');
});

test('what is declared anew needs a benchmark, what is dropped loses its own', () => {
  const found = after({
    version: 2,
    capabilities: [
      { name: 'data', proven: false },
      { name: 'code/sql', proven: false },
    ],
  });
  expect(found.map(({ code }) => code)).toEqual(['NEW_VERSION', 'BENCHMARK_NEEDED', 'PROOF_DROPPED']);
  expect(found[1]?.message).toContain('code/sql: POST /agents/a/benchmark');
  expect(found[2]?.message).toContain('writing/summary');
});
