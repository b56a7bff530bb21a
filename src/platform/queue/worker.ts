import { Injectable, Logger } from '@nestjs/common';
import type { Job } from 'pg-boss';
import { Db, rows, type Tx } from '../database/db.js';
import { bossTx } from './boss.js';
import { Jobs, queueTopic } from './jobs.js';
import { Presence } from './presence.js';
import { Round } from './round.js';

/** How often it is asked which queues hold a job that is due: what a delayed job or a lost wake-up may be late by. */
const POLL_MS = 500;
/** Finished jobs are written down together, and after the next step of what they are part of has gone on: nobody waits for that. */
const FLUSH_MS = 100;
const LIVENESS_MS = 500;

/** One look into pg-boss' index a queue; most of them are empty most of the time. */
const DUE = `SELECT q.name FROM unnest($1::text[]) AS q (name) WHERE EXISTS (
    SELECT FROM pgboss.job j WHERE j.name = q.name AND j.state < 'active' AND NOT j.blocked AND j.start_after <= pgboss.job_now()
  )`;

type Data = Record<string, string | number>;
export type JobHandler = (data: Data) => Promise<void>;
/** What a module does, in the transaction that buries a worker, with what that worker had begun. */
export type TakeOver = (tx: Tx, deadWorkerId: string) => Promise<void>;

interface Loop {
  readonly queue: string;
  readonly concurrency: number;
  readonly handle: JobHandler;
  readonly running: Map<string, Promise<void>>;
  readonly finished: Job<Data>[];
  wake: () => void;
}

/**
 * Runs the handlers of this process: one loop a queue that fetches as many jobs as it has free slots, when it is woken. (pg-boss' own
 * `work()` takes one job a poll, or makes a batch wait for its slowest.) Each job taken is noted under this worker's id in the same
 * statement, so that the others can take it over within a second of this process dying.
 */
