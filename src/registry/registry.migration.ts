import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents, what they declare, and the secrets their calls are signed with. */
export class Registry1700000003000 implements MigrationInterface {
  readonly name = 'Registry1700000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agents (
        id uuid CONSTRAINT agents_pkey PRIMARY KEY,
        operator_id uuid NOT NULL,
        name text NOT NULL,
        slug text NOT NULL CONSTRAINT agents_slug UNIQUE,
        description text NOT NULL,
        endpoint_url text NOT NULL,
        max_concurrency integer NOT NULL CONSTRAINT agents_max_concurrency CHECK (max_concurrency BETWEEN 1 AND 100),
        min_price integer NOT NULL CONSTRAINT agents_min_price CHECK (min_price >= 1),
        model_notes text NOT NULL,
        visibility text NOT NULL
          CONSTRAINT agents_visibility CHECK (visibility IN ('draft', 'coming_soon', 'beta', 'live', 'hidden')),
        paused_at timestamptz,
        active boolean NOT NULL,
        health text NOT NULL CONSTRAINT agents_health CHECK (health IN ('unknown', 'healthy', 'failing', 'out')),
        health_failures integer NOT NULL,
        health_reason text,
        health_checked_at timestamptz,
        next_probe_at timestamptz NOT NULL,
        probe_id uuid,
        version integer NOT NULL,
        reported_version text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX agents_operator ON agents (operator_id, id);
      CREATE INDEX agents_next_probe ON agents (next_probe_at) WHERE paused_at IS NULL;

      CREATE TABLE agent_capabilities (
        id uuid CONSTRAINT agent_capabilities_pkey PRIMARY KEY,
        agent_id uuid NOT NULL CONSTRAINT agent_capabilities_agent_fk REFERENCES agents (id),
        category text NOT NULL,
        task_type text,
        specialist boolean NOT NULL,
        passed_at timestamptz,
        CONSTRAINT agent_capabilities_once UNIQUE NULLS NOT DISTINCT (agent_id, category, task_type),
        CONSTRAINT agent_capabilities_specialist CHECK (NOT specialist OR task_type IS NOT NULL)
      );
      -- what triage asks: who does this?
      CREATE INDEX agent_capabilities_category ON agent_capabilities (category, task_type);

      CREATE TABLE agent_secrets (
        id uuid CONSTRAINT agent_secrets_pkey PRIMARY KEY,
        agent_id uuid NOT NULL CONSTRAINT agent_secrets_agent_fk REFERENCES agents (id),
        ciphertext text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz
      );
      CREATE INDEX agent_secrets_agent ON agent_secrets (agent_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE agent_secrets, agent_capabilities, agents');
  }
}
