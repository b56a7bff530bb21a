import { expect, test, vi } from 'vitest';
import { Db } from '../src/platform/database/db.js';
import { Jobs } from '../src/platform/queue/jobs.js';
import { Worker } from '../src/platform/queue/worker.js';
import { HOUSEKEEPING_QUEUE } from '../src/platform/schedule/chores.js';
import { startApp, type TestApp } from './support/app.js';

const untold = { chore: 'unknown', tick: 0 };

async function jobDone(app: TestApp, chore: string): Promise<{ started_on: Date; start_after: Date }> {
  return vi.waitUntil(
    async () => {
      const [job] = await app.db.query<{ started_on: Date; start_after: Date }>(
        `SELECT started_on, start_after FROM pgboss.job WHERE state = 'completed' AND data ->> 'chore' = $1`,
        [chore],
      );
      return job;
    },
    { timeout: 30_000, interval: 50 },
  );
}

test('a job that nobody was woken for is found, and queues that hold nothing are not fetched from', async () => {
  const app = await startApp();
  const { boss } = app.get(Jobs);
  const fetched = vi.spyOn(boss, 'fetch');
  await boss.insert(HOUSEKEEPING_QUEUE, [{ data: untold }]);
  await jobDone(app, untold.chore);
  expect(new Set(fetched.mock.calls.map(([queue]) => queue))).toEqual(new Set([HOUSEKEEPING_QUEUE]));
});

test('a job for later is taken when its time has come', async () => {
  const app = await startApp();
  const startAfter = new Date(Date.now() + 300);
  await app.get(Db).transaction((tx) => app.get(Jobs).send(tx, HOUSEKEEPING_QUEUE, untold, { startAfter }));
  const { started_on: startedOn, start_after: dueAt } = await jobDone(app, untold.chore);
  expect(dueAt).toEqual(startAfter);
  expect(startedOn.getTime()).toBeGreaterThanOrEqual(startAfter.getTime());
});

test('more jobs than a queue takes at once are all done', async () => {
  const app = await startApp();
  const chores = Array.from({ length: 25 }, (_, i) => `unknown ${i}`);
  const jobs = chores.map((chore) => ({ chore, tick: 0 }));
  await app.get(Db).transaction((tx) => app.get(Jobs).sendAll(tx, HOUSEKEEPING_QUEUE, jobs));
  await Promise.all(chores.map((chore) => jobDone(app, chore)));
});

test('a job that its sender runs itself is taken when it is sent, run after the commit, and never fetched', async () => {
  const app = await startApp();
  const worker = app.get(Worker);
  const fetched = vi.spyOn(app.get(Jobs).boss, 'fetch');
  expect(worker.hasRoom(HOUSEKEEPING_QUEUE, 4)).toBe(true);
  expect(worker.hasRoom(HOUSEKEEPING_QUEUE, 5)).toBe(false);
  expect(worker.hasRoom('a queue that nobody here serves', 1)).toBe(false);
  await app.get(Db).transaction(async (tx) => {
    await worker.sendOwn(tx, HOUSEKEEPING_QUEUE, [untold]);
    const [job] = await tx.query(
      `SELECT j.state, w.worker_id IS NOT NULL AS noted FROM pgboss.job j LEFT JOIN worker_jobs w ON w.job_id = j.id
       WHERE j.data ->> 'chore' = $1`,
      [untold.chore],
    );
    expect(job).toEqual({ state: 'active', noted: true });
  });
  await jobDone(app, untold.chore);
  expect(await app.db.query('SELECT 1 FROM worker_jobs')).toEqual([]);
  expect(fetched).not.toHaveBeenCalled();
});

test('a job of a sender whose transaction rolls back never runs', async () => {
  const app = await startApp();
  const worker = app.get(Worker);
  const sent = app.get(Db).transaction(async (tx) => {
    await worker.sendOwn(tx, HOUSEKEEPING_QUEUE, [untold]);
    throw new Error('changed its mind');
  });
  await expect(sent).rejects.toThrow('changed its mind');
  expect(worker.hasRoom(HOUSEKEEPING_QUEUE, 4)).toBe(true);
  expect(await app.db.query(`SELECT 1 FROM pgboss.job WHERE data ->> 'chore' = $1`, [untold.chore])).toEqual([]);
});

test('a process that runs no jobs sends them to those that do', async () => {
  const server = await startApp({ env: { ROLE: 'api' } });
  const worker = server.get(Worker);
  expect(worker.hasRoom(HOUSEKEEPING_QUEUE, 1)).toBe(false);
  await server.get(Db).transaction((tx) => worker.sendHere(tx, HOUSEKEEPING_QUEUE, untold));
  const [job] = await server.db.query(`SELECT state FROM pgboss.job WHERE data ->> 'chore' = $1`, [untold.chore]);
  expect(job).toEqual({ state: 'created' });
});
