import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries are judged, and set against the prototypes that won. */
export class DeliveryKept1700000018100 implements MigrationInterface {
  readonly name = 'DeliveryKept1700000018100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE deliveries ADD COLUMN kept real CONSTRAINT deliveries_kept CHECK (kept BETWEEN 0 AND 1), ADD COLUMN judged_at timestamptz',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE deliveries DROP COLUMN kept, DROP COLUMN judged_at');
  }
}
