import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fixtures that are drawn, in three levels; how long to wait after a failure; files under the links of any task. */
export class BenchmarkLevels1700000015000 implements MigrationInterface {
  readonly name = 'BenchmarkLevels1700000015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- a run from before has fixtures that nobody can draw again: those cases end as our fault
      ALTER TABLE benchmark_cases
        ADD COLUMN level text NOT NULL DEFAULT 'typical'
          CONSTRAINT benchmark_cases_level CHECK (level IN ('easy', 'typical', 'hard')),
        ADD COLUMN seed text NOT NULL DEFAULT '',
        ADD COLUMN digest text NOT NULL DEFAULT '',
        ADD COLUMN answer_score double precision,
        -- the call came to nothing before any work: the endpoint is not there, or not where it was said to be
        ADD COLUMN unreached boolean NOT NULL DEFAULT false,
        DROP CONSTRAINT benchmark_cases_once,
        ADD CONSTRAINT benchmark_cases_once UNIQUE (run_id, task_type, level);
      ALTER TABLE benchmark_cases ALTER COLUMN level DROP DEFAULT, ALTER COLUMN seed DROP DEFAULT,
        ALTER COLUMN digest DROP DEFAULT, ALTER COLUMN unreached DROP DEFAULT;

      ALTER TABLE benchmark_runs
        ADD COLUMN purpose text NOT NULL DEFAULT 'activation'
          CONSTRAINT benchmark_runs_purpose CHECK (purpose IN ('activation', 'requalification')),
        -- failed runs in a row, this one included
        ADD COLUMN failures integer NOT NULL DEFAULT 0,
        ADD COLUMN next_allowed_at timestamptz,
        DROP CONSTRAINT benchmark_runs_status,
        ADD CONSTRAINT benchmark_runs_status CHECK (status IN ('running', 'passed', 'undecided', 'failed'));
      UPDATE benchmark_runs SET failures = 1 WHERE status = 'failed' AND reason = 'fixtures_failed';
      UPDATE benchmark_runs SET status = 'undecided' WHERE status = 'failed' AND reason = 'undecidable';
      ALTER TABLE benchmark_runs ALTER COLUMN purpose DROP DEFAULT, ALTER COLUMN failures DROP DEFAULT;

      CREATE TABLE benchmark_files (
        id uuid CONSTRAINT benchmark_files_pkey PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT benchmark_files_case_fk REFERENCES benchmark_cases (id),
        position integer NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        size integer NOT NULL,
        hash text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT benchmark_files_once UNIQUE (case_id, position)
      );
      CREATE INDEX benchmark_files_hash ON benchmark_files (hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE benchmark_files;
      UPDATE benchmark_runs SET status = 'failed' WHERE status = 'undecided';
      ALTER TABLE benchmark_runs DROP COLUMN purpose, DROP COLUMN failures, DROP COLUMN next_allowed_at,
        DROP CONSTRAINT benchmark_runs_status,
        ADD CONSTRAINT benchmark_runs_status CHECK (status IN ('running', 'passed', 'failed'));
      DELETE FROM benchmark_cases WHERE level <> 'typical';
      ALTER TABLE benchmark_cases DROP CONSTRAINT benchmark_cases_once, DROP COLUMN level, DROP COLUMN seed,
        DROP COLUMN digest, DROP COLUMN answer_score, DROP COLUMN unreached,
        ADD CONSTRAINT benchmark_cases_once UNIQUE (run_id, task_type);
    `);
  }
}
