import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls that are answered later: what was acknowledged, what came by callback, and what agents said meanwhile. */
export class Callbacks1700000016500 implements MigrationInterface {
  readonly name = 'Callbacks1700000016500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call_attempts
        -- from here on the agent has it: no worker's death ends it
        ADD COLUMN acknowledged_at timestamptz,
        ADD COLUMN eta_at timestamptz;

      ALTER TABLE calls
        -- the first answer that came by callback; its job takes it in
        ADD COLUMN answer_hash text CHECK (answer_hash ~ '^[0-9a-f]{64}$'),
        ADD COLUMN answer_bytes integer,
        ADD COLUMN answered_at timestamptz,
        -- which try of the agent's it was
        ADD COLUMN answer_attempt integer,
        ADD COLUMN progress_notes integer NOT NULL DEFAULT 0,
        ADD COLUMN progress_at timestamptz,
        ADD CONSTRAINT calls_answer_whole CHECK (num_nulls(answer_hash, answer_bytes, answered_at, answer_attempt) IN (0, 4));
      CREATE INDEX calls_answer ON calls (answer_hash) WHERE answer_hash IS NOT NULL;

      CREATE TABLE call_progress (
        call_id uuid NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
        -- as the agent signed it: the same one again is a repeat
        message_id text NOT NULL,
        at timestamptz NOT NULL,
        message text NOT NULL CHECK (length(message) <= 280),
        percent real CHECK (percent BETWEEN 0 AND 100),
        PRIMARY KEY (call_id, message_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE call_progress;
      ALTER TABLE calls DROP COLUMN answer_hash, DROP COLUMN answer_bytes, DROP COLUMN answered_at, DROP COLUMN answer_attempt,
        DROP COLUMN progress_notes, DROP COLUMN progress_at;
      ALTER TABLE call_attempts DROP COLUMN acknowledged_at, DROP COLUMN eta_at;
    `);
  }
}
