import { type Db, rows, type Tx } from '../database/db.js';
import { DEAD_LETTERS } from './boss.js';

export interface Surroundings {
  /** Ids of the other workers, dead ones among them. */
  readonly others: readonly string[];
  /** Those of the queues that hold a job to be taken now. */
  readonly due: readonly string[];
}

/** What a worker looks for again and again, in one question. */
export async function lookAround(db: Db, workerId: string, queues: readonly string[]): Promise<Surroundings> {
  const [found] = await db.query<Surroundings>(
    `SELECT ARRAY(SELECT id::text FROM workers WHERE id <> $1) AS others,
            ARRAY(SELECT q FROM unnest($2::text[]) q WHERE EXISTS (
              SELECT FROM pgboss.job j
              WHERE j.name = q AND j.state < 'active' AND NOT j.blocked AND j.start_after <= pgboss.job_now())) AS due`,
    [workerId, queues],
  );
  return found ?? { others: [], due: [] };
}

/** Takes jobs that the same transaction sends, as a fetch would: nobody else ever sees them waiting. */
export async function takeJobs(tx: Tx, queue: string, ids: readonly string[], workerId: string): Promise<void> {
  await rows(
    tx,
    `WITH taken AS (
       UPDATE pgboss.job SET state = 'active', started_on = pgboss.job_now() WHERE name = $1 AND id = ANY($2::uuid[]) RETURNING id
     )
     INSERT INTO worker_jobs (job_id, worker_id, queue) SELECT id, $3, $1 FROM taken`,
    [queue, ids, workerId],
  );
}

/** One queue as the database has it now. Ages are in whole seconds. */
export interface QueueRow {
  readonly name: string;
  /** Due, and not yet taken for the first time. */
  readonly queued: number;
  /** Not yet due. */
  readonly delayed: number;
  readonly retry: number;
  readonly active: number;
  /** Out of attempts, as long as pg-boss keeps them. */
  readonly failed: number;
  /** Of this queue, in the queue of dead letters. */
  readonly dead: number;
  readonly done_last_hour: number;
  readonly oldest_waiting_s: number | null;
}

/** Every queue with what is in it. It reads each job that pg-boss still keeps: for a page that an admin opens, not for a loop. */
export function queueCounts(db: Db): Promise<QueueRow[]> {
  return db.query(
    `SELECT q.name,
            count(*) FILTER (WHERE j.state = 'created' AND j.start_after <= now())::int AS queued,
            count(*) FILTER (WHERE j.state = 'created' AND j.start_after > now())::int AS delayed,
            count(*) FILTER (WHERE j.state = 'retry')::int AS retry,
            count(*) FILTER (WHERE j.state = 'active')::int AS active,
            count(*) FILTER (WHERE j.state = 'failed')::int AS failed,
            (SELECT count(*)::int FROM pgboss.job d WHERE d.name = $1 AND d.state = 'created' AND d.source_name = q.name) AS dead,
            count(*) FILTER (WHERE j.state = 'completed' AND j.completed_on > now() - interval '1 hour')::int AS done_last_hour,
            floor(extract(epoch FROM now() - min(greatest(j.created_on, j.start_after))
              FILTER (WHERE j.state IN ('created', 'retry') AND j.start_after <= now())))::int AS oldest_waiting_s
     FROM pgboss.queue q LEFT JOIN pgboss.job j ON j.name = q.name
     GROUP BY q.name ORDER BY q.name = $1, q.name`,
    [DEAD_LETTERS],
  );
}

export interface FailureRow {
  readonly queue: string;
  readonly at: Date;
  readonly reason: string;
  /** How often it has been tried by then. */
  readonly attempts: number;
}

/** What was thrown last in each queue, of the jobs that wait to be tried again or are given up. */
export function lastFailures(db: Db): Promise<FailureRow[]> {
  return db.query(
    `SELECT DISTINCT ON (queue) queue, at, left(coalesce(output ->> 'message', output #>> '{value,message}'), 300) AS reason, attempts
     FROM (
       SELECT name AS queue, coalesce(completed_on, started_on, created_on) AS at, output,
              retry_count + (state = 'failed')::int AS attempts
       FROM pgboss.job WHERE state IN ('retry', 'failed') AND name <> $1
       UNION ALL
       SELECT source_name, created_on, source_output, source_retry_count + 1
       FROM pgboss.job WHERE name = $1 AND state = 'created' AND source_name IS NOT NULL
     ) failed
     WHERE coalesce(output ->> 'message', output #>> '{value,message}') IS NOT NULL
     ORDER BY queue, at DESC`,
    [DEAD_LETTERS],
  );
}

export interface TickRow {
  readonly chore: string;
  readonly at: Date;
  readonly took_ms: number | null;
}

/** The latest job of each chore that has ended, as long as pg-boss keeps it. */
export function lastTicks(db: Db, queue: string): Promise<TickRow[]> {
  return db.query(
    `SELECT DISTINCT ON (data ->> 'chore') data ->> 'chore' AS chore, started_on AS at,
            (extract(epoch FROM completed_on - started_on) * 1000)::int AS took_ms
     FROM pgboss.job WHERE name = $1 AND state = 'completed' AND started_on IS NOT NULL
     ORDER BY data ->> 'chore', started_on DESC`,
    [queue],
  );
}

export interface ProcessRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly started_at: Date;
  readonly jobs: number;
}

/** The processes of this installation, with how many jobs each has taken and not finished. */
export function liveProcesses(db: Db): Promise<ProcessRow[]> {
  return db.query(
    `SELECT w.id, w.host, w.pid, w.started_at, count(j.job_id)::int AS jobs
     FROM workers w LEFT JOIN worker_jobs j ON j.worker_id = w.id GROUP BY w.id ORDER BY w.started_at, w.id LIMIT 200`,
  );
}
