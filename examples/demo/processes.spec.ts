import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { bareEnvironment, Processes } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'bakeoff-processes-'));
let processes = new Processes(folder, folder);
afterEach(async () => {
  await processes.stop();
  processes = new Processes(folder, folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(slug: string, code: string, stopWithinMs = 5_000) {
  const env = bareEnvironment(process.env);
  return processes.start({
    name: `The ${slug}`,
    slug,
    command: process.execPath,
    args: ['-e', code],
    env,
    stopWithinMs,
  });
}

const WAITS = 'setInterval(() => {}, 1000);';

describe('a program', () => {
  test('is heard when it says the line that is meant, and ends when it is asked to', async () => {
    const started = start('server', `${WAITS} console.log('hello'); console.log(JSON.stringify({ url: 'here' }));`);
    expect(await started.says<{ url: string }>(({ url }) => url !== undefined, 5_000)).toEqual({ url: 'here' });
    expect(started.isRunning).toBe(true);
    expect(await processes.stop()).toEqual([]);
    expect(started.isRunning).toBe(false);
    // The log is written beside all this.
    const log = () => readFileSync(join(folder, 'server.log'), 'utf8');
    await expect.poll(log, { timeout: 20_000 }).toBe('hello\n{"url":"here"}\n');
  });

  test('that ends instead is quoted', async () => {
    const started = start('failure', `console.error('The port is taken.'); process.exitCode = 3;`);
    await expect(started.says(() => true, 5_000)).rejects.toThrow(
      'The failure ended with exit code 3. The port is taken.',
    );
    expect(started.endedWell).toBe(false);
  });

  test('that stays silent is not waited for without end', async () => {
    await expect(start('silence', WAITS).says(() => true, 50)).rejects.toThrow('The silence said nothing for 0.05 s.');
  });

  test('that is not there is named', async () => {
    const started = processes.start({
      name: 'Nobody',
      slug: 'nobody',
      command: join(folder, 'none'),
      args: [],
      env: {},
      stopWithinMs: 50,
    });
    await expect(started.says(() => true, 5_000)).rejects.toThrow(/^Nobody could not be started/);
  });

  test('that does not listen is killed', async () => {
    const started = start('mule', `process.on('SIGTERM', () => {}); ${WAITS} console.log('{}');`, 100);
    await started.says(() => true, 5_000);
    expect(await processes.stop()).toEqual(['The mule']);
  });
});

test('no setting of another server gets into the environment', () => {
  expect(bareEnvironment({ PATH: '/bin', DATABASE_URL: 'postgres://x', PORT: '1', OPENAI_API_KEY: 'k' })).toEqual({
    PATH: '/bin',
  });
});
