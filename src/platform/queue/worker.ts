import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { Job } from 'pg-boss';
import { afterCommit, Db, rows, type Tx, together } from '../database/db.js';
import { bossTx } from './boss.js';
import { Jobs, type Payload, queueTopic } from './jobs.js';
import { Presence } from './presence.js';
import { lookAround, takeJobs } from './queues.queries.js';

/** How often a process looks for due jobs and for dead workers: what a delayed job or a lost wake-up may be late by. */
const POLL_MS = 500;
/** Finished jobs are written down together, and after the next step of what they are part of has gone on: nobody waits for that. */
const FLUSH_MS = 100;

export type JobHandler = (data: Payload) => Promise<void>;
/** What a module does, in the transaction that buries a worker, with what that worker had begun. */
export type TakeOver = (tx: Tx, deadWorkerId: string) => Promise<void>;

type Taken = Pick<Job<Payload>, 'id' | 'data'>;

interface Loop {
  readonly queue: string;
  readonly concurrency: number;
  readonly handle: JobHandler;
  readonly running: Map<string, Promise<void>>;
  readonly finished: Taken[];
  /** There may be something to fetch. */
  isWoken: boolean;
  resume: () => void;
}

/**
 * Runs the handlers of this process: one loop a queue that sleeps until it is woken and then fetches as many jobs as it has free slots.
 * (pg-boss' own `work()` takes one job a poll, or makes a batch wait for its slowest, and each of its queues polls by itself.) One query
 * asks for all queues which of them have due jobs that nobody was woken for. Each job taken is noted under this worker's id in the
 * same statement, so that the others can take it over within a second of this process dying.
 */
