import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agents that answer at once, and agents that answer later. */
export class ExecutionMode1700000016600 implements MigrationInterface {
  readonly name = 'ExecutionMode1700000016600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agents ADD COLUMN execution_mode text NOT NULL DEFAULT 'sync'
        CONSTRAINT agents_execution_mode CHECK (execution_mode IN ('sync', 'async'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agents DROP COLUMN execution_mode');
  }
}
