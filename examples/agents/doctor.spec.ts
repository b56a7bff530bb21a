import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '../../packages/agent-kit/src/doctor/diagnose.ts';
import { practiceBrief } from './testing/fixtures.ts';
import { SECRET, type Started, startAgent } from './testing/processes.ts';
import { type Program, programs } from './testing/programs.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const playing = programs().filter(({ path, needsModel }) => !needsModel && (hasPython || !path.endsWith('.py')));
const started: Started[] = [];
const found = new Map<string, Diagnosis[]>();

beforeAll(async () => {
  await Promise.all(playing.map(async (program) => found.set(program.path, await diagnosed(program))));
});
afterAll(() => Promise.all(started.map((agent) => agent.stop())));

async function diagnosed({ path, profile }: Program): Promise<Diagnosis[]> {
  const agent = await startAgent(path);
  started.push(agent);
  const endpoint = { executeUrl: agent.url, healthUrl: agent.url.replace('/execute', '/health') };
  return diagnose({ endpoint, secret: SECRET, profile, brief: practiceBrief(firstOf(profile)), windowMs: 60_000 });
}

function firstOf({ capabilities: [capability] }: Program['profile']): string {
  return `${capability?.category}/${capability?.task_type}`;
}

test.each(playing)('the doctor finds nothing wrong with $profile.name', ({ path }) => {
  const diagnosis = found.get(path) ?? [];
  expect(diagnosis.length).toBeGreaterThan(30);
  // They answer at once: what only agents that answer later are asked is skipped.
  const asked = diagnosis.filter(({ check, verdict }) => check.needs !== 'async' || verdict !== 'skipped');
  const wrong = asked.filter(({ verdict }) => verdict !== 'pass');
  expect(wrong.map(({ check, verdict, seen }) => ({ [check.key]: verdict, seen }))).toEqual([]);
});
