import { describe, expect, test } from 'vitest';
import { SCHEMA } from '../src/migrations.js';
import { isSecret } from '../src/platform/config.js';
import { Db } from '../src/platform/database/db.js';
import { Jobs } from '../src/platform/queue/jobs.js';
import { Chores } from '../src/platform/schedule/chores.js';
import { Settings } from '../src/platform/settings.js';
import { aProgram } from './support/accounts.js';
import { startApp } from './support/app.js';
import { anAdmin, codeOf } from './support/registry.js';
import { until } from './support/until.js';

interface Queue {
  readonly name: string;
  readonly [state: string]: unknown;
}

interface Tick {
  readonly name: string;
  readonly last_at: string | null;
}

test('an admin alone sees queues and settings', async () => {
  const app = await startApp({ env: { ROLE: 'api' } });
  const { key } = await aProgram(app);
  for (const path of ['/admin/queues', '/admin/settings']) {
    const [refused, unknown] = [await app.call('GET', path, { key }), await app.call('GET', path)];
    expect([path, refused.status, codeOf(refused), unknown.status]).toEqual([path, 403, 'SCOPE_MISSING', 401]);
  }
});

describe('GET /admin/queues', () => {
  test('tells what waits, for how long, and what failed last and why', async () => {
    const app = await startApp({ env: { ROLE: 'api' } });
    const key = await anAdmin(app);
    const send = (data: Record<string, string>, startAfter?: Date) =>
      app
        .get(Db)
        .transaction((tx) => app.get(Jobs).send(tx, 'triage', data, startAfter === undefined ? {} : { startAfter }));
    for (const taskId of ['given-up', 'again', 'waits']) await send({ taskId });
    await send({ taskId: 'later' }, new Date(Date.now() + 3_600_000));
    // Nothing runs jobs here: what a worker does with those that throw is done by hand.
    const { boss } = app.get(Jobs);
    await app.db.query(`UPDATE pgboss.job SET retry_limit = 0 WHERE data ->> 'taskId' = 'given-up'`);
    const [givenUp, again] = await boss.fetch('triage', { batchSize: 2 });
    await boss.fail('triage', givenUp?.id ?? '', { message: 'The first problem.' });
    await boss.fail('triage', again?.id ?? '', { message: `The second: ${'x'.repeat(1_000)}` });
    await app.db.query(
      `UPDATE pgboss.job SET created_on = now() - interval '90 s', start_after = now() - interval '90 s' WHERE data ->> 'taskId' = 'waits'`,
    );

    const { status, body } = await app.call('GET', '/admin/queues', { key });
    const { queues, processes } = body.data;
    const named = (name: string): Queue => queues.find((queue: Queue) => queue.name === name);

    expect(status).toBe(200);
    expect(named('triage')).toMatchObject({ queued: 1, delayed: 1, retry: 1, active: 0, failed: 1, dead: 1 });
    expect(named('triage').oldest_waiting_s).toBeGreaterThanOrEqual(90);
    expect(named('triage').last_failure).toMatchObject({ reason: expect.stringMatching(/^The (first|second)/) });
    expect(JSON.stringify(named('triage'))).not.toContain('x'.repeat(400));
    expect(named('dead')).toMatchObject({ queued: 1, last_failure: null });
    expect(named('judge')).toMatchObject({ queued: 0, oldest_waiting_s: null, last_failure: null });
    expect(queues.map(({ name }: Queue) => name)).toEqual([...SCHEMA.queues].sort().concat('dead'));
    expect(processes).toMatchObject([{ pid: process.pid, jobs: 0 }]);
  });

  test('tells when each chore came round, and which did not', async () => {
    const app = await startApp();
    const key = await anAdmin(app);
    const ticks = async (): Promise<Tick[]> => (await app.call('GET', '/admin/queues', { key })).body.data.ticks;
    const named = (all: Tick[], name: string) => all.find((tick) => tick.name === name);

    const ran = await until(ticks, (all) => (named(all, 'overdue-tasks')?.last_at ?? null) !== null);
    expect(named(ran, 'overdue-tasks')).toMatchObject({ every_s: 1, took_ms: expect.any(Number), late: false });
    expect(named(ran, 'forget-events')).toEqual({
      name: 'forget-events',
      every_s: 3_600,
      last_at: null,
      took_ms: null,
      late: false,
    });
    app.get(Chores).stop();
    app.clock.advance(60_000);
    expect(named(await ticks(), 'overdue-tasks')).toMatchObject({ late: true });
  });
});

describe('GET /admin/settings', () => {
  test('has every setting as it is in force, with its default, and no secret', async () => {
    const app = await startApp({
      env: { ROLE: 'api', POOL_SIZE: '9', JUDGE_MODEL_KEY: 'a-key-of-mine', EMBEDDINGS_URL: 'https://e.example/v1' },
    });
    const { status, body } = await app.call('GET', '/admin/settings', { key: await anAdmin(app) });
    const named = (name: string) => body.data.settings.find((setting: { name: string }) => setting.name === name);

    expect(status).toBe(200);
    expect(body.data.settings.map(({ name }: { name: string }) => name)).toEqual(Object.keys(Settings.shape));
    expect(named('POOL_SIZE')).toMatchObject({ value: 9, default: 6, secret: false, changed: true });
    expect(named('PRESENTED_MIN')).toMatchObject({ value: 3, default: 3, changed: false });
    expect(named('EMBEDDINGS_URL')).toMatchObject({ value: 'https://e.example/v1', default: null, changed: true });
    expect(named('JUDGE_MODEL_KEY')).toMatchObject({ value: 'set', default: null, secret: true, changed: true });
    expect(named('EMBEDDINGS_KEY')).toMatchObject({ value: null, secret: true, changed: false });
    for (const secret of ['a-key-of-mine', app.db.appUrl, app.db.ownerUrl, Buffer.alloc(32, 7).toString('base64')])
      expect(JSON.stringify(body)).not.toContain(secret);
  });

  test('every setting that sounds like a secret is one', () => {
    const secrets = Object.keys(Settings.shape).filter((name) => isSecret(name as keyof typeof Settings.shape));
    const named = Object.keys(Settings.shape).filter((name) =>
      /(^|_)(KEYS?|DATABASE_URL|TOKEN|PASSWORD|SECRET)$/.test(name),
    );
    expect(secrets).toEqual(named);
  });
});
