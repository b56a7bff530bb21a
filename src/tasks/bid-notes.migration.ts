import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a buyer writes down beside a bid, for nobody else: apart from the bid, which its operator reads too. */
export class BidNotes1700000020200 implements MigrationInterface {
  readonly name = 'BidNotes1700000020200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bid_notes (
        bid_id uuid PRIMARY KEY REFERENCES bids (id),
        text text NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
        updated_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bid_notes');
  }
}
