import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents that registered themselves and wait for somebody to claim them; endpoints that prove whose they are. */
export class Claims1700000016000 implements MigrationInterface {
  readonly name = 'Claims1700000016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agents
        ALTER operator_id DROP NOT NULL,
        -- null: it is not asked by itself
        ALTER next_probe_at DROP NOT NULL,
        ADD endpoint_verified_at timestamptz,
        ADD proof text CONSTRAINT agents_proof CHECK (proof IN ('newest', 'older', 'wrong', 'missing')),
        ADD proof_failures integer NOT NULL DEFAULT 0,
        ADD reported_agent text,
        ADD reported_capabilities text[],
        ADD CONSTRAINT agents_unclaimed CHECK (operator_id IS NOT NULL OR visibility = 'draft' AND NOT active);
      CREATE INDEX agents_waiting ON agents (created_at) WHERE operator_id IS NULL;
      -- Who passed a benchmark answered signed calls there; the others are asked for a proof at their next probe.
      UPDATE agents SET endpoint_verified_at = now() WHERE active;

      CREATE TABLE agent_claims (
        agent_id uuid CONSTRAINT agent_claims_pkey PRIMARY KEY
          CONSTRAINT agent_claims_agent_fk REFERENCES agents (id) ON DELETE CASCADE,
        -- SHA-256: the code itself was shown once
        code_hash text NOT NULL CONSTRAINT agent_claims_code UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        claimed_at timestamptz,
        -- how often the agent itself asked for its endpoint to be verified
        asked integer NOT NULL DEFAULT 0
      );
      CREATE INDEX agent_claims_expiry ON agent_claims (expires_at);

      CREATE TABLE agent_keys (
        agent_id uuid CONSTRAINT agent_keys_pkey PRIMARY KEY
          CONSTRAINT agent_keys_agent_fk REFERENCES agents (id) ON DELETE CASCADE,
        token_hash text NOT NULL CONSTRAINT agent_keys_token UNIQUE,
        created_at timestamptz NOT NULL
      );

      -- How often a host was asked in vain by agents that had not proven it theirs.
      CREATE TABLE proof_hosts (
        host text CONSTRAINT proof_hosts_pkey PRIMARY KEY,
        since timestamptz NOT NULL,
        used integer NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE proof_hosts, agent_keys, agent_claims;
      DELETE FROM agent_secrets WHERE agent_id IN (SELECT id FROM agents WHERE operator_id IS NULL);
      DELETE FROM agent_capabilities WHERE agent_id IN (SELECT id FROM agents WHERE operator_id IS NULL);
      DELETE FROM agents WHERE operator_id IS NULL;
      UPDATE agents SET next_probe_at = now() WHERE next_probe_at IS NULL;
      DROP INDEX agents_waiting;
      ALTER TABLE agents
        DROP CONSTRAINT agents_unclaimed,
        DROP reported_capabilities, DROP reported_agent, DROP proof_failures, DROP proof, DROP endpoint_verified_at,
        ALTER next_probe_at SET NOT NULL,
        ALTER operator_id SET NOT NULL;
    `);
  }
}