@Injectable()
export class Worker {
  private readonly loops: Loop[] = [];
  private readonly takeOvers: TakeOver[] = [];
  private readonly log = new Logger('worker');
  private stopping = false;
  private ended: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly db: Db,
    private readonly jobs: Jobs,
    private readonly presence: Presence,
  ) {}

  /** Names the handler of a queue. A handler may run twice for one job; a throw makes it run again later. */
  register(queue: string, concurrency: number, handle: JobHandler): void {
    const idle = { running: new Map(), finished: [], isWoken: false, resume: () => {} };
    this.loops.push({ queue, concurrency, handle, ...idle });
  }

  onTakeOver(takeOver: TakeOver): void {
    this.takeOvers.push(takeOver);
  }

  /** Whether this process could run so many more jobs of a queue at once. */
  hasRoom(queue: string, count: number): boolean {
    const loop = this.loops.find((one) => one.queue === queue);
    return this.timer !== null && !this.stopping && loop !== undefined && loop.running.size + count <= loop.concurrency;
  }

  /** Sends a job that this process runs itself if it has room, without a fetch; otherwise whoever has room does. */
  async sendHere(tx: Tx, queue: string, payload: Payload): Promise<void> {
    if (this.hasRoom(queue, 1)) await this.sendOwn(tx, queue, [payload]);
    else await this.jobs.send(tx, queue, payload);
  }

  /**
   * Sends jobs that this process has taken already, and runs them as soon as the transaction has committed. Ask `hasRoom` before:
   * nothing here waits for room.
   */
  async sendOwn(tx: Tx, queue: string, payloads: readonly Payload[]): Promise<void> {
    const loop = this.loops.find((one) => one.queue === queue);
    if (!loop) throw new Error(`This process has no handler for the queue ${queue}.`);
    const own = payloads.map((data) => ({ id: randomUUID(), data }));
    const ids = own.map(({ id }) => id);
    const boss = bossTx(tx);
    // The jobs are there before they are taken: pg-boss does more than one thing before it asks.
    const executeSql = async (text: string, values?: unknown[]) => {
      const [inserted] = await together(boss.executeSql(text, values), takeJobs(tx, queue, ids, this.presence.id));
      return inserted;
    };
    await this.jobs.boss.insert(queue, own, { db: { executeSql } });
    afterCommit(tx, () => {
      // They stay noted under this worker, so that others take them over.
      if (this.stopping) return;
      for (const job of own) loop.running.set(job.id, this.handle(loop, job));
    });
  }

  async start(): Promise<void> {
    // What dead workers had taken is sent again before anything is fetched.
    await this.look();
    this.timer = setInterval(() => {
      this.looking ??= this.look()
        .catch((err) => this.log.warn({ err }, 'could not look for due jobs and for the other workers'))
        .finally(() => {
          this.looking = null;
        });
    }, POLL_MS);
    this.ended = Promise.all(this.loops.map((loop) => this.run(loop)));
  }

  /** Takes no more jobs, waits for the running ones and writes down what they finished. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    if (this.timer) clearInterval(this.timer);
    for (const loop of this.loops) wake(loop);
    // First the loops, whose last fetch may bring jobs that then run too.
    await this.ended;
    const running = this.loops.flatMap((loop) => [...loop.running.values()]);
    await Promise.race([Promise.all(running), new Promise((done) => setTimeout(done, graceMs).unref())]);
    await this.looking;
    for (const loop of this.loops) await this.flush(loop);
  }

  private async run(loop: Loop): Promise<void> {
    const release = this.presence.on(queueTopic(loop.queue), () => wake(loop));
    while (!this.stopping) {
      if (!loop.isWoken) {
        await new Promise<void>((resolve) => {
          loop.resume = resolve;
        });
        continue;
      }
      loop.isWoken = false;
      const isFull = await this.fetch(loop).catch((err) => {
        this.log.warn({ err, queue: loop.queue }, 'could not fetch jobs');
        return false;
      });
      // A full batch says that more may wait.
      if (isFull && hasFreeSlot(loop)) loop.isWoken = true;
    }
    release();
  }

  /** @returns whether it got as many jobs as it asked for */
  private async fetch(loop: Loop): Promise<boolean> {
    if (!hasFreeSlot(loop)) return true;
    const free = loop.concurrency - loop.running.size;
    const jobs = await this.jobs.boss.fetch<Payload>(loop.queue, { batchSize: free, db: this.noting(loop.queue) });
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

  private async handle(loop: Loop, job: Taken): Promise<void> {
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
      const wasFull = !hasFreeSlot(loop);
      loop.running.delete(job.id);
      if (wasFull) wake(loop);
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
  private async giveBackInTheEnd(queue: string, job: Taken, err: unknown): Promise<void> {
    while (!this.stopping) {
      try {
        return await this.giveBack(queue, job, err);
      } catch (error) {
        this.log.warn({ err: error }, 'could not give a job back; trying again');
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    }
  }

  private async giveBack(queue: string, job: Taken, err: unknown): Promise<void> {
    const reason = { message: err instanceof Error ? err.message : String(err) };
    await this.db.transaction(async (tx) => {
      await this.jobs.boss.fail(queue, job.id, reason, { db: bossTx(tx) });
      await rows(tx, 'DELETE FROM worker_jobs WHERE job_id = $1', [job.id]);
    });
  }

  /** Wakes the loops that have something to do, and buries who died: finds workers whose lock is free, so whose process is gone. */
  private async look(): Promise<void> {
    const queues = this.loops.filter(hasFreeSlot).map(({ queue }) => queue);
    const { others, due } = await lookAround(this.db, this.presence.id, queues);
    this.presence.counted(others.length);
    for (const loop of this.loops) if (due.includes(loop.queue)) wake(loop);
    for (const id of others) await this.db.transaction((tx) => this.bury(tx, id));
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
    const [job] = await this.jobs.boss.findJobs<Payload>(queue, { id: jobId, db: bossTx(tx) });
    if (job?.state !== 'active') return;
    await this.jobs.boss.complete(queue, jobId, null, { db: bossTx(tx) });
    await this.jobs.send(tx, queue, job.data);
  }
}

function wake(loop: Loop): void {
  loop.isWoken = true;
  loop.resume();
}

function hasFreeSlot({ running, concurrency }: Loop): boolean {
  return running.size < concurrency;
}
