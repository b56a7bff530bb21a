import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What judges said. One row a judge and subject, never changed: it is the reason for a place in the gallery. */
export class Judging1700000005000 implements MigrationInterface {
  readonly name = 'Judging1700000005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE judgements (
        id uuid CONSTRAINT judgements_pkey PRIMARY KEY,
        subject uuid NOT NULL,
        phase text NOT NULL CONSTRAINT judgements_phase_is_known CHECK (phase IN ('prototype', 'delivery')),
        judge text NOT NULL,
        judge_version text NOT NULL,
        task_type text NOT NULL,
        rubric_version integer NOT NULL,
        low double precision NOT NULL,
        high double precision NOT NULL,
        criteria jsonb NOT NULL,
        dimensions jsonb NOT NULL,
        gates jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT judgements_interval CHECK (low >= 0 AND low <= high AND high <= 100),
        CONSTRAINT judgements_subject_judge_key UNIQUE (subject, judge)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE judgements');
  }
}
