import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What probes found, one row each: all of the last day, and for longer those that changed something. */
export class HealthHistory1700000016100 implements MigrationInterface {
  readonly name = 'HealthHistory1700000016100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agent_probes (
        id uuid CONSTRAINT agent_probes_pkey PRIMARY KEY,
        agent_id uuid NOT NULL CONSTRAINT agent_probes_agent_fk REFERENCES agents (id) ON DELETE CASCADE,
        at timestamptz NOT NULL,
        -- null: not asked from here on, as it was paused or moved
        ok boolean,
        took_ms integer,
        reason text,
        health text NOT NULL,
        -- whether it differs from the one before in ok or health
        turned boolean NOT NULL
      );
      CREATE INDEX agent_probes_agent ON agent_probes (agent_id, at);
      CREATE INDEX agent_probes_turns ON agent_probes (agent_id, at) WHERE turned;
      CREATE INDEX agent_probes_at ON agent_probes (at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE agent_probes');
  }
}
