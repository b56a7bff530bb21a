import { expect, test, vi } from 'vitest';
import { Db } from '../src/platform/database/db.js';
import { Jobs } from '../src/platform/queue/jobs.js';
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
