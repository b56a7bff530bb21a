import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A buyer's own tests, and what they showed of each delivery. */
export class TaskTests1700000013200 implements MigrationInterface {
  readonly name = 'TaskTests1700000013200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE tasks ADD tests jsonb');
    await runner.query('ALTER TABLE deliveries ADD tested jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries DROP tested');
    await runner.query('ALTER TABLE tasks DROP tests');
  }
}
