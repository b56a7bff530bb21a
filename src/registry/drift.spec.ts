import { expect, test } from 'vitest';
import { drift } from './drift.js';

const AGENT = {
  slug: 'porter',
  capabilities: ['data/csv-cleaning', 'writing'],
  proof: 'newest',
  isVerified: true,
} as const;
const SILENT = { agent: null, version: null, capabilities: null };
const codes = (agent: object, reported: object) =>
  drift({ ...AGENT, ...agent }, { ...SILENT, ...reported }).map(({ code }) => code);

test('an agent that says nothing, or the same, does not drift', () => {
  expect(codes({}, {})).toEqual([]);
  expect(codes({}, { agent: 'porter', capabilities: ['writing', 'data/csv-cleaning'] })).toEqual([]);
});

test('another name, and more or fewer capabilities, are said', () => {
  expect(codes({}, { agent: 'other', capabilities: ['writing', 'code'] })).toEqual([
    'AGENT_DIFFERS',
    'CAPABILITY_NOT_REPORTED',
    'CAPABILITY_NOT_REGISTERED',
  ]);
});

test('an endpoint that has not changed its secret yet, or lost it, is told', () => {
  expect(codes({ proof: 'older' }, {})).toEqual(['OLD_SECRET']);
  expect(codes({ proof: 'missing' }, {})).toEqual(['PROOF_LOST']);
  expect(codes({ proof: 'missing', isVerified: false }, {})).toEqual([]);
});

test('a long list and odd characters are cut', () => {
  const capabilities = [...AGENT.capabilities, ...Array.from({ length: 8 }, (_, n) => `x\u202e\u0007${n}`)];
  const [warning] = drift(AGENT, { ...SILENT, capabilities });
  expect(warning?.message).toMatch(/x {2}0, .* and 3 more\.$/);
});
