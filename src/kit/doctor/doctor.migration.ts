import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs of the doctor against operators' own agents, and the files that their calls hand out. */
export class Doctor1700000020100 implements MigrationInterface {
  readonly name = 'Doctor1700000020100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE doctor_runs (
        id uuid PRIMARY KEY,
        agent_id uuid NOT NULL,
        operator_id uuid NOT NULL,
        status text NOT NULL CHECK (status IN ('running', 'finished', 'broken_off')),
        reason text,
        -- how often a worker has begun it
        attempt integer NOT NULL DEFAULT 0,
        -- findings in the order in which they were made
        findings jsonb NOT NULL DEFAULT '[]',
        started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        finished_at timestamptz,
        CHECK ((status = 'running') = (finished_at IS NULL))
      );
      CREATE UNIQUE INDEX doctor_runs_one_running ON doctor_runs (agent_id) WHERE status = 'running';
      CREATE INDEX doctor_runs_agent ON doctor_runs (agent_id, id);
      CREATE INDEX doctor_runs_started ON doctor_runs (started_at);

      CREATE TABLE doctor_files (
        id uuid PRIMARY KEY,
        run_id uuid NOT NULL REFERENCES doctor_runs (id) ON DELETE CASCADE,
        name text NOT NULL,
        media_type text NOT NULL,
        size integer NOT NULL,
        hash text NOT NULL,
        -- how often it was fetched
        asked integer NOT NULL DEFAULT 0
      );
      CREATE INDEX doctor_files_run ON doctor_files (run_id);
      CREATE INDEX doctor_files_hash ON doctor_files (hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE doctor_files, doctor_runs');
  }
}
