import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an overview of the market over time is read by. Rows come in the order of their time: a block range index finds the
 * days and costs a write next to nothing.
 */
export class Overview1700000020000 implements MigrationInterface {
  readonly name = 'Overview1700000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- when the buyer was shown something
      ALTER TABLE rounds ADD presented_at timestamptz;
      CREATE INDEX rounds_presented ON rounds (presented_at) WHERE presented_at IS NOT NULL;
      CREATE INDEX tasks_created ON tasks USING brin (created_at);
      CREATE INDEX tasks_ended ON tasks (status_since) WHERE status IN ('completed', 'expired', 'cancelled', 'refunded');
      CREATE INDEX bids_called ON bids USING brin (called_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX bids_called, tasks_ended, tasks_created; ALTER TABLE rounds DROP presented_at');
  }
}
