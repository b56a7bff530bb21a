import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { calledIn } from './called.js';

const SERVED = { server: 'https://bakeoff.example', tarball: 'https://bakeoff.example/agent-kit-0.1.0-1a2b3c4d.tgz' };

test('the command line is called by the name of a package that is there, and else by the address that it came from', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'called-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'node_modules'));
  expect(calledIn(folder, SERVED)).toBe(`npx --yes ${SERVED.tarball}`);
  expect(calledIn(folder, null)).toMatch(/^npx --yes file:\/.*packages\/agent-kit$/);

  await mkdir(join(folder, 'node_modules', '@bakeoff', 'agent-kit'), { recursive: true });
  for (const within of [folder, join(folder, 'inner')]) expect(calledIn(within, SERVED)).toBe('npx @bakeoff/agent-kit');
});
