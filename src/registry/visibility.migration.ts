import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every move of an agent's visibility, what its operator asks for, and how sure a capability's proof is. */
export class AgentVisibility1700000015100 implements MigrationInterface {
  readonly name = 'AgentVisibility1700000015100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agent_capabilities
        -- false: what was tested could not be decided without a model; triage takes it as it takes a beta agent
        ADD COLUMN decided boolean NOT NULL DEFAULT true,
        -- failed requalifications in a row
        ADD COLUMN failures integer NOT NULL DEFAULT 0,
        ADD COLUMN tested_at timestamptz;
      UPDATE agent_capabilities SET tested_at = passed_at;

      CREATE TABLE agent_visibility_moves (
        id uuid CONSTRAINT agent_visibility_moves_pkey PRIMARY KEY,
        agent_id uuid NOT NULL CONSTRAINT agent_visibility_moves_agent_fk REFERENCES agents (id),
        from_visibility text NOT NULL,
        to_visibility text NOT NULL,
        moved_by text NOT NULL CONSTRAINT agent_visibility_moves_by
          CHECK (moved_by IN ('operator', 'admin', 'benchmark', 'health', 'platform')),
        move text NOT NULL,
        reason text NOT NULL,
        note text,
        -- whoever it was: an operator's or an admin's account
        account_id uuid,
        moved_at timestamptz NOT NULL
      );
      CREATE INDEX agent_visibility_moves_agent ON agent_visibility_moves (agent_id, id);

      CREATE TABLE agent_visibility_requests (
        id uuid CONSTRAINT agent_visibility_requests_pkey PRIMARY KEY,
        agent_id uuid NOT NULL CONSTRAINT agent_visibility_requests_agent_fk REFERENCES agents (id),
        wanted text NOT NULL,
        note text,
        -- operator: asked for; benchmark: passed, where a review is required
        asked_by text NOT NULL CONSTRAINT agent_visibility_requests_by CHECK (asked_by IN ('operator', 'benchmark')),
        status text NOT NULL CONSTRAINT agent_visibility_requests_status
          CHECK (status IN ('pending', 'granted', 'refused', 'replaced')),
        answer text,
        decided_by uuid,
        created_at timestamptz NOT NULL,
        decided_at timestamptz,
        CONSTRAINT agent_visibility_requests_decided CHECK ((status = 'pending') = (decided_at IS NULL))
      );
      CREATE UNIQUE INDEX agent_visibility_requests_one ON agent_visibility_requests (agent_id) WHERE status = 'pending';
      CREATE INDEX agent_visibility_requests_status_id ON agent_visibility_requests (status, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE agent_visibility_requests, agent_visibility_moves;
      ALTER TABLE agent_capabilities DROP COLUMN decided, DROP COLUMN failures, DROP COLUMN tested_at;
    `);
  }
}
