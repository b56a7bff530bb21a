import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that know no business word: idempotency, rate counters, events, workers, settings of the installation. */
export class Platform1700000000000 implements MigrationInterface {
  readonly name = 'Platform1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE installation (
        key text PRIMARY KEY,
        value text NOT NULL
      );

      CREATE TABLE idempotency_keys (
        scope text NOT NULL,
        operation text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        -- sealed: views may hold a secret that is shown once
        view text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (scope, operation, key)
      );
      CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

      -- A crash may empty it: then some callers get a fresh minute.
      CREATE UNLOGGED TABLE rate_counters (
        bucket text NOT NULL,
        window_start bigint NOT NULL,
        expires_at bigint NOT NULL,
        count integer NOT NULL,
        PRIMARY KEY (bucket, window_start)
      );
      CREATE INDEX rate_counters_expires_at ON rate_counters (expires_at);

      CREATE TABLE events (
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        id bigint GENERATED ALWAYS AS IDENTITY,
        account_id uuid NOT NULL,
        task_id uuid,
        type text NOT NULL,
        data jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (xid, id)
      );
      CREATE INDEX events_account ON events (account_id, xid, id);
      CREATE INDEX events_task ON events (task_id, xid, id) WHERE task_id IS NOT NULL;
      CREATE INDEX events_created_at ON events (created_at);

      CREATE TABLE workers (
        id uuid PRIMARY KEY,
        lock_key bigint NOT NULL UNIQUE,
        host text NOT NULL,
        pid integer NOT NULL,
        started_at timestamptz NOT NULL
      );

      -- Which live worker holds which job, so that a dead worker's jobs are known at once.
      CREATE TABLE worker_jobs (
        job_id uuid PRIMARY KEY,
        worker_id uuid NOT NULL,
        queue text NOT NULL
      );
      CREATE INDEX worker_jobs_worker ON worker_jobs (worker_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE worker_jobs, workers, events, rate_counters, idempotency_keys, installation');
  }
}