@Injectable()
export class Worker {
  private readonly loops: Loop[] = [];
  private readonly takeOvers: TakeOver[] = [];
  private readonly log = new Logger('worker');
  private stopping = false;
  private ended: Promise<unknown> = Promise.resolve();
  private readonly rounds: Round[] = [];

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly presence: Presence,
  ) {}

  /** Names the handler of a queue. A handler may run twice for one job; a throw makes it run again later. */
  register(queue: string, concurrency: number, handle: JobHandler): void {
    this.loops.push({ queue, concurrency, handle, running: new Map(), finished: [], wake: () => {} });
  }

  onTakeOver(takeOver: TakeOver): void {
    this.takeOvers.push(takeOver);
  }

  async start(): Promise<void> {
    await this.buryTheDead();
    this.ended = Promise.all(this.loops.map((loop) => this.run(loop)));
    this.again(LIVENESS_MS, 'could not look after the other workers', () => this.buryTheDead());
    this.again(POLL_MS, 'could not look for jobs', () => this.wakeTheDue());
    await this.wakeTheDue();
  }

  /** Takes no more jobs, waits for the running ones and writes down what they finished. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const rounds = this.rounds.map((round) => round.stop());
    for (const loop of this.loops) loop.wake();
    // First the loops, whose last fetch may bring jobs that then run too.
    await this.ended;
    const running = this.loops.flatMap((loop) => [...loop.running.values()]);
    await Promise.race([Promise.all(running), new Promise((done) => setTimeout(done, graceMs).unref())]);
    await Promise.all(rounds);
    for (const loop of this.loops) await this.flush(loop);
  }

  private async run(loop: Loop): Promise<void> {
    const release = this.presence.on(queueTopic(loop.queue), () => loop.wake());
    let wakened = nextWake(loop);
    for (;;) {
      await wakened;
      if (this.stopping) break;
      wakened = nextWake(loop); // before the fetch: what comes meanwhile may have come too late for it
      const isFull = await this.fetch(loop).catch((err) => {
        this.log.warn({ err, queue: loop.queue }, 'could not fetch jobs');
        return false;
      });
      // A full batch says that more may wait.
      if (isFull && loop.running.size < loop.concurrency) loop.wake();
    }
    release();
  }

  private again(everyMs: number, failure: string, work: () => Promise<void>): void {
    this.rounds.push(new Round(everyMs, work, (err) => this.log.warn({ err }, failure)));
  }

  /** One question for all the queues; those with nothing to do ask nothing. */
  private async wakeTheDue(): Promise<void> {
    const due = await this.db.query<{ name: string }>(DUE, [this.loops.map(({ queue }) => queue)]);
    for (const { name } of due) this.loops.find(({ queue }) => queue === name)?.wake();
  }

  /** @returns whether it got as many jobs as it asked for */
  private async fetch(loop: Loop): Promise<boolean> {
    const free = loop.concurrency - loop.running.size;
    if (free <= 0) return true;
    const jobs = await this.jobs.boss.fetch<Data>(loop.queue, { batchSize: free, db: this.noting(loop.queue) });
    for (const job of jobs) loop.running.set(job.id, this.handle(loop, job));
    return jobs.length === free;
  }

  /**
   * Runs the one statement by which pg-boss takes jobs, and notes in the same one whose they are now. Nobody waits for the disk:
   * if PostgreSQL loses its last moment, the jobs were never taken and run again.
   */
  private noting(queue: string) {
    return {
      executeSql: async (text: string, values: unknown[] = []) => {
        const sql = `WITH taken AS (${text}), noted AS (
            INSERT INTO worker_jobs (job_id, worker_id, queue)
            SELECT id, $${values.length + 1}::uuid, $${values.length + 2}::text FROM taken
            ON CONFLICT (job_id) DO UPDATE SET worker_id = excluded.worker_id
          ) SELECT taken.* FROM taken, set_config('synchronous_commit', 'off', true)`;
        return { rows: await this.db.query<Record<string, unknown>>(sql, [...values, this.presence.id, queue]) };
      },
    };
  }

  private async handle(loop: Loop, job: Job<Data>): Promise<void> {
    try {
      await loop.handle(job.data);
      loop.finished.push(job);
      if (loop.finished.length === 1) setTimeout(() => void this.flush(loop), FLUSH_MS);
    } catch (err) {
      // What our own stop cuts off stays noted under this worker, so that the others take it over as a whole.
      if (this.stopping) return;
      this.log.error({ err, queue: loop.queue, job_id: job.id, ...job.data }, 'a job failed and will be tried again');
      await this.giveBackInTheEnd(loop.queue, job, err);
    } finally {
      const wasFull = loop.running.size >= loop.concurrency;
      loop.running.delete(job.id);
      if (wasFull) loop.wake();
    }
  }

  private async flush(loop: Loop): Promise<void> {
    const jobs = loop.finished.splice(0);
    if (jobs.length === 0) return;
    try {
      await this.db.transaction(async (tx) => {
        const ids = jobs.map((job) => job.id);
        await this.jobs.boss.complete(loop.queue, ids, null, { db: bossTx(tx) });
        await rows(tx, 'DELETE FROM worker_jobs WHERE job_id = ANY($1::uuid[])', [ids]);
      });
    } catch (err) {
      // Until that succeeds they stay noted under this worker and run again once it is gone; a handler may run twice.
      this.log.warn({ err, queue: loop.queue }, 'could not complete jobs');
      if (loop.finished.length === 0 && !this.stopping) setTimeout(() => void this.flush(loop), POLL_MS);
      loop.finished.push(...jobs);
    }
  }

  /** A job that is neither done nor given back would rest with a living worker: the database being away is waited out. */
  private async giveBackInTheEnd(queue: string, job: Job<Data>, err: unknown): Promise<void> {
    while (!this.stopping) {
      try {
        return await this.giveBack(queue, job, err);
      } catch (error) {
        this.log.warn({ err: error }, 'could not give a job back; trying again');
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    }
  }

  private async giveBack(queue: string, job: Job<Data>, err: unknown): Promise<void> {
    const reason = { message: err instanceof Error ? err.message : String(err) };
    await this.db.transaction(async (tx) => {
      await this.jobs.boss.fail(queue, job.id, reason, { db: bossTx(tx) });
      await rows(tx, 'DELETE FROM worker_jobs WHERE job_id = $1', [job.id]);
    });
  }

  /** Finds workers whose lock is free, so whose process is gone, and sends what they had taken once more. */
  private async buryTheDead(): Promise<void> {
    const others = await this.db.query<{ id: string }>('SELECT id FROM workers WHERE id <> $1', [this.presence.id]);
    this.presence.counted(others.length);
    for (const { id } of others) await this.db.transaction((tx) => this.bury(tx, id));
  }

  private async bury(tx: Tx, workerId: string): Promise<void> {
    const [dead] = await rows<{ id: string }>(
      tx,
      'SELECT id FROM workers WHERE id = $1 AND pg_try_advisory_xact_lock(lock_key)',
      [workerId],
    );
    if (!dead) return;
    const claimed = await rows<{ job_id: string; queue: string }>(
      tx,
      'DELETE FROM worker_jobs WHERE worker_id = $1 RETURNING job_id, queue',
      [workerId],
    );
    for (const takeOver of this.takeOvers) await takeOver(tx, workerId);
    for (const { job_id: jobId, queue } of claimed) await this.sendAgain(tx, queue, jobId);
    await rows(tx, 'DELETE FROM workers WHERE id = $1', [workerId]);
    this.log.warn({ worker_id: workerId, jobs: claimed.length }, 'a worker is gone; its work is taken over');
  }

  private async sendAgain(tx: Tx, queue: string, jobId: string): Promise<void> {
    const [job] = await this.jobs.boss.findJobs<Data>(queue, { id: jobId, db: bossTx(tx) });
    if (job?.state !== 'active') return;
    await this.jobs.boss.complete(queue, jobId, null, { db: bossTx(tx) });
    await this.jobs.send(tx, queue, job.data);
  }
}

function nextWake(loop: Loop): Promise<void> {
  return new Promise((resolve) => {
    loop.wake = resolve;
  });
}
