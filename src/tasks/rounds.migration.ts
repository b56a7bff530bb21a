import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a round ended and what of it was shown: the order of the page, why bids were left out, stop rule and extra bidder. */
export class RoundsShown1700000011000 implements MigrationInterface {
  readonly name = 'RoundsShown1700000011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rounds
        -- hex: what shuffles the page
        ADD page_seed text,
        -- so many bids of which each is sure of this score end the round early; null: never
        ADD stop_after integer,
        ADD stop_score integer,
        -- when to look next whether a bidder seems to be late; null: never, or not any more
        ADD hedge_at timestamptz,
        -- when the one extra bidder was invited
        ADD hedged_at timestamptz,
        ADD closed_by text CONSTRAINT rounds_closed_by CHECK (closed_by IN ('all_answered', 'enough', 'deadline'));
      CREATE INDEX rounds_hedge ON rounds (hedge_at) WHERE hedge_at IS NOT NULL;

      ALTER TABLE bids
        ADD position integer,
        ADD not_presented text CONSTRAINT bids_not_presented CHECK (not_presented IN ('low_score', 'near_duplicate', 'no_place')),
        ADD declared_model text,
        -- invited later than the others, because one of them seemed to be late
        ADD extra boolean NOT NULL DEFAULT false,
        -- the least score that a quick look was sure of, 0-100
        ADD quick_low real;

      -- galleries that were open before this keep their order
      UPDATE bids SET position = rank WHERE presented;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bids DROP quick_low, DROP extra, DROP declared_model, DROP not_presented, DROP position;
      ALTER TABLE rounds DROP closed_by, DROP hedged_at, DROP hedge_at, DROP stop_score, DROP stop_after, DROP page_seed;
    `);
  }
}
