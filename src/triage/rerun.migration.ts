import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds past decisions by time, and by category and time; and notes who was called besides those chosen. */
export class TriageRerun1700000011100 implements MigrationInterface {
  readonly name = 'TriageRerun1700000011100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- agents called later in the round, because one of those chosen seemed to be late
      ALTER TABLE triage_decisions ADD extra uuid[] NOT NULL DEFAULT '{}';
      CREATE INDEX triage_decisions_at ON triage_decisions (decided_at, id);
      CREATE INDEX triage_decisions_category ON triage_decisions ((decision #>> '{request,category}'), decided_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX triage_decisions_category, triage_decisions_at');
    await runner.query('ALTER TABLE triage_decisions DROP extra');
  }
}
