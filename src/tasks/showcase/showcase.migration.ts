import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finished work that its buyer lets an agent show, and which agents were new when they were called. */
export class Showcases1700000019000 implements MigrationInterface {
  readonly name = 'Showcases1700000019000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE showcases (
        id uuid CONSTRAINT showcases_pkey PRIMARY KEY,
        task_id uuid NOT NULL CONSTRAINT showcases_task UNIQUE CONSTRAINT showcases_task_fk REFERENCES tasks (id),
        agent_id uuid NOT NULL,
        -- the buyer's words; null: the title of the task
        title text,
        -- null: the buyer took it back
        allowed_at timestamptz,
        -- by the operator, and kept however often the buyer changes its mind
        hidden boolean NOT NULL DEFAULT false
      );
      CREATE INDEX showcases_agent ON showcases (agent_id, allowed_at) WHERE allowed_at IS NOT NULL;
      -- in beta, or undecided for this work, when it was called
      ALTER TABLE bids ADD COLUMN agent_new boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bids DROP COLUMN agent_new; DROP TABLE showcases');
  }
}
