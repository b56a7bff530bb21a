import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records remember what deliveries scored, set against their prototypes. */
export class Kept1700000018000 implements MigrationInterface {
  readonly name = 'Kept1700000018000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE agent_standing ADD COLUMN kept real[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agent_standing DROP COLUMN kept');
  }
}
