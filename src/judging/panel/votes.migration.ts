import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What judges and buyers said one by one. What the rules said of each criterion stands in `judgements` and not here again. */
export class Votes1700000012000 implements MigrationInterface {
  readonly name = 'Votes1700000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE votes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        -- a bid or a delivery; of a pair its a and b
        subject uuid NOT NULL,
        against uuid,
        judge text NOT NULL,
        judge_version text NOT NULL,
        criterion text NOT NULL,
        kind text NOT NULL,
        shown_order text CHECK (shown_order IN ('ab', 'ba')),
        template smallint NOT NULL,
        vote text NOT NULL CHECK (vote IN ('yes', 'no', 'unknown', 'a', 'b', 'tie', 'void')),
        confidence real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        evidence text NOT NULL,
        flags text[] NOT NULL,
        -- each question is put to a judge once; a job that runs again changes nothing
        CONSTRAINT votes_once UNIQUE NULLS NOT DISTINCT (subject, against, judge, criterion, shown_order, template)
      );
      CREATE INDEX votes_picks ON votes (at) WHERE judge = 'buyer';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE votes');
  }
}
