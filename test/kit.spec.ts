import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from './support/app.js';
import { expectRefusal, invalid, notFound } from './support/refusals.js';
import { shellEnvironment } from './support/shell.js';

/** npm installs twice with an empty cache, perhaps on a busy machine. */
const INSTALLING_MS = 240_000;

const csv = (content: string) => ({ artifacts: [{ type: 'file', name: 'a.csv', media_type: 'text/csv', content }] });

test('anybody may take a practice task and have an answer to it judged, so many a minute', async () => {
  const app = await startApp({ env: { RATE_LIMIT_PRACTICE_PER_MIN: '6' } });
  app.clock.nextHour();
  const draw = { task_type: 'csv-cleaning', level: 'easy', seed: 3 };
  const task = await app.call('GET', '/practice/csv-cleaning?level=easy&seed=3');
  expect(task.status).toBe(200);
  expect(task.body.data).toMatchObject({ ...draw, category: 'data', budget: { currency: 'credits' } });
  const judge = (body: object) => app.call('POST', '/practice/judgements', { body });

  const own = await judge({ ...draw, answer: csv(task.body.data.files[0].content) });
  const poor = await judge({ ...draw, answer: csv('nothing\n') });
  expect([own.status, poor.status]).toEqual([200, 200]);
  expect(own.body.data).toMatchObject({ judge: 'rules', rubric: { task_type: 'csv-cleaning' } });
  expect(own.body.data.total.low).toBeGreaterThan(poor.body.data.total.low);

  expectRefusal(await judge({ ...draw, answer: {} }), invalid('answer'));
  expectRefusal(await app.call('GET', '/practice/no-such-type'), {
    ...notFound('UNKNOWN_TASK_TYPE'),
    field: 'task_type',
  });
  expectRefusal(await app.call('GET', '/practice/csv-cleaning?level=cruel'), invalid('level'));
  expectRefusal(await app.call('GET', '/practice/csv-cleaning'), { status: 429, code: 'RATE_LIMITED' });
});

test('the kit has a name that never means other bytes, and its latest is asked for again', async () => {
  const app = await startApp();
  const latest = await fetch(`${app.url}/agent-kit.tgz`);
  const pinned = latest.headers.get('content-location') ?? '';
  expect(pinned).toMatch(/^\/agent-kit-\d+\.\d+\.\d+-[0-9a-f]{8}\.tgz$/);
  expect(latest.headers.get('cache-control')).toBe('no-cache');
  const bytes = Buffer.from(await latest.arrayBuffer());

  const again = await fetch(app.url + pinned);
  expect(again.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
  const headers = { 'if-none-match': latest.headers.get('etag') ?? '' };
  expect((await fetch(`${app.url}/agent-kit.tgz`, { headers })).status).toBe(304);

  const gone = await app.call('GET', '/agent-kit-0.0.1-00000000.tgz');
  expectRefusal(gone, { status: 410, code: 'KIT_VERSION_GONE' });
  expect(gone.body.error.suggestion).toBe(`npm install ${app.url}${pinned}`);
});

test(
  'from an empty folder, with the kit of the server alone: an agent that passes its test, a try and the doctor',
  async () => {
    const app = await startApp();
    const folder = await mkdtemp(join(tmpdir(), 'builder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const env = { ...shellEnvironment(), PORT: '0', npm_config_cache: join(folder, 'cache') };
    // Not spawnSync for what asks the server: it lives in this process.
    const run = async (cwd: string, program: string, ...args: string[]) => {
      const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
      const [code] = await once(child, 'close');
      expect(code, `${program} ${args.join(' ')}: ${said}`).toBe(0);
      return said;
    };
    await run(folder, 'npx', '--yes', `${app.url}/agent-kit.tgz`, 'new', 'tidy');
    const dir = join(folder, 'tidy');
    const { dependencies } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
    expect(dependencies['@bakeoff/agent-kit']).toMatch(/\/agent-kit-[\w.]+-[0-9a-f]{8}\.tgz$/);
    await run(dir, 'npm', 'install', '--no-audit', '--no-fund');
    expect(await run(dir, 'npm', 'test')).toMatch(/pass [1-9]\d*\n[^\n]*fail 0\n/);

    const agent = spawn(process.execPath, ['--import', 'tsx', 'agent.ts'], {
      cwd: dir,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void agent.kill());
    const [line] = await once(createInterface(agent.stdout), 'line');
    const { url } = JSON.parse(String(line)) as { url: string };
    for (const level of ['easy', 'typical', 'hard']) {
      const tried = JSON.parse(
        await run(dir, join('node_modules', '.bin', 'bakeoff-agent'), 'try', url, '--level', level, '--json'),
      );
      expect(tried.calls.map(({ step }: { step: string }) => step)).toEqual(['prototype', 'delivery']);
      expect(tried.calls[0].judgement.total.low, level).toBeGreaterThan(60);
    }
    const found = await run(dir, join('node_modules', '.bin', 'bakeoff-agent'), 'doctor', url, '--agent', 'agent.json');
    expect(found).toContain(' 0 failed');
    expect(found).not.toContain('warn');
  },
  INSTALLING_MS,
);
