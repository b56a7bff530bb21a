import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Dispatch1700000004000 implements MigrationInterface {
  readonly name = 'Dispatch1700000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calls (
        -- what the agent sees as webhook-id, the same on every attempt
        id uuid PRIMARY KEY,
        agent_id uuid NOT NULL,
        task_id uuid NOT NULL,
        phase text NOT NULL CHECK (phase IN ('prototype', 'delivery')),
        -- whose job makes the attempts and receives the outcome
        queue text NOT NULL,
        request_hash text NOT NULL CHECK (request_hash ~ '^[0-9a-f]{64}$'),
        request_bytes integer NOT NULL,
        request_head text NOT NULL,
        due_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        -- set while it waits for one of the agent's slots; the next one freed sends its job again
        waiting_since timestamptz,
        outcome text CHECK (outcome IN ('answered', 'declined', 'failed', 'not_called', 'dropped')),
        reason text,
        settled_at timestamptz,
        CHECK ((outcome IS NULL) = (settled_at IS NULL))
      );
      CREATE INDEX calls_agent ON calls (agent_id, due_at DESC);
      CREATE INDEX calls_request ON calls (request_hash);
      CREATE INDEX calls_task ON calls (task_id);
      CREATE INDEX calls_settled ON calls (settled_at);
      CREATE INDEX calls_waiting ON calls (agent_id, waiting_since) WHERE waiting_since IS NOT NULL;

      CREATE TABLE call_attempts (
        call_id uuid NOT NULL REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
        attempt integer NOT NULL,
        agent_id uuid NOT NULL,
        phase text NOT NULL,
        worker_id uuid NOT NULL,
        started_at timestamptz NOT NULL,
        -- while it runs and this lies ahead, it holds one of the agent's slots
        lease_until timestamptz NOT NULL,
        finished_at timestamptz,
        -- null: under way. unknown: its worker died, what the agent did is not known
        outcome text CHECK (outcome IN ('answered', 'declined', 'failed', 'unknown')),
        reason text,
        problem text,
        status integer,
        connect_ms real,
        first_byte_ms real,
        total_ms real,
        bytes_sent integer,
        bytes_received integer,
        response_hash text,
        response_head text,
        retry_at timestamptz,
        PRIMARY KEY (call_id, attempt),
        CHECK ((outcome IS NULL) = (finished_at IS NULL))
      );
      CREATE INDEX call_attempts_running ON call_attempts (agent_id) WHERE outcome IS NULL;
      CREATE INDEX call_attempts_worker ON call_attempts (worker_id) WHERE outcome IS NULL;
      CREATE INDEX call_attempts_started ON call_attempts (started_at);
      CREATE INDEX call_attempts_response ON call_attempts (response_hash) WHERE response_hash IS NOT NULL;

      -- One row an agent, locked for as long as it takes to count its running calls.
      CREATE TABLE agent_slots (agent_id uuid PRIMARY KEY);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE agent_slots, call_attempts, calls');
  }
}
