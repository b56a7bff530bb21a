import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs of the benchmark and their cases, one a task type. */
export class Benchmark1700000007000 implements MigrationInterface {
  readonly name = 'Benchmark1700000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE benchmark_runs (
        id uuid CONSTRAINT benchmark_runs_pkey PRIMARY KEY,
        agent_id uuid NOT NULL,
        operator_id uuid NOT NULL,
        -- the agent as it was when the run began: what is passed counts for this version
        agent_version integer NOT NULL,
        status text NOT NULL CONSTRAINT benchmark_runs_status CHECK (status IN ('running', 'passed', 'failed')),
        reason text,
        started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT benchmark_runs_finished CHECK ((status = 'running') = (finished_at IS NULL))
      );
      CREATE UNIQUE INDEX benchmark_runs_one_running ON benchmark_runs (agent_id) WHERE status = 'running';
      CREATE INDEX benchmark_runs_agent ON benchmark_runs (agent_id, id);

      CREATE TABLE benchmark_cases (
        id uuid CONSTRAINT benchmark_cases_pkey PRIMARY KEY,
        run_id uuid NOT NULL CONSTRAINT benchmark_cases_run_fk REFERENCES benchmark_runs (id),
        position integer NOT NULL,
        category text NOT NULL,
        task_type text NOT NULL,
        call_id uuid NOT NULL CONSTRAINT benchmark_cases_call UNIQUE,
        -- what the agent sees as its task: no row of tasks
        task_id uuid NOT NULL,
        -- the agent's own when the run began
        min_price integer NOT NULL,
        -- waiting: for one of the agent's places, so that each case has a whole window
        status text NOT NULL CONSTRAINT benchmark_cases_status
          CHECK (status IN ('waiting', 'called', 'judged', 'failed', 'late', 'declined', 'not_called', 'not_judged')),
        reason text,
        deadline_at timestamptz,
        low double precision,
        high double precision,
        decidable_share double precision,
        decided_score double precision,
        -- null: not settled, not decidable, or our fault
        passed boolean,
        took_ms integer,
        usage jsonb,
        CONSTRAINT benchmark_cases_once UNIQUE (run_id, task_type)
      );
      CREATE INDEX benchmark_cases_called ON benchmark_cases (deadline_at) WHERE status = 'called';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE benchmark_cases, benchmark_runs');
  }
}
