import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fault, LATE } from '../../test/faults.js';
import { type FaultyAgent, faultyAgent } from '../../test/faulty-agent.js';
import { plainBrief } from '../cli/doctor.js';
import { newSecret } from '../sign.js';
import type { Verdict } from './check.js';
import { CHECKS } from './checks.js';
import { type Diagnosis, diagnose } from './diagnose.js';

const secret = newSecret(randomBytes);
const profile = {
  slug: 'faulty',
  min_price: 10,
  max_concurrency: 3,
  capabilities: [{ category: 'writing', task_type: 'summary' }],
};

/** Each fault, and the checks that name it. */
const NAMED: Record<Fault, Partial<Record<string, 'fail' | 'warn'>>> = {
  none: {},
  'no health': { health: 'fail' },
  unwell: { health: 'fail' },
  'other name in health': { 'health-drift': 'fail' },
  'no signature needed': { 'missing-signature': 'fail' },
  // Whoever looks at no signature notices neither another's nor a body that does not belong to it.
  'any signature': { 'bad-signature': 'fail', 'tampered-body': 'fail' },
  'old calls': { 'stale-timestamp': 'fail' },
  'calls from the future': { 'future-timestamp': 'fail' },
  'impatient clock': { clock: 'fail' },
  'first signature only': { 'secret-rotation': 'fail' },
  'verifies printed json': { 'raw-body': 'fail' },
  'strict fields': { 'unknown-fields': 'fail' },
  'exact version': { 'minor-version': 'fail' },
  'needs attachments': { 'missing-optional': 'fail' },
  // A cancelled call comes again with its id.
  'refuses repeats': { repeat: 'fail', 'repeat-at-once': 'fail', 'cancelled-call': 'fail' },
  'fails on repeats that run': { 'repeat-at-once': 'fail' },
  'fails on a known id with another body': { replay: 'fail' },
  'crashes on large files': { 'big-attachment': 'fail' },
  'crashes on expired files': { 'attachment-expired': 'fail' },
  'impatient reader': { 'slow-body': 'fail' },
  'impatient writer': { 'slow-reader': 'fail' },
  'hurt by hang-ups': { 'cancelled-call': 'fail' },
  'busy without retry-after': { 'parallel-calls': 'fail' },
  'busy too early': { 'parallel-calls': 'warn' },
  'works on GET': { method: 'fail' },
  'crashes on bad json': { 'bad-json': 'fail' },
  'crashes on other shapes': { 'other-shape': 'fail' },
  'reads without end': { 'huge-body': 'fail' },
  'bare errors': { 'error-body': 'warn' },
  greedy: { 'small-budget': 'fail' },
  'half a credit': { price: 'fail' },
  'crashes on other work': { 'other-task-type': 'fail' },
  'cannot deliver': { delivery: 'fail', revision: 'fail' },
  'declines what it bid for': { delivery: 'fail', revision: 'fail' },
  'cannot revise': { revision: 'fail' },
  'answers nothing': { prototype: 'fail' },
  'breaks the contract': { prototype: 'fail' },
  redirects: { prototype: 'fail' },
  'answers later': {},
  'never acknowledges': { prototype: 'fail', acknowledgement: 'fail' },
  'never calls back': { prototype: 'fail', callback: 'fail' },
  'signs callbacks with its own secret': { prototype: 'fail', 'callback-signature': 'fail' },
  'calls back without artifacts': { prototype: 'fail', 'callback-answer': 'fail' },
  'works twice on repeats': { 'callback-once': 'fail' },
};

/** It gives its answers, of megabytes, a moment to get through: nothing else may keep the process busy. */
const ALONE = 'impatient writer';
/** Nothing of theirs is taken, so that each call is waited for to its end. */
const SILENT: readonly Fault[] = [
  'answers nothing',
  'never acknowledges',
  'never calls back',
  'signs callbacks with its own secret',
  'calls back without artifacts',
];
const faults = Object.keys(NAMED) as Fault[];
const agents: FaultyAgent[] = [];
const found = new Map<Fault, Diagnosis[]>();

/** All at once: what takes long in a diagnosis is waiting. */
beforeAll(async () => {
  const atOnce = faults.filter((fault) => fault !== ALONE);
  await Promise.all(atOnce.map(async (fault) => found.set(fault, await diagnosed(fault))));
  found.set(ALONE, await diagnosed(ALONE, ['prototype', 'repeat', 'slow-reader']));
});
afterAll(() => {
  for (const agent of agents) agent.close();
});

async function diagnosed(fault: Fault, keys = CHECKS.map(({ key }) => key)): Promise<Diagnosis[]> {
  const agent = await faultyAgent(fault, secret);
  agents.push(agent);
  const endpoint = { executeUrl: agent.url, healthUrl: agent.url.replace('/execute', '/health') };
  const windowMs = SILENT.includes(fault) ? 5_000 : 60_000;
  const isAsync = LATE.includes(fault);
  const checks = CHECKS.filter(({ key }) => keys.includes(key));
  return diagnose({ checks, endpoint, secret, profile, brief: plainBrief(profile), windowMs, isAsync });
}

const verdictsOf = (fault: Fault, ...verdicts: Verdict[]) =>
  (found.get(fault) ?? []).filter(({ verdict }) => verdicts.includes(verdict));

test.each(faults)('an agent with this fault is told of it and of nothing else: %s', (fault) => {
  const named = verdictsOf(fault, 'fail', 'warn').map(({ check, verdict, seen }) => ({ [check.key]: verdict, seen }));
  const expected = Object.entries(NAMED[fault]).map(([key, verdict]) => ({ [key]: verdict, seen: expect.any(String) }));
  expect(named).toEqual(expected);
});

test('every check is made to fail by some fault', () => {
  const reached = new Set(Object.values(NAMED).flatMap((checks) => Object.keys(checks)));
  expect(CHECKS.map(({ key }) => key).filter((key) => !reached.has(key))).toEqual([]);
});

test('what builds on a plain call is skipped where that fails, and nothing is skipped without cause', () => {
  const late = CHECKS.filter(({ needs }) => needs === 'async').map(({ key }) => key);
  expect(verdictsOf('none', 'skipped').map(({ check }) => check.key)).toEqual(late);
  expect(verdictsOf('answers later', 'skipped')).toEqual([]);
  const skipped = verdictsOf('breaks the contract', 'skipped').map(({ check }) => check.key);
  expect(skipped).toEqual(CHECKS.filter(({ needs }) => needs).map(({ key }) => key));
});
